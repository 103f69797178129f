"""The state of a target, case by case."""

import datetime
from decimal import Decimal

import pytest

from actions.tracking import Point, TargetState, due_day, gravest, on_the_line, state_of

ON = datetime.date(2026, 11, 22)


def at(day, amount):
    return Point(datetime.date.fromisoformat(day), Decimal(amount))


START = at("2020-12-31", 100)


@pytest.mark.parametrize(
    ("progress", "state"),
    [
        ([], "no-data"),
        ([at("2025-12-31", 150)], "on-track"),  # exactly half-way, in half the time
        ([at("2025-12-31", "149.9")], "behind"),
        ([at("2025-12-31", 180)], "on-track"),
        ([at("2025-12-31", 200)], "reached"),
        ([at("2025-12-31", 260)], "reached"),
        ([at("2025-12-31", 90)], "behind"),  # the wrong way
        ([at("2022-12-31", 140), at("2025-12-31", 145)], "behind"),  # the newest counts …
        ([at("2025-12-31", 145), at("2022-12-31", 140)], "behind"),  # … in whatever order
        ([at("2022-12-31", 200), at("2025-12-31", 150)], "on-track"),  # reached once, lost again
        ([at("2020-12-31", 150)], "no-data"),  # of the very day of the baseline: no pace yet
    ],
)
def test_a_rising_target(progress, state):
    assert state_of(Decimal(200), 2030, START, progress, ON) == state


@pytest.mark.parametrize(
    ("progress", "state"),
    [
        ([], "no-data"),
        ([at("2025-12-31", 50)], "on-track"),
        ([at("2025-12-31", 51)], "behind"),
        ([at("2025-12-31", 0)], "reached"),
        ([at("2025-12-31", 120)], "behind"),
    ],
)
def test_a_falling_target_down_to_zero(progress, state):
    assert state_of(Decimal(0), 2030, START, progress, ON) == state


@pytest.mark.parametrize(
    ("amount", "state"), [(0, "behind"), (5, "on-track"), (4, "behind"), (10, "reached")]
)
def test_a_baseline_of_zero(amount, state):
    baseline, progress = at("2020-12-31", 0), [at("2025-12-31", amount)]
    assert state_of(Decimal(10), 2030, baseline, progress, ON) == state


@pytest.mark.parametrize(
    ("due_year", "progress", "state"),
    [
        (2025, [], "overdue"),
        (2025, [at("2025-12-31", 150)], "overdue"),
        (2025, [at("2026-06-30", 200)], "reached"),  # late, but reached
        (2026, [at("2025-12-31", 199)], "on-track"),  # the due year is still running
        (None, [], "no-data"),
        (None, [at("2025-12-31", 150)], "no-data"),
        (None, [at("2025-12-31", 200)], "reached"),
    ],
)
def test_due_years_passed_running_and_missing(due_year, progress, state):
    assert state_of(Decimal(200), due_year, START, progress, ON) == state


def test_without_a_baseline_the_first_progress_is_the_start():
    first = at("2021-12-31", 100)
    assert state_of(Decimal(200), 2030, None, [first], ON) == "no-data"
    assert state_of(Decimal(200), 2030, None, [first, at("2026-06-30", 190)], ON) == "on-track"
    assert state_of(Decimal(200), 2030, None, [first, at("2026-06-30", 110)], ON) == "behind"


def test_nothing_at_all():
    assert state_of(None, 2030, None, [], ON) == "no-data"
    assert state_of(None, 2020, START, [at("2025-12-31", 1)], ON) == "no-data"  # words only
    assert state_of(Decimal(5), 2030, None, [], ON) == "no-data"
    assert state_of(Decimal(5), 2020, None, [], ON) == "overdue"


def test_keeping_what_there_is():
    """The target is the baseline: whether less is better says the measure."""
    better, worse = [at("2025-12-31", 101)], [at("2025-12-31", 99)]
    assert state_of(Decimal(100), 2030, START, [], ON) == "reached"
    assert state_of(Decimal(100), 2030, START, better, ON) == "reached"
    assert state_of(Decimal(100), 2030, START, worse, ON) == "behind"
    assert state_of(Decimal(100), 2030, START, worse, ON, falls=True) == "reached"


def test_a_baseline_already_beyond_a_target_that_falls_by_its_measure():
    assert state_of(Decimal(100), 2030, None, [at("2025-12-31", 80)], ON, falls=True) == "reached"


def test_the_line_is_straight_and_ends_at_the_target():
    end = Point(due_day(2030), Decimal(200))
    assert on_the_line(START, end, START.day) == 100
    assert on_the_line(START, end, datetime.date(2025, 12, 31)) == 150
    assert on_the_line(START, end, datetime.date(2040, 1, 1)) == 200


def test_the_gravest_state_counts_for_several_measures():
    assert gravest([]) == "no-data"
    assert gravest([TargetState.REACHED, TargetState.ON_TRACK]) == "on-track"
    assert gravest([TargetState.NO_DATA, TargetState.BEHIND]) == "behind"
    assert gravest([TargetState.REACHED, TargetState.NO_DATA]) == "no-data"
    assert gravest([TargetState.BEHIND, TargetState.OVERDUE]) == "overdue"
