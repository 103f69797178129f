"""What a visitor reads while the database is away or the disk is full."""

import logging
import sys

from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.cache import add_never_cache_headers
from django.views import defaults

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
    """Django's answer to an error; 503 for an outage that no view has met, but a middleware."""
    error = sys.exc_info()[1]
    if is_outage(error):
        return unavailable(request, error)
    return defaults.server_error(request)


def unavailable(request, error):
    """A page that is written without request and user, so that it asks nothing of the database."""
    logger.error("%s cannot be answered: %s", request.path, error)
    page = get_template("503.html").render({"disk_is_full": is_disk_full(error)})
    response = HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
    add_never_cache_headers(response)
    return response
