"""The language of a page."""

from django.conf import settings
from django.utils import translation


def path_language(get_response):
    """Middleware: the language is that of the address alone, in place of `LocaleMiddleware`.

    That one adds `Vary: Accept-Language`, though with our addresses no answer depends on it: each
    browser's list of languages would have its own copy of a page in a shared cache.
    """

    def middleware(request):
        in_path = translation.get_language_from_path(request.path_info)
        language = request.LANGUAGE_CODE = in_path or settings.LANGUAGE_CODE
        translation.activate(language)
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware
