"""Which rows a yearly update has, what each says was last, and how an answer is read."""

import datetime

import pytest

from actions.models import OwnFigure, Statement
from tests.factories import make_action, make_city, make_statement, writing
from tests.updates.answering import answer, row_of
from updates.models import Answer
from updates.rows import RowState, overview, rows_for, update_of

pytestmark = pytest.mark.usefixtures("catalogue")

PROGRESS = Statement.Kind.PROGRESS
LAND = "1.natural-areas.total_area"


@pytest.fixture
def city():
    return make_city("Yearly")


def test_rows_are_all_that_was_said_before_and_show_what_was_said_last(city):
    make_action(city)  # says nothing of itself, so there is nothing to update
    areas = make_action(city, "natural-areas", baseline={"total_area": 1886})
    make_statement(areas, PROGRESS, {"total_area": 1880}, date=datetime.date(2025, 12, 31))
    make_statement(areas, Statement.Kind.TARGET, {"natural_area": 900}, due_year=2030)
    words = make_action(city, "restoration")
    make_statement(words, Statement.Kind.BASELINE, text="Some meadows.", year=2024)
    policy = make_action(city, "nature-based-solutions", baseline={"status": "partly"})
    shown = [(row.key, row.kind, row.last and (row.last.text, row.last.when))
             for row in rows_for(city, 2026)]  # fmt: skip
    assert shown == [
        (f"{areas.number}.natural-areas.total_area", "number",
         ("1,880\u00a0km²", "31 December 2025")),
        (f"{areas.number}.natural-areas.natural_area", "number", None),
        (f"{words.number}.words", "words", ("Some meadows.", "2024")),
        (f"{policy.number}.nature-based-solutions.status", "status",
         ("partly", "year not given")),
    ]  # fmt: skip


def test_the_rows_of_many_actions_take_as_few_queries(city, django_assert_max_num_queries):
    for _number in range(3):
        make_action(city, "natural-areas", baseline={"total_area": 1886, "natural_area": 3})
    for row in rows_for(city, 2026):
        answer(city, row.key, text="12")
    with django_assert_max_num_queries(7):
        assert len(rows_for(city, 2026)) == 6


@pytest.mark.parametrize(
    ("given", "state", "message"),
    [
        ({"text": "1.890,5", "year": "2025"}, RowState.READY, ""),
        ({"text": "more than 189000 ha"}, RowState.READY, ""),
        ({"text": "a lot"}, RowState.WRONG, "“a lot” is no number"),
        ({"text": "1886 acorns"}, RowState.WRONG, "acorns"),
        ({"text": ""}, RowState.WRONG, "Fill in the new value"),
        ({"text": "1890", "year": "2027"}, RowState.WRONG, "still to come"),
        ({"text": "1890", "year": "soon"}, RowState.WRONG, "“soon” is no year"),
        ({"text": "1890", "last": "another"}, RowState.OVERTAKEN, ""),
        ({"choice": "unchanged"}, RowState.READY, ""),
        ({"choice": "no-data"}, RowState.READY, ""),
        ({"choice": "asked"}, RowState.ASKED, ""),
    ],
)
def test_what_an_answer_still_needs(city, given, state, message):
    make_action(city, "natural-areas", baseline={"total_area": 1886})
    answer(city, LAND, **given)
    row = row_of(city, LAND)
    assert row.state == state
    assert message in " ".join(fault.message for fault in row.faults)


def test_a_bare_number_is_meant_in_the_unit_that_was_used_last(city):
    action = make_action(city, "natural-areas", baseline={"total_area": 1886})
    baseline = action.statements.get().values.get()
    type(baseline).objects.filter(pk=baseline.pk).update(number=188_600, unit="ha")
    answer(city, LAND, text="188700")
    row = row_of(city, LAND)
    assert (row.content.number, row.content.unit, row.content.amount) == (188_700, "ha", 1887)


def test_last_years_update_goes_on_until_it_is_written(city, monkeypatch):
    make_action(city, "natural-areas", baseline={"total_area": 1886})
    answer(city, LAND, text="1890")
    assert overview(rows_for(city, 2026), update_of(city)).done == 1
    monkeypatch.setattr("updates.rows.today", lambda: datetime.date(2027, 1, 8))
    assert update_of(city).year == 2026
    Answer.objects.update(written_at="2027-01-08T10:00:00Z")
    assert update_of(city).year == 2027


def test_a_figure_in_new_words_is_offered_to_the_row_that_can_take_it(city):
    action = make_action(city, "natural-areas", baseline={"total_area": 1886})
    make_statement(action, PROGRESS, text="Some meadows.", date=datetime.date(2025, 12, 31))
    answer(city, "1.words", text="今年修复8万余亩, 75 %.")
    row = row_of(city, LAND)
    assert row.offers == ["8万余亩"]
    answer(city, LAND, text=row.offers[0])
    row = row_of(city, LAND)
    assert (row.content.number, row.content.precision) == (80_000, "more-than")
    assert row.offers == []
    assert "is read as" in row.notes[0]


def test_own_figures_are_asked_for_before_they_have_a_value(city):
    action = make_action(city, "restoration")
    with writing():
        OwnFigure.objects.create(
            action=action, number=1, name="Land restored", kind="area", unit="ha"
        )
    assert [(row.key, row.label, row.last) for row in rows_for(city, 2026)] == [
        ("1.own-1", "Land restored", None)
    ]
    answer(city, "1.own-1", text="12 km2")
    assert row_of(city, "1.own-1").content.amount == 1200
