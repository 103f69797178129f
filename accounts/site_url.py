"""Where this site is. What leaves a page (mails, files, links to share) names it in full."""

from urllib.parse import urljoin

from django.conf import settings


def site_url(request):
    """The setting `SITE_URL`; the address that was asked for where it is not set (development).

    The address that was asked for is the visitor's choice: port, and any of `ALLOWED_HOSTS`.
    """
    return settings.SITE_URL or request.build_absolute_uri("/")


def absolute_url(request, path):
    return urljoin(site_url(request), path)
