"""Tallies that move by differences are those that a count from the beginning finds."""

import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from actions.models import ActionType, Commitment, Sought, Standing, Tally, TypeInCity
from actions.standings import refresh, refresh_all
from actions.tallies import refresh_tallies
from profiles.changes import recording
from profiles.models import ChangeSet, State
from tests.factories import make_action, make_city, writing

pytestmark = pytest.mark.usefixtures("catalogue")

TYPE, OTHER = "natural-areas", "restoration"


def tables():
    """The explorer's tables as they stand, without the keys that another run would give."""
    return [
        sorted(
            tuple(values)
            for values in model.objects.values_list(
                *(f.attname for f in model._meta.concrete_fields if f.name != "id")
            )
        )
        for model in (Tally, TypeInCity, Standing, Sought)
    ]


@pytest.fixture
def followed(django_capture_on_commit_callbacks):
    """`followed(change)`: make a change as the platform does, then compare with a new count."""

    def follow(change, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            made = change(*args, **kwargs)
        moved = tables()
        for model in (Tally, TypeInCity, Standing, Sought):
            model.objects.all().delete()
        refresh_all()
        assert moved == tables()
        return made

    return follow


def change(row, **fields):
    with writing():
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def remove(row):
    with writing():
        row.delete()


def of(action_type, is_sample=False):
    row = ActionType.objects.get(code=action_type).pk
    found = Tally.objects.filter(scope="type", row=row, is_sample=is_sample)
    return found.values_list("cities", "actions").first()


def test_every_change_of_a_city_is_followed(followed):
    city, other = make_city("First"), make_city("Other", state=State.DRAFT)
    first = followed(make_action, city, TYPE, baseline={"total_area": 3})
    second = followed(make_action, city, TYPE)
    followed(make_action, other, OTHER, baseline=None)
    assert (of(TYPE), of(OTHER)) == ((1, 2), None)
    followed(change, other, state=State.PUBLISHED)
    assert of(OTHER) == (1, 1)
    followed(change, second, action_type=ActionType.objects.get(code=OTHER))
    assert (of(TYPE), of(OTHER)) == ((1, 1), (2, 2))
    followed(change, first, description="Willows stand by the river.")
    followed(change, city, is_sample=True)
    assert (of(OTHER), of(OTHER, is_sample=True)) == ((1, 1), (1, 1))
    followed(change, city, is_sample=False)
    followed(change, city, state=State.WITHDRAWN)
    assert (of(TYPE), of(OTHER)) == (None, (1, 1))
    followed(change, city, state=State.PUBLISHED)
    followed(remove, second)
    remove(other.commitments.get())
    for action in other.actions.all():
        remove(action)
    followed(remove, other)
    assert (of(TYPE), of(OTHER)) == ((1, 1), None)


def test_many_cities_in_one_change_are_followed(followed):
    def make_many():
        with recording(None, ChangeSet.Kind.IMPORT, "many"):
            for number in range(12):
                city = make_city(f"City {number}", is_sample=number % 4 == 3)
                make_action(city, TYPE, baseline={"total_area": number + 1})
                make_action(city, OTHER)

    followed(make_many)
    assert (of(TYPE), of(TYPE, is_sample=True)) == ((9, 9), (3, 3))


def test_for_a_city_that_stays_as_it_is_nothing_is_written():
    city = make_city()
    make_action(city, TYPE, baseline={"total_area": 3})
    refresh([city.pk])
    with CaptureQueriesContext(connection) as queries:
        refresh([city.pk])
    writes = ("INSERT", "UPDATE", "DELETE")
    written = [query["sql"] for query in queries if query["sql"].startswith(writes)]
    assert not written


def test_another_place_in_the_catalogue_is_counted_at_once(followed):
    make_action(make_city(), TYPE)
    refresh_all()
    kind = ActionType.objects.get(code=TYPE)
    other = Commitment.objects.exclude(area=kind.commitment.area).first()
    followed(change, kind, commitment=other)
    assert Tally.objects.get(scope="commitment", row=other.pk).cities == 1
    assert not Tally.objects.filter(scope="area", row=kind.commitment.area_id, cities=0).exists()


def test_another_target_of_a_type_is_counted_at_once(followed):
    kind = make_action(make_city(), TYPE).action_type
    refresh_all()
    followed(kind.kmgbf_targets.set, [])
    assert not Tally.objects.filter(scope="target").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_once_are_both_counted():
    """On SQLite one waits for the other before it begins, on PostgreSQL at the tallies."""
    cities = [make_city(f"City {number}") for number in range(6)]
    for city in cities:
        make_action(city, TYPE)
    refresh_all()
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
    moved = of(TYPE)
    refresh_tallies()
    assert moved == of(TYPE) == (6, 12)
