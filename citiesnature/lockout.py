"""What django-axes counts failed sign-ins by: the e-mail address tried, and the IP address."""

from django.conf import settings


def name_tried(request, credentials):
    """The e-mail address that was tried, in lower case: another case must not give new attempts."""
    source = credentials if credentials is not None else getattr(request, "POST", {})
    return str(source.get("username") or source.get("email") or "").strip().casefold()


def client_address(request):
    """The visitor's IP address; behind our own proxies, the one that the outermost of them saw.

    Addresses further left in X-Forwarded-For are written by the visitor and not believed.
    """
    proxies = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(forwarded) >= proxies and forwarded[-proxies].strip():
        return forwarded[-proxies].strip()
    return request.META.get("REMOTE_ADDR") or None
