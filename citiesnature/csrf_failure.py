"""The answer to a POST whose CSRF token is not that of the browser's cookie."""

from django.urls import resolve, reverse
from django.views import csrf

from accounts.typed import STALE, Typed, is_shown_again, show_unsaved
from accounts.views import ask_to_sign_in, sign_in_once_more

OTHER_SITE = ("Origin checking", "Referer checking")
"""How Django's reasons begin where the form was on another site."""


def csrf_failure(request, reason=""):
    """Show the form again with what was typed and a fresh token; any other POST is refused.

    The token of a page is stale once somebody has signed in on another. Refused is what comes from
    another site, or has no token at all, as no page of ours.
    """
    is_ours = not reason.startswith(OTHER_SITE) and request.POST.get("csrfmiddlewaretoken")
    if is_ours and request.path == reverse("accounts:sign_in"):
        return sign_in_once_more(request)
    if not is_ours or not is_shown_again(request.path):
        return csrf.csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return ask_to_sign_in(request)
    Typed.in_post(request).put_into(request, STALE)
    # The views' own decorators would find the same stale token.
    request.csrf_processing_done = True
    view, args, kwargs = resolve(request.path)
    return show_unsaved(view, request, *args, **kwargs)
