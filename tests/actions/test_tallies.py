"""Totals that move with each publication are those that a count from the beginning finds."""

import datetime
import threading

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from actions.models import ActionType, PublicTotals
from actions.record import ActionRecord
from actions.tallies import count, recount
from profiles.changes import recording
from profiles.models import ChangeSet, City, State
from tests.factories import make_action, make_city, request_publishing, withdraw, writing
from tests.published import publish_all
from tests.records import shipped_catalogue

TYPE, OTHER = "natural-areas", "restoration"


def action_of(number, action_type):
    day = datetime.date(2026, 1, 1)
    return ActionRecord(number=number, action_type=action_type, description={}, updated_on=day)


def counts(is_sample=False):
    """Place → (cities, actions)."""
    found = PublicTotals.objects.filter(is_sample=is_sample).values_list("counts", flat=True)
    return {place: tuple(numbers) for place, numbers in (found.first() or {}).items()}


def of(action_type, is_sample=False):
    return counts(is_sample).get(f"type/{action_type}")


def publish_and_compare():
    publish_all()
    moved = counts(), counts(is_sample=True)
    recount()
    assert moved == (counts(), counts(is_sample=True))


def change(row, **fields):
    with writing():
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def remove(row):
    with writing():
        row.delete()


def test_an_action_counts_in_all_and_under_each_row_of_the_catalogue():
    actions = [action_of(number, TYPE) for number in (1, 2)]
    catalogue = shipped_catalogue()
    assert count(actions, catalogue) == {
        "all": 2,
        "area/protect-restore": 2,
        "commitment/ecosystems": 2,
        "type/natural-areas": 2,
        "target/GBF-TARGET-01": 2,
    }
    assert not count([action_of(1, "no-longer-there")], catalogue)


def test_every_change_of_a_city_is_followed(catalogue):
    city, other = make_city("First"), make_city("Other", state=State.DRAFT)
    first = make_action(city, TYPE, baseline={"total_area": 3})
    second = make_action(city, TYPE)
    make_action(other, OTHER)
    publish_and_compare()
    assert counts()["all"] == counts()["public"] == (1, 2)
    assert (of(TYPE), of(OTHER)) == ((1, 2), None)
    request_publishing(other)
    change(second, action_type=ActionType.objects.get(code=OTHER))
    publish_and_compare()
    assert (of(TYPE), of(OTHER)) == ((1, 1), (2, 2))
    change(city, is_sample=True)
    publish_and_compare()
    assert (of(OTHER), of(OTHER, is_sample=True)) == ((1, 1), (1, 1))
    change(city, is_sample=False)
    withdraw(other)
    remove(first)
    publish_and_compare()
    assert (of(TYPE), of(OTHER)) == (None, (1, 1))
    assert counts(is_sample=True) == {}
    remove(second)
    publish_and_compare()
    assert counts() == {"public": (1, 0)}
    remove(City.objects.get(pk=city.pk))
    publish_and_compare()
    assert counts() == {}


def test_words_alone_touch_no_total(catalogue):
    action = make_action(make_city(), TYPE)
    publish_all()
    change(action, description="Willows stand by the river.")
    with CaptureQueriesContext(connection) as queries:
        publish_all()
    assert not [query for query in queries if PublicTotals._meta.db_table in query["sql"]]


def test_another_target_of_a_type_is_counted(catalogue):
    kind = make_action(make_city(), TYPE).action_type
    publish_all()
    assert counts()["target/GBF-TARGET-01"] == (1, 1)
    kind.kmgbf_targets.set([])
    publish_and_compare()
    assert "target/GBF-TARGET-01" not in counts()
    assert of(TYPE) == (1, 1)


@pytest.mark.parametrize("place", ["all", "public"])
def test_wrong_totals_are_found_and_counted_anew(catalogue, capsys, place):
    make_action(make_city(), TYPE)
    publish_all()
    totals = PublicTotals.objects.get(is_sample=False)
    totals.counts[place][0] += 1
    totals.save()
    with pytest.raises(CommandError):
        call_command("check_public")
    assert "totals" in capsys.readouterr().out
    call_command("rebuild_read_tables")
    call_command("check_public")
    assert (counts()["all"], of(TYPE)) == ((1, 1), (1, 1))


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_are_both_counted():
    """On SQLite one waits for the other before it begins, on PostgreSQL at the totals."""
    cities = [make_city(f"City {number}") for number in range(6)]
    start = threading.Barrier(len(cities))

    def save(city):
        start.wait(10)
        with recording(None, ChangeSet.Kind.ADMIN, "at once"):
            make_action(city, TYPE)
        connections.close_all()

    threads = [threading.Thread(target=save, args=[city]) for city in cities]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    moved = counts()
    recount()
    assert moved == counts()
    assert of(TYPE) == (6, 6)
