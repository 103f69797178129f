"""Values that no page of ours sends, such as numbers that overflow the database: answered by 404 or
400, never by an error of ours. Likewise a row that was deleted while its page was made."""

import logging
import re

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.main import ERROR_FLAG, SEARCH_VAR
from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.db import DataError
from django.views import defaults

logger = logging.getLogger(__name__)

KEY = re.compile(r"\d{1,18}")
TOO_LARGE = re.compile(r"\d{19,}")
NOBODYS_KEY = "9" * 18
"""A longer number would overflow the database's integer."""


class OddValuesMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not (request.META.get("CONTENT_LENGTH") or "0").isdecimal():
            raise BadRequest("The length of the content is no number.")
        # A cookie can spell a NUL, which PostgreSQL takes in no text, so in no session key either.
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_exception(self, request, error):
        """404 for an address that leads nowhere; 400 for a form that cannot be stored."""
        if not isinstance(error, (OverflowError, DataError, ObjectDoesNotExist)):
            return None
        logger.warning("%s cannot be answered: %r", request.path, error, exc_info=error)
        is_read = request.method in ("GET", "HEAD")
        if is_read or isinstance(error, ObjectDoesNotExist):
            return defaults.page_not_found(request, error)
        return defaults.bad_request(request, error)


def tame(request):
    """Take from a request to the admin what Django's admin trusts its own pages never to send."""
    request.GET = tamed_query(request.GET)
    if request.method == "POST":
        request.POST = tamed_form(request.POST)


def tamed_query(query):
    query = query.copy()
    for name, values in query.lists():
        if name != SEARCH_VAR:
            query.setlist(name, [TOO_LARGE.sub(NOBODYS_KEY, value) for value in values])
    if len(query) > 1:
        # Beside other parameters, this one turns any that are wrong into “database error”.
        query.pop(ERROR_FLAG, None)
    return without_empty_to_field(query)


def tamed_form(form):
    form = form.copy()
    # No admin here saves as new; Django then takes the form for one of a new row.
    form.pop("_saveasnew", None)
    if chosen := form.pop(ACTION_CHECKBOX_NAME, None):
        keys = [key if KEY.fullmatch(key) else NOBODYS_KEY for key in chosen]
        form.setlist(ACTION_CHECKBOX_NAME, keys)
    return without_empty_to_field(form)


def without_empty_to_field(sent):
    if not sent.get(TO_FIELD_VAR, "none"):
        sent.pop(TO_FIELD_VAR)
    return sent
