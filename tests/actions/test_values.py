"""What a value may be: checked in forms and, where it can be, in the database."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actions.models import Action, Measure, Statement, Value
from actions.services import next_number
from catalogue.units import accepted, convert
from tests.factories import make_action, make_city, make_statement, writing

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def city():
    return make_city("Valued")


def value_of(city, action_type, key, **fields):
    statement = make_statement(make_action(city, action_type), Statement.Kind.BASELINE)
    measure = Measure.objects.get(action_type__code=action_type, key=key)
    return Value(statement=statement, measure=measure, **fields)


def test_areas_are_brought_into_the_measures_unit_and_kept_as_entered(city):
    value = value_of(city, "protected-areas", "protected_area", number=Decimal(250), unit="ha")
    value.full_clean()
    with writing():
        value.save()
    value.refresh_from_db()
    assert (value.number, value.unit, value.amount) == (250, "ha", Decimal("2.5"))


def test_the_measures_unit_is_taken_where_none_is_given(city):
    value = value_of(city, "protected-areas", "protected_area", number=Decimal("151.74"))
    value.full_clean()
    assert (value.unit, value.amount) == ("km2", Decimal("151.74"))


def test_units_of_a_measure():
    assert accepted("km2") == ("km2", "ha", "m2", "mu", "acre", "dunam", "rai", "feddan")
    assert accepted("t/person/year") == ("t/person/year",)
    assert convert(Decimal(1_500_000), "m2", into="km2") == Decimal("1.5")
    with pytest.raises(KeyError):
        convert(Decimal(1), "km2", into="percent")


@pytest.mark.parametrize(
    ("action_type", "key", "fields", "field", "message"),
    [
        ("urban-heat", "green_cover", {"number": Decimal(101)}, "number", "between 0 and 100"),
        ("urban-heat", "green_cover", {"number": Decimal(-1)}, "number", "below zero"),
        ("urban-heat", "green_cover", {}, "number", "Fill in"),
        ("urban-heat", "green_cover", {"text": "a lot"}, "text", "another kind of value"),
        ("nature-experiences", "campaigns", {"number": Decimal("1.5")}, "number", "whole number"),
        (
            "protected-areas",
            "protected_area",
            {"number": Decimal("1234567890.123456")},
            "number",
            "at most 15 digits",
        ),
        (
            "protected-areas",
            "protected_area",
            {"number": Decimal(1), "unit": "kg"},
            "unit",
            "km2, ha, m2",
        ),
        ("ecosystem-policies", "extent_or_names", {"number": Decimal(1)}, "number", "another kind"),
        ("ecosystem-policies", "extent_or_names", {}, "text", "Fill in"),
        ("monitoring-learning", "status", {"text": "yes"}, "text", "another kind"),
        ("monitoring-learning", "status", {"status": "maybe"}, "status", "not a valid choice"),
    ],
)
def test_a_wrong_value_has_its_message_at_the_field(city, action_type, key, fields, field, message):
    with pytest.raises(ValidationError) as error:
        value_of(city, action_type, key, **fields).full_clean()
    assert message in " ".join(error.value.message_dict[field])


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": "words", "status": "yes"},
        {"number": Decimal(1), "text": "words"},
    ],
)
def test_the_database_takes_exactly_one_kind_of_value(city, fields):
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        value_of(city, "urban-heat", "green_cover", **fields).save()


def test_a_measure_has_one_value_in_a_statement(city):
    value = value_of(city, "urban-heat", "green_cover", number=Decimal(1))
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        value.save()
        value.pk = None
        value.save(force_insert=True)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("baseline", {}),
        ("target", {}),
        ("target", {"due_year": 2030}),
        ("progress", {"date": datetime.date(2025, 1, 1)}),
    ],
)
def test_a_statement_stands_once(city, kind, fields):
    action = make_action(city, "urban-heat")
    make_statement(action, kind, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_statement(action, kind, **fields)
    with pytest.raises(ValidationError, match="already"):
        Statement(action=action, kind=kind, **fields).full_clean()


def test_targets_of_two_years_and_progress_of_two_days_stand_side_by_side(city):
    action = make_action(city, "urban-heat")
    for year in (None, 2030, 2050):
        make_statement(action, "target", due_year=year)
    for day in (1, 2):
        make_statement(action, "progress", date=datetime.date(2025, 1, day))
    assert action.statements.count() == 5


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("progress", {}),
        ("baseline", {"due_year": 2030}),
        ("target", {"date": datetime.date(2025, 1, 1)}),
        ("target", {"year": 2025}),
    ],
)
def test_dates_belong_to_progress_and_due_years_to_targets(city, kind, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_statement(make_action(city, "urban-heat"), kind, **fields)


def test_a_number_of_an_action_is_never_used_again(city):
    first, second = make_action(city), make_action(city)
    assert (first.number, second.number) == (1, 2)
    with writing():
        second.delete()
    assert make_action(city).number == 3
    assert make_action(make_city()).number == 1


def test_a_stale_city_does_not_turn_the_counter_back(city):
    make_action(city)
    city.population = 5
    with writing():
        city.save()
        assert next_number(city) == 2


def test_the_same_type_or_the_same_words_are_repeated_unless_a_reason_is_given(city):
    make_action(city, "urban-heat", description="Trees.")
    make_action(city, "urban-heat", description="Hedges.")
    make_action(city, "carbon", description="Trees.")
    make_action(city, "carbon", description="Peat.", confirmed="In another valley.")
    make_action(city, "restoration", description="Reed.")
    make_action(make_city(), "urban-heat", description="Trees.")
    assert list(Action.objects.repeated().values_list("city__name", "number")) == [
        ("Valued", 1),
        ("Valued", 2),
        ("Valued", 3),
    ]


@pytest.mark.parametrize("number", [0, 1_000_000, 3_000_000_000])
def test_a_number_of_an_action_stays_in_its_range(city, number):
    action = make_action(city, "urban-heat")
    action.number = number
    with pytest.raises(ValidationError):
        action.full_clean()


def test_the_kind_of_a_measure_stays_once_cities_have_given_values(city):
    make_action(city, "urban-heat", baseline={"green_cover": "30"})
    used = Measure.objects.get(code="urban-heat.green_cover")
    unused = Measure.objects.get(code="carbon.tree_cover")
    for measure in (used, unused):
        measure.kind = Measure.Kind.TEXT
    unused.full_clean()
    with pytest.raises(ValidationError, match="cannot change"):
        used.full_clean()
