"""The state of a target, case by case."""

import datetime
from decimal import Decimal

import pytest

from actions.tracking import (
    Point,
    TargetState,
    due_day,
    expected_amount,
    gravest,
    share_of_way,
    state_in_words,
    state_of,
)

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


def test_the_last_day_of_the_due_year_is_in_time():
    last, progress = datetime.date(2026, 12, 31), [at("2026-06-30", 120)]
    assert state_of(Decimal(200), 2026, START, progress, last) == "behind"
    next_day = last + datetime.timedelta(1)
    assert state_of(Decimal(200), 2026, START, progress, next_day) == "overdue"


def test_without_a_baseline_the_first_progress_is_the_start():
    first = at("2021-12-31", 100)
    assert state_of(Decimal(200), 2030, None, [first], ON) == "no-data"
    assert state_of(Decimal(200), 2030, None, [first, at("2026-06-30", 190)], ON) == "on-track"
    assert state_of(Decimal(200), 2030, None, [first, at("2026-06-30", 110)], ON) == "behind"


def test_nothing_at_all():
    assert state_of(Decimal(5), None, None, [], ON) == "no-data"
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


@pytest.mark.parametrize("falls", [False, True])
def test_without_a_baseline_the_measure_says_where_better_is(falls):
    """Nobody knows where the city came from: above the target it is where more is better."""
    states = {
        amount: state_of(Decimal(30), 2030, None, [at("2025-06-30", amount)], ON, falls=falls)
        for amount in (25, 30, 35)
    }
    beyond, short = (25, 35) if falls else (35, 25)
    assert states == {30: "reached", beyond: "reached", short: "no-data"}


def test_progress_of_a_year_before_the_baseline_is_the_past():
    baseline, before = at("2024-07-01", 100), at("2022-06-30", 250)
    assert state_of(Decimal(200), 2030, baseline, [before], ON) == "no-data"
    assert state_of(Decimal(200), 2025, baseline, [before], ON) == "overdue"
    since = at("2025-12-31", 120)
    assert state_of(Decimal(200), 2030, baseline, [before, since], ON) == "behind"
    same_year = at("2024-03-01", 200)  # the baseline's day is not known, only its year
    assert state_of(Decimal(200), 2030, baseline, [same_year], ON) == "reached"


def test_a_baseline_of_an_unknown_day_gives_the_direction_and_progress_the_start():
    baseline = Point(None, Decimal(20))
    first = at("2022-12-31", 16)
    assert state_of(Decimal(10), 2030, baseline, [], ON) == "no-data"
    assert state_of(Decimal(10), 2030, baseline, [first], ON) == "no-data"
    assert state_of(Decimal(10), 2030, baseline, [first, at("2026-06-30", 11)], ON) == "on-track"
    assert state_of(Decimal(10), 2030, baseline, [first, at("2026-06-30", 15)], ON) == "behind"
    assert state_of(Decimal(10), 2030, baseline, [first, at("2026-06-30", 9)], ON) == "reached"
    assert state_of(Decimal(20), 2030, baseline, [], ON) == "reached"


def test_a_target_from_before_the_baseline():
    late = at("2026-07-01", 100)
    assert state_of(Decimal(200), 2025, late, [], ON) == "overdue"
    assert state_of(Decimal(100), 2025, late, [], ON) == "reached"


@pytest.mark.parametrize(
    ("day", "amount", "state"),
    [
        ("2024-12-31", 0, "on-track"),  # two of five years: not yet one whole thing of two
        ("2025-12-31", 0, "behind"),  # half the time: one
        ("2025-12-31", 1, "on-track"),
    ],
)
def test_what_is_counted_moves_in_whole_steps(day, amount, state):
    start, step = at("2020-12-31", 0), Decimal(1)
    assert state_of(Decimal(2), 2030, start, [at(day, amount)], ON, step=step) == state


def test_whole_steps_downwards():
    start, step = at("2020-12-31", 3), Decimal(1)
    late = datetime.date(2029, 12, 31)
    assert state_of(Decimal(0), 2030, start, [at("2027-12-31", 1)], late, step=step) == "on-track"
    assert state_of(Decimal(0), 2030, start, [at("2027-12-31", 2)], late, step=step) == "behind"


@pytest.mark.parametrize(
    ("due_year", "reports", "state"),
    [
        (None, 0, "no-data"),
        (2030, 0, "no-data"),
        (2030, 2, "no-data"),
        (2026, 0, "no-data"),  # still running
        (2025, 0, "overdue"),
        (2025, 1, "no-data"),  # whether the words are reached, the words of the report tell
    ],
)
def test_a_target_in_words(due_year, reports, state):
    assert state_in_words(due_year, reports, ON) == state


def test_the_line_is_straight_and_ends_at_the_target():
    end = Point(due_day(2030), Decimal(200))
    assert expected_amount(START, end, START.day) == 100
    assert expected_amount(START, end, datetime.date(2025, 12, 31)) == 150
    assert expected_amount(START, end, datetime.date(2040, 1, 1)) == 200


def test_the_gravest_state_counts_for_several_measures():
    assert gravest([]) == "no-data"
    assert gravest([TargetState.REACHED, TargetState.ON_TRACK]) == "on-track"
    assert gravest([TargetState.NO_DATA, TargetState.BEHIND]) == "behind"
    assert gravest([TargetState.REACHED, TargetState.NO_DATA]) == "no-data"
    assert gravest([TargetState.BEHIND, TargetState.OVERDUE]) == "overdue"


@pytest.mark.parametrize(
    ("target", "baseline", "progress", "falls", "share"),
    [
        (200, START, [at("2025-12-31", 150)], False, "0.5"),
        (200, START, [at("2025-12-31", "199.9")], False, "0.99"),  # whole only where reached
        (200, START, [at("2025-12-31", 260)], False, "1"),
        (200, START, [at("2025-12-31", 90)], False, "0"),  # the wrong way
        (200, START, [], False, "0"),
        (200, START, [at("2018-12-31", 190)], False, "0"),  # from before the baseline
        (0, START, [at("2025-12-31", 25)], False, "0.75"),  # falls, as the two tell
        (200, None, [at("2022-12-31", 100), at("2025-12-31", 150)], False, "0.5"),
        (50, None, [at("2025-12-31", 40)], True, "1"),
        (100, START, [at("2025-12-31", 40)], False, "0"),  # no way from start to target
        (200, None, [], False, None),
    ],
)
def test_the_share_of_the_way(target, baseline, progress, falls, share):
    known = share_of_way(Decimal(target), baseline, progress, falls=falls)
    assert known == (share and Decimal(share))
    state = state_of(Decimal(target), 2030, baseline, progress, ON, falls=falls)
    assert (known == 1) == (state == TargetState.REACHED)
