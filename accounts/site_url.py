"""Where this site is. What leaves a page (mails, files, links to share) names it in full."""

from urllib.parse import urljoin

from django.conf import settings

OF_DEVELOPMENT = "http://127.0.0.1:8000/"
"""Where `make run` serves the site."""


def site_url(request=None):
    """The setting `SITE_URL`; the address that was asked for where it is not set (development).

    The address that was asked for is the visitor's choice: port, and any of `ALLOWED_HOSTS`.
    """
    if settings.SITE_URL or request is None:
        return settings.SITE_URL or OF_DEVELOPMENT
    return request.build_absolute_uri("/")


def absolute_url(request, path):
    return urljoin(site_url(request), path)
