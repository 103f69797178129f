"""Lets tests read in public what they have written, without a commit, and guards what is read.

Publishing follows a commit, and most tests roll back instead. So what was recorded since the last
request is published before the next request for a public page, or by `publish_all`; within
`unpublished()` it is not.

An anonymous GET of a public page may ask only for the tables of `public_tables()`.
"""

import re
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from actions.models import PublicTotals
from catalogue.frozen import catalogue_changed
from catalogue.models import CatalogueRow, CatalogueVersion
from hub.models import PublicResource
from hub.public_resources import resources_changed
from hub.references import outdated
from profiles import read_tables
from profiles.changes import Recording
from profiles.lagging import lagging
from profiles.models import PublicAddress, Publication, PublicCity, Redaction
from publishing.publish import bring_up_to_date

_pending: set[int] = set()
_waiting = {"catalogue": False, "held": False}


def publish_all():
    """Publish all cities that were written to in this test, and what a new catalogue changes."""
    if _waiting["held"]:
        return
    if _waiting["catalogue"]:
        _pending.update(lagging())
        _waiting["catalogue"] = False
    while _pending:
        pk = min(_pending)
        _pending.remove(pk)
        bring_up_to_date(pk)
        _pending.update(outdated())


@contextmanager
def unpublished():
    """What is written within stays unpublished until the test ends."""
    publish_all()
    _waiting["held"] = True
    yield


@pytest.fixture(autouse=True, scope="session")
def published_before_requests():
    finish, request = Recording.finish, Client.request

    def finish_and_note(self):
        finish(self)
        _pending.update(self.city_ids)

    def publish_and_request(self, **given):
        if not given["PATH_INFO"].startswith("/admin/"):
            publish_all()
        return request(self, **given)

    def note_catalogue(sender, **kwargs):
        _waiting["catalogue"] = True

    def note_resources(sender, city_ids, **kwargs):
        _pending.update(city_ids)

    resources_changed.connect(note_resources)
    catalogue_changed.connect(note_catalogue)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Recording, "finish", finish_and_note)
        patch.setattr(Client, "request", publish_and_request)
        yield
    catalogue_changed.disconnect(note_catalogue)
    resources_changed.disconnect(note_resources)


@pytest.fixture(autouse=True)
def nothing_to_publish():
    """Forgets what the test before has written: it is rolled back."""
    _pending.clear()
    _waiting.update(catalogue=False, held=False)


# What public pages read

QUOTED = re.compile(r'"(\w+)"')


class ForbiddenTable(AssertionError):
    """A public page has asked for a row that officers edit."""


def public_tables():
    """The tables from which public pages may read."""
    models = {
        CatalogueVersion,
        PublicAddress,
        Publication,
        PublicCity,
        PublicResource,
        PublicTotals,
        Redaction,
    }
    models |= {table.model for table in read_tables.TABLES}
    models |= {model for model in apps.get_models() if issubclass(model, CatalogueRow)}
    models |= {field.remote_field.through for model in models for field in model._meta.many_to_many}
    return {model._meta.db_table for model in models}


def all_tables():
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)}


def refuse_other_tables():
    """A wrapper of `connection.execute_wrapper`."""
    forbidden = all_tables() - public_tables()

    def refuse(execute, sql, params, many, context):
        if named := forbidden & set(QUOTED.findall(sql)):
            raise ForbiddenTable(f"A public page reads {', '.join(sorted(named))}: {sql}")
        return execute(sql, params, many, context)

    return refuse


def is_guarded(request):
    """Whether this is what a visitor asks of a public page.

    Not the page `updates:asked`: it is for one person with a key, and shows the figures that this
    person is asked for, published or not. `tests/updates/test_asked.py` holds it to those.
    """
    if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    try:
        return resolve(request.path_info).namespace == "website"
    except Resolver404:
        return False


@pytest.fixture(autouse=True, scope="session")
def public_pages_read_public_tables():
    """Holds for the test client and for the server of the browser tests."""
    answer, refuse = BaseHandler.get_response, refuse_other_tables()

    def answer_guarded(self, request):
        if not is_guarded(request):
            return answer(self, request)
        with connection.execute_wrapper(refuse):
            return answer(self, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "get_response", answer_guarded)
        yield
