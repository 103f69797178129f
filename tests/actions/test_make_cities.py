"""Invented cities in any number: the same for the same seed, sensible, never in production."""

import pytest
from django.core.management import CommandError, call_command

from actions.explorer import index
from actions.models import Action, ActionType, Statement, Value
from actions.plausibility import doubts_about
from profiles.models import City
from tests.factories import writing
from tests.published import publish_all

pytestmark = pytest.mark.usefixtures("catalogue")

LINES = {
    City: ("name", "slug", "country", "latitude", "population", "area_km2", "content_language"),
    Action: ("city__slug", "number", "action_type__code", "description", "language", "updated_on"),
    Statement: ("action__city__slug", "action__number", "kind", "year", "date", "due_year", "text"),
    Value: ("statement__action__city__slug", "measure__code", "number", "precision", "status"),
}


def make(count, seed):
    """Everything that is made, as lines; the database is empty before and after."""
    call_command("make_cities", count, seed=seed, verbosity=0)
    made = {model: list(model.objects.order_by("pk").values_list(*LINES[model])) for model in LINES}
    with writing():
        City.objects.all().delete()
    return made


def test_a_seed_gives_the_same_cities_each_time_and_another_seed_others(capsys):
    first = make(2, seed=3)
    assert len(first[City]) == 2 and 90 <= len(first[Action]) <= 150
    assert f"2 cities with {len(first[Action])} actions." in capsys.readouterr().out
    assert make(2, seed=3) == first
    assert make(2, seed=4)[City] != first[City]


@pytest.fixture
def made():
    call_command("make_cities", 2, seed=1, verbosity=0)


def test_what_is_made_could_have_been_entered(made):
    """Every row passes the rules of its form, and raises no doubt."""
    for value in Value.objects.select_related("measure", "statement"):
        value.full_clean()
    for statement in Statement.objects.select_related("action__city"):
        statement.full_clean()
        values = list(statement.values.select_related("measure"))
        measures = statement.action.action_type.measures.all()
        assert doubts_about(values, measures, statement.action.city) == []
    kinds = set(Statement.objects.values_list("kind", flat=True))
    assert kinds == set(Statement.Kind)
    assert set(Value.objects.exclude(status="").values_list("status", flat=True)) > {"yes"}


def test_pages_count_them(made):
    publish_all()
    assert index().cities == 2
    assert Action.objects.values("action_type").distinct().count() > ActionType.objects.count() / 2
    for city in City.objects.all():
        assert city.last_action_number == city.actions.count()


def test_the_same_seed_twice_is_refused(made):
    with pytest.raises(CommandError, match="there already"):
        call_command("make_cities", 1, seed=1, verbosity=0)
    call_command("make_cities", 1, seed=2, verbosity=0)
    assert City.objects.count() == 3


def test_never_where_samples_are_not_allowed(settings):
    settings.ALLOW_DEMO = False
    with pytest.raises(CommandError, match="do not allow invented cities"):
        call_command("make_cities", 1, verbosity=0)
    assert not City.objects.exists()
