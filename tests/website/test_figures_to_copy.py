"""A figure as a line to copy: what, of whom, when, from where, which version and address."""

import datetime

import pytest

from tests.records import make_action_record, make_statement_record
from website.figures_to_copy import shown_statements

from .documents import make_document

URL = "https://nature.example.org/cities/port-trial/actions/1/"


def shown(*statements, action_type="protected-areas"):
    document = make_document(actions=[make_action_record(action_type, *statements)])
    (action,) = document.actions.actions
    return list(shown_statements(action, document, URL))


def figures(*statements, **given):
    return [figure for statement in shown(*statements, **given) for figure in statement.figures]


@pytest.mark.parametrize(
    ("kind", "about", "anchor", "when", "source"),
    [
        ("baseline", {}, "baseline", "year not given (start)", "the city gives no source"),
        (
            "baseline",
            {"year": 2025, "source": {"en": "Land\nregister"}},
            "baseline",
            "2025 (start)",
            "source: Land register",
        ),
        (
            "target",
            {"due_year": 2030, "source": {"en": "Plan"}, "source_url": "https://example.org/plan"},
            "target-2030",
            "target for 2030",
            "source: Plan https://example.org/plan",
        ),
        (
            "target",
            {"source_url": "https://example.org/plan"},
            "target",
            "target without a year",
            "source: https://example.org/plan",
        ),
        (
            "progress",
            {"date": datetime.date(2026, 4, 8)},
            "progress-2026-04-08",
            "08 April 2026 (progress)",
            "the city gives no source",
        ),
    ],
)
def test_a_line_says_all_that_one_has_to_know(kind, about, anchor, when, source):
    statement = make_statement_record(kind, {"protected-areas.protected_area": "151.74"}, **about)
    (figure,) = figures(statement)
    assert figure.anchor == f"{anchor}-protected_area"
    assert figure.line == (
        f"151.74 square km, Protected area, Port Trial, {when}, {source}, version 3, "
        f"{URL}#{anchor}-protected_area"
    )


def test_a_statement_in_words_can_be_copied_too():
    (figure,) = figures(make_statement_record("target", text={"en": "More\n\nwetlands."}))
    assert figure.line.startswith("More wetlands., Increase protected areas, Port Trial, target")
    assert figure.anchor == "target-words"


def test_each_figure_has_an_anchor_of_its_own_that_others_do_not_move():
    values = {"protected-areas.protected_area": "5", "protected-areas.important_area": "9"}
    days = (datetime.date(2026, 4, 8), datetime.date(2025, 4, 8))
    reports = [make_statement_record("progress", values, date=day) for day in days]
    alone = {figure.anchor for figure in figures(reports[0])}
    baseline = make_statement_record("baseline", values)
    anchors = [figure.anchor for figure in figures(baseline, *reports)]
    assert len(set(anchors)) == len(anchors) == 6
    assert alone < set(anchors)
