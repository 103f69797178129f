"""What “confirmed unchanged” means for targets, for the age of the figures and in words."""

import datetime

import pytest
from msgspec.structs import replace

from actions.chapter import build
from actions.courses import state_of_target
from report.version import newest_update
from tests.records import (
    make_action_record,
    make_context,
    make_record,
    make_statement_record,
    shipped_catalogue,
)

GREEN, TREES = "urban-heat.green_cover", "urban-heat.tree_share"
DAY_OF = "Confirmed unchanged on 01 June 2025"
START, CONFIRMED, ON = (datetime.date(year, 6, 1) for year in (2020, 2025, 2026))


def confirm(statement, *codes, words=False):
    """`statement` with these values, or its words, confirmed."""
    values = tuple(
        replace(value, unchanged_on=CONFIRMED) if value.measure in codes else value
        for value in statement.values
    )
    return replace(statement, values=values, unchanged_on=CONFIRMED if words else None)


def told(kind="baseline", values={GREEN: 40}, **fields):  # noqa: B006 (nobody changes it)
    if kind == "baseline":
        fields = {"year": 2020, **fields}
    return make_statement_record(kind, values, updated_on=START, **fields)


TARGET = told("target", {GREEN: 80}, due_year=2030)
WORDS = told("target", {}, due_year=2022, text={"en": "More of it."})


@pytest.mark.parametrize(
    ("statements", "state"),
    [
        ([told()], "no-data"),
        ([confirm(told(), GREEN)], "behind"),
        ([confirm(told(), GREEN), told("progress", {GREEN: 70}, date=ON)], "on-track"),
        ([told(), confirm(told("progress", {GREEN: 45}, date=START), GREEN)], "behind"),
    ],
)
def test_a_confirmed_value_tells_of_its_day_until_there_is_a_report(statements, state):
    measures = shipped_catalogue().measures
    assert state_of_target(TARGET, [*statements, TARGET], measures, ON) == state


@pytest.mark.parametrize(("is_confirmed", "state"), [(False, "overdue"), (True, "no-data")])
def test_words_that_were_confirmed_are_news(is_confirmed, state):
    start = confirm(told(values={}, text={"en": "Some."}), words=is_confirmed)
    assert state_of_target(WORDS, [start, WORDS], shipped_catalogue().measures, ON) == state


def test_figures_are_as_new_as_their_confirmation():
    for statement, day in ((told(), START), (confirm(told(), GREEN), CONFIRMED)):
        action = make_action_record("urban-heat", statement, updated_on=START)
        assert newest_update(make_record(actions=[action])).date == day


@pytest.mark.parametrize(
    ("codes", "words", "expected"),
    [
        ((), False, []),
        ((GREEN, TREES), True, [DAY_OF]),
        ((GREEN,), False, [f"{DAY_OF}: Total green cover, share of the city"]),
        ((), True, [f"{DAY_OF}: the words"]),
    ],
)  # fmt: skip
def test_the_page_says_what_was_confirmed_and_when(codes, words, expected):
    statement = told(values={GREEN: 40, TREES: 30}, text={"en": "Mostly limes."})
    action = make_action_record("urban-heat", confirm(statement, *codes, words=words))
    (entry,) = build(make_record(actions=[action]), make_context(day=ON)).actions
    assert [text.value for text in entry.baseline.unchanged] == expected
