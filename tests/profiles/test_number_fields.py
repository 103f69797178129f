"""Numbers, years and days in the forms of the admin."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models

from actions.models import Statement
from profiles.admin_base import ScopedChoices
from profiles.models import City
from profiles.number_fields import DateField, ReadsText, form_options, notes_of

NUMBERS = (models.IntegerField, models.DecimalField, models.DateField)
KEYS = (models.AutoField, models.BigAutoField, models.DateTimeField)


def field_of(model, name):
    field = model._meta.get_field(name)
    return field.formfield(**form_options(field))


def numbers_of_admins():
    """(admin or inline, field) for each number, year and day that people fill in there."""
    for model_admin in admin.site._registry.values():
        own = [model_admin, *(one(model_admin.model, admin.site) for one in model_admin.inlines)]
        for one in own:
            if isinstance(one, ScopedChoices):
                for field in one.opts.fields:
                    if isinstance(field, NUMBERS) and not isinstance(field, KEYS):
                        yield one, field


def test_every_number_and_day_of_the_admin_is_read_by_one_reader():
    request = SimpleNamespace()
    pairs = [(one, field) for one, field in numbers_of_admins() if field.editable]
    assert {"population", "due_year", "made_on", "date", "year"} <= {f.name for _one, f in pairs}
    for one, field in pairs:
        form_field = one.formfield_for_dbfield(field, request)
        assert isinstance(form_field, ReadsText), field
        assert form_field.widget.input_type in ("text", "date"), field


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("population", "1,886", 1886),
        ("population", "６００ ０００", 600_000),
        ("area_km2", "1 886,32", Decimal("1886.32")),
        ("area_km2", "500 ha", 5),
        ("area_km2", "5 km²", 5),
        ("area_km2", "12.3450", Decimal("12.345")),
        ("latitude", "42.967", Decimal("42.967")),
        ("latitude", "-30.4620482", Decimal("-30.46205")),
        ("population_year", "٢٠٢٤", 2024),
        ("population_year", "2024-05-01", 2024),
        ("population", " ", None),
    ],
)
def test_what_people_paste_is_that_number(name, typed, kept):
    assert field_of(City, name).clean(typed) == kept


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("population", "1886,32", "not a whole number"),
        ("population", "many", "“many” is no number"),
        ("population", "1e6", "“1e6” is no number"),
        ("area_km2", "1,886", "1886 or 1.886"),
        ("area_km2", "about 5", "Only the number is kept here"),
        ("area_km2", "5 people", "“people” is no unit"),
        ("latitude", "10\u200b5.4", "zero-width space"),
        ("population_year", "2567", "Is 2024 meant"),
    ],
)
def test_any_other_text_is_asked_back_at_its_field(name, typed, words):
    with pytest.raises(ValidationError) as asked:
        field_of(City, name).clean(typed)
    assert words in str(asked.value)


def test_days_are_read_and_years_in_their_place_asked_about():
    field = field_of(Statement, "date")
    assert isinstance(field, DateField)
    assert field.clean("2026年4月8日") == datetime.date(2026, 4, 8)
    for typed, words in (("2024", "a year, not a day"), ("04/08/2026", "2026-04-08 / 2026-08-04")):
        with pytest.raises(ValidationError, match=words):
            field.clean(typed)


@pytest.mark.parametrize(
    ("name", "stored", "shown"),
    [
        ("area_km2", Decimal("1.234"), "1.2340"),
        ("area_km2", Decimal("105.400"), "105.4"),
        ("latitude", Decimal("30.63100"), "30.631"),
        ("population", 600_000, 600_000),
    ],
)
def test_a_stored_number_is_shown_so_that_it_comes_back(name, stored, shown):
    field = field_of(City, name)
    assert field.prepare_value(stored) == shown
    assert not field.has_changed(stored, str(shown))


def test_the_form_tells_what_it_keeps_in_another_form():
    fields = {"area_km2": field_of(City, "area_km2"), "latitude": field_of(City, "latitude")}
    fields["area_km2"].clean("1234.5678")
    fields["latitude"].clean("30.5")
    form = SimpleNamespace(fields=fields, changed_data=list(fields))
    assert [note for _label, note in notes_of(form)] == [
        "1234.5678 is rounded to 1234.568: 3 decimals are kept."
    ]
