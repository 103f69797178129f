"""Migrations that compute the stored search texts anew."""

import pytest
from django.db import connection

from actions.models import Action
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
    Action.objects.filter(pk=action.pk).update(search_text="riverbanks in łodz – re‑wilded.")
    assert list(refold(Action, connection)) == [(action.pk, "riverbanks in lodz  rewilded.")]
