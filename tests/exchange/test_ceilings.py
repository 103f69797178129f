"""A city has no more rows than its page can show: form and sheet refuse what is beyond."""

import pytest

from actions.models import Action, Statement
from profiles.ceilings import beyond_ceilings
from tests.factories import make_action, make_city, make_statement

ACTIONS = ["City", "Number", "Action type", "Description"]
TARGETS = ["City", "Action number", "Due year", "Text"]
PROGRESS = ["City", "Action number", "Date", "Text"]


@pytest.fixture
def limits(settings):
    settings.CITY_MAX_ACTIONS, settings.ACTION_MAX_STATEMENTS = 3, 2
    settings.CITY_MAX_STATEMENTS = 3


def rows(*numbers):
    return [["port-trial", number, "carbon", f"Peat bog {number}."] for number in numbers]


def test_the_first_row_beyond_is_named_and_each_city_counts_by_itself(port, limits):
    make_action(port)
    other = make_city("Other")
    new = [Action(city=port), *(Action(city=other) for _ in range(3)), Action(city=port)]
    assert list(beyond_ceilings(Action, new)) == []
    new += [Action(city=port), Action(city=port)]
    ((row, message),) = beyond_ceilings(Action, new)
    assert row is new[5]
    assert message.startswith("Port Trial would have 5 actions; at most 3 fit")


def test_a_sheet_may_fill_a_city_but_no_more(port, limits, plan):
    make_action(port)
    assert plan(Actions=[ACTIONS, *rows(2, 3)]).is_sound
    (problem,) = plan(Actions=[ACTIONS, *rows(2, 3, 4, 5)]).problems
    assert (problem.cell, problem.column) == ("B4", "Number")
    assert "would have 5 actions" in problem.message


def test_what_is_stored_already_may_be_changed(port, limits, settings, plan):
    make_action(port)
    settings.CITY_MAX_ACTIONS = 0
    assert plan(Actions=[ACTIONS, *rows(1)]).is_sound


def test_statements_of_all_sheets_count_together(port, limits, plan):
    action = make_action(port, "carbon")
    make_statement(action, Statement.Kind.BASELINE, text="Peat.")
    found = plan(
        Targets=[TARGETS, ["port-trial", 1, 2030, "More peat."]],
        Progress=[PROGRESS, ["port-trial", 1, "2025-03-01", "Some peat."]],
    ).problems
    assert [(problem.sheet, problem.cell) for problem in found] == [("Progress", "C2")]
    assert "would have 3 starting points, targets and progress reports" in found[0].message
