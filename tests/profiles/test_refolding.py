"""Migrations that compute the stored search texts anew."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from actions import search
from actions.models import Action
from actions.standings import refresh_all
from profiles.models import City
from profiles.refolding import refold
from tests.factories import make_action, make_city

pytestmark = pytest.mark.usefixtures("catalogue")


def test_only_texts_that_are_not_right_are_written():
    stale, right = make_city("Łódź", slug="x"), make_city("Al-Waha", slug="y")
    City.objects.filter(pk=stale.pk).update(search_text="łodz\nx")
    assert list(refold(City, connection)) == [(stale.pk, "lodz\nx")]
    found = dict(City.objects.values_list("pk", "search_text"))
    assert found == {stale.pk: "lodz\nx", right.pk: "alwaha\ny"}
    assert list(refold(City, connection)) == []


def test_actions_are_found_after_the_migration():
    action = make_action(make_city(), description="Riverbanks in Łódź – re‑wilded.")
    refresh_all()
    old = "riverbanks in łodz – re‑wilded."
    Action.objects.filter(pk=action.pk).update(search_text=old)
    refresh_all()
    assert search.find(["lodz"]) == []
    migration = import_module("actions.migrations.0007_search_texts_folded_anew")
    migration.fold_anew(apps, SimpleNamespace(connection=connection))
    assert search.find(["lodz", "rewilded"]) == [action.pk]
