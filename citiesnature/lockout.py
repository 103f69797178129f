"""Whom a failed sign-in counts against: the name that was tried and the address it came from."""

from django.conf import settings


def name_tried(request, credentials):
    """The e-mail address tried. Case tells nobody apart, so it must not buy new attempts."""
    source = credentials if credentials is not None else getattr(request, "POST", {})
    return str(source.get("username") or source.get("email") or "").strip().casefold()


def client_address(request):
    """The visitor's address; behind our own proxies, the one that the outermost of them saw."""
    proxies = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(forwarded) >= proxies and forwarded[-proxies].strip():
        return forwarded[-proxies].strip()
    return request.META.get("REMOTE_ADDR") or None
