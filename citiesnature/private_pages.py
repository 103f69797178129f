"""Keeps what a signed-in user sees out of shared caches."""

from django.contrib.auth import SESSION_KEY
from django.utils.cache import patch_cache_control


def private_pages(get_response):
    """Middleware: pages that name who is signed in are for that browser only.

    It asks the session only where the page did, so that it makes no page differ by its visitor.
    `SessionMiddleware` adds `Vary: Cookie` to the same pages.
    """

    def middleware(request):
        response = get_response(request)
        # An outage may be one of the sessions' table.
        asks = request.session.accessed and response.status_code < 500
        if asks and not response.has_header("Cache-Control") and SESSION_KEY in request.session:
            patch_cache_control(response, private=True)
        return response

    return middleware
