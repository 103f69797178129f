"""What a city has reached and what comes next."""

import pytest

from .test_glance import GREEN, REACHED, action, glance_of, goal, report, start

A_REPORT = report("2025-01-01", {GREEN: 21})


def told(part):
    return [
        (entry.action, entry.due and str(entry.due), str(entry.figures or entry.words))
        for entry in part.entries
    ]


def test_targets_that_are_reached_and_those_due_next_are_told_by_their_figures():
    later = [start({GREEN: 20}), goal({GREEN: 30}, due_year=2035), A_REPORT]
    sooner = [goal(text={"en": "Quiet nights."}, due_year=2026)]
    undated = [start({GREEN: 20}), goal({GREEN: 40})]
    late = [start({GREEN: 20}), goal({GREEN: 40}, due_year=2025)]
    reached = [
        start({GREEN: 20}),
        goal({GREEN: 8}, due_year=2022),
        report("2024-01-01", {GREEN: 5}),
    ]
    kinds = (REACHED, later, sooner, undated, late, reached)
    glance = glance_of(*(action(n, GREEN, *own) for n, own in enumerate(kinds, start=1)))
    assert told(glance.reached) == [
        (6, "2022", "5% now, target 8%"),
        (1, "2020", "5% now, target 10%"),
    ]
    assert told(glance.due_next) == [
        (3, "2026", "Quiet nights."),
        (2, "2035", "21% now, target 30%"),
    ]
    assert glance.reached.empty is glance.due_next.empty is None


@pytest.mark.parametrize(
    ("statements", "reached", "due_next"),
    [
        ([], "No targets yet.", "No targets yet."),
        (
            [goal({GREEN: 30})],
            "None of the targets is known to be reached.",
            "No open target names a year that is still to come.",
        ),
    ],
)
def test_where_there_is_nothing_it_says_why(statements, reached, due_next):
    glance = glance_of(action(1, GREEN, *statements))
    assert (str(glance.reached.empty), str(glance.due_next.empty)) == (reached, due_next)
    assert glance.reached.entries == glance.due_next.entries == ()
