"""Files that programs look for at fixed addresses: robots.txt and security.txt (RFC 9116)."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from accounts.site_url import absolute_url
from profiles.dates import today

VALID_DAYS = 180
"""What is older should not be trusted (RFC 9116 asks for less than a year)."""

NOT_FOR_ROBOTS = ("/admin/", "/cities/*/edit/", "/cities/*/preview/")
"""Pages of people who are signed in. What only search engines leave out says so itself: they have
to read it."""


def robots(request):
    sitemap = absolute_url(request, reverse("website:sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    return text(*lines, "", f"Sitemap: {sitemap}")


def security(request):
    """Whom to tell of a weakness; 404 where the operator has named nobody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = datetime.combine(today() + timedelta(days=VALID_DAYS), time(), UTC)
    return text(
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {get_language()}",
        f"Canonical: {absolute_url(request, request.path)}",
    )


def text(*lines):
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain")
