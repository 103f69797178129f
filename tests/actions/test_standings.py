"""The explorer's tables say what the cities' own rows say."""

import datetime
from decimal import Decimal

import pytest
from django.core.management import call_command

from actions.models import Action, Standing, Tally, TypeInCity
from actions.standings import refresh, refresh_all
from profiles.models import City, State
from tests.factories import make_action, make_city, make_statement, writing

pytestmark = pytest.mark.usefixtures("catalogue")

TYPE = "natural-areas"


def standing(city, key="total_area"):
    return Standing.objects.get(city=city, measure__key=key, measure__action_type__code=TYPE)


def tally(scope="all", row=0, is_sample=False):
    found = Tally.objects.filter(scope=scope, row=row, is_sample=is_sample)
    return found.values_list("cities", "actions").first()


def test_the_newest_progress_stands_before_the_baseline_and_no_target_does():
    city = make_city()
    action = make_action(city, TYPE, baseline={"total_area": 10, "natural_area": 4})
    make_statement(action, "progress", {"total_area": 12}, date=datetime.date(2024, 5, 1))
    make_statement(action, "progress", {"total_area": 11}, date=datetime.date(2023, 5, 1))
    make_statement(action, "target", {"total_area": 20}, due_year=2030)
    refresh([city.pk])
    newest = standing(city)
    assert (newest.amount, newest.kind, newest.day) == (12, "progress", datetime.date(2024, 5, 1))
    assert (standing(city, "natural_area").kind, Standing.objects.count()) == ("baseline", 2)


def test_a_city_with_several_actions_of_a_type_stands_once_with_its_newest():
    city = make_city()
    for date, area in ((datetime.date(2022, 1, 1), 5), (datetime.date(2024, 1, 1), 7)):
        make_statement(make_action(city, TYPE), "progress", {"total_area": area}, date=date)
    make_action(city, TYPE)
    refresh([city.pk])
    assert (standing(city).amount, standing(city).action_number) == (7, 2)
    row = TypeInCity.objects.get(city=city)
    assert (row.actions, row.action_number) == (3, 1)


def test_tallies_count_published_cities_and_keep_samples_apart():
    first = make_action(make_city(), TYPE)
    make_action(first.city, TYPE)
    make_action(make_city(), "restoration")
    make_action(make_city(is_sample=True), TYPE)
    make_action(make_city(state=State.DRAFT), TYPE)
    refresh_all()
    kind = first.action_type
    assert tally() == (2, 3)
    assert tally("type", kind.pk) == (1, 2)
    assert tally("commitment", kind.commitment_id) == (2, 3)
    assert tally("area", kind.commitment.area_id) == (2, 3)
    assert tally("target", kind.kmgbf_targets.get().pk) == (1, 2)
    assert tally(is_sample=True) == (1, 1)


def test_what_is_written_is_followed_after_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        action = make_action(make_city(), TYPE, baseline={"total_area": Decimal("12.5")})
    assert (tally(), standing(action.city).amount) == ((1, 1), Decimal("12.5"))
    with django_capture_on_commit_callbacks(execute=True), writing():
        city = City.objects.get(pk=action.city_id)
        city.state = State.WITHDRAWN
        city.save()
    assert tally() == (0, 0)
    with django_capture_on_commit_callbacks(execute=True), writing():
        action.delete()
    assert not TypeInCity.objects.exists()
    assert not Standing.objects.exists()


def test_the_command_makes_everything_anew(capsys):
    make_action(make_city(), TYPE, baseline={"total_area": 3})
    call_command("refresh_standings")
    assert "1 cities" in capsys.readouterr().out
    with writing():
        Action.objects.get().delete()
        City.objects.get().delete()
    call_command("refresh_standings")
    assert not Standing.objects.exists()
    assert tally() == (0, 0)


def test_search_texts_are_no_part_of_the_history():
    action = make_action(make_city(), description="Égalité")
    assert action.search_text == "egalite"
    assert not hasattr(action.history.first(), "search_text")
