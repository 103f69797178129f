"""What a visitor reads while the database is away or the disk is full."""

import logging
import sys

from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from profiles.outages import is_disk_full, is_outage

logger = logging.getLogger(__name__)

RETRY_AFTER = 60
"""Seconds."""


class OutageMiddleware:
    """Answers 503 where a view finds no database or no room on the disk."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        return unavailable(request, error) if is_outage(error) else None


def server_error(request):
    """500; 503 for an outage that no view has met, but a middleware."""
    error = sys.exc_info()[1]
    if is_outage(error):
        return unavailable(request, error)
    return HttpResponse(written("500.html"), status=500)


def unavailable(request, error):
    """A page that says that the site comes back."""
    logger.error("%s cannot be answered: %s", request.path, error)
    page = written("503.html", disk_is_full=is_disk_full(error))
    response = HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
    add_never_cache_headers(response)
    return response


def written(template, **context):
    """A page that is written without request and user, so that it asks nothing of the database.

    Where the frame of all pages is what is broken, such as by a style sheet that was not collected,
    the page has words only.
    """
    try:
        return get_template(template).render(context)
    except Exception:  # noqa: BLE001 (an error in this page must not hide the one it tells of)
        logger.exception("%s cannot be written", template)
        words = _("Something went wrong. The fault is ours. Please try again in a few minutes.")
        return f"<!doctype html><title>{words}</title><h1>{words}</h1>"
