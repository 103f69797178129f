"""The course of a measure, and how far its targets are."""

import datetime

import pytest
from msgspec.structs import replace

from actions.chapter import build
from actions.models import Statement
from actions.record import CommitmentRecord
from report.drawings.timeline_layout import lay_out_chart
from tests.records import (
    make_action_record,
    make_context,
    make_record,
    make_statement_record,
    make_value_record,
    shipped_catalogue,
)

ON = datetime.date(2026, 11, 22)

GREEN_COVER = "urban-heat.green_cover"
MEASURES = shipped_catalogue().measures


def told(kind, key, given, **fields):
    """A statement of one value, which may be a `ValueRecord` already."""
    is_plain = isinstance(given, int | str)
    return make_statement_record(kind, {key: given} if is_plain else [given], **fields)


def action_with(
    baseline=None, target=None, *progress, key=GREEN_COVER, year=None, due_year=2030, number=1
):
    """An action about one measure; `year`: that of the baseline; `progress`: (day, number)."""
    kind = Statement.Kind
    statements = []
    if baseline is not None:
        statements.append(told(kind.BASELINE, key, baseline, year=year))
    if target is not None:
        statements.append(told(kind.TARGET, key, target, due_year=due_year))
    for day, given in progress:
        statements.append(told(kind.PROGRESS, key, given, date=datetime.date.fromisoformat(day)))
    return make_action_record(MEASURES[key].action_type, *statements, number=number)


def chapter_of(*actions, made=(), day=ON):
    commitments = [CommitmentRecord(commitment=code) for code in made]
    return build(make_record(commitments=commitments, actions=actions), make_context(day=day))


def entry_of(action):
    return chapter_of(action).actions[0]


def test_a_measure_has_a_course_where_there_is_something_to_compare():
    assert entry_of(action_with(20)).courses == ()
    assert entry_of(action_with(None, 30)).courses == ()
    (found,) = entry_of(
        action_with(20, 30, ("2025-06-30", 25), ("2023-06-30", 22), year=2020)
    ).courses
    assert [(m.kind, m.when, m.short.value) for m in found.marks] == [
        ("baseline", "2020", "20%"),
        ("progress", "30 June 2023", "22%"),
        ("progress", "30 June 2025", "25%"),
        ("target", "2030", "30%"),
    ]


def test_a_baseline_stands_before_progress_of_the_day_by_which_its_year_is_dated():
    (found,) = entry_of(action_with(20, None, ("2020-07-01", 22), year=2020)).courses
    assert [mark.kind for mark in found.marks] == ["baseline", "progress"]


def test_a_baseline_without_a_year_claims_none():
    """Nor is its last update taken for one: it stands left of all others, and first."""
    (found,) = entry_of(action_with(20, 30, ("2023-06-30", 22), ("2025-06-30", 25))).courses
    assert [(m.kind, m.when) for m in found.marks][:2] == [
        ("baseline", ""),
        ("progress", "30 June 2023"),
    ]
    drawn = lay_out_chart(found)
    start, first, _newest = drawn.dots
    assert start.mark.day is None and start.x < first.x - 20
    assert [year.words for year in drawn.years] == [("2025",), ("2030",)]
    assert drawn.description == (
        "3 values, from 20% (baseline, year not given) to 25% (30 June 2025)."
        " The target for 2030 is 30%."
    )


def tracked_in(action, day=ON):
    (entry,) = chapter_of(action, day=day).actions
    return [target.tracked.state for target in entry.targets]


@pytest.mark.parametrize(
    ("reported", "fields", "state"),
    [
        ("partly", {}, "no-data"),  # one report, and no year of the baseline
        ("partly", {"year": 2022}, "on-track"),
        ("yes", {}, "reached"),
        ("partly", {"year": 2022, "due_year": 2025}, "overdue"),
    ],
)
def test_a_status_is_on_track_until_a_whole_step_is_late(reported, fields, state):
    key = "monitoring-learning.status"
    action = action_with("partly", "yes", ("2025-06-30", reported), key=key, **fields)
    assert tracked_in(action) == [state]


def test_things_are_counted_in_whole_steps():
    key = "nature-experiences.campaigns"
    assert tracked_in(action_with(0, 2, ("2024-06-30", 0), key=key, year=2020)) == ["on-track"]


def test_when_a_baseline_without_a_year_was_entered_changes_nothing():
    """Progress of the time before that day is progress all the same."""
    action = action_with(20, 30, ("2023-06-30", 21), ("2025-06-30", 27))
    assert tracked_in(action) == ["on-track"]
    late = [replace(statement, updated_on=ON) for statement in action.statements]
    assert tracked_in(replace(action, statements=tuple(late))) == ["on-track"]


def test_progress_from_before_the_year_of_the_baseline_is_the_past():
    assert tracked_in(action_with(20, 30, ("2023-06-30", 31), year=2024)) == ["no-data"]


def test_without_a_baseline_the_measure_says_whether_less_is_better():
    key = "other-pollution.landfill_per_person"
    less = action_with(None, "0.2", ("2025-06-30", "0.1"), key=key)
    more = action_with(None, "0.2", ("2025-06-30", "0.3"), key=key)
    assert (tracked_in(less), tracked_in(more)) == (["reached"], ["no-data"])


def test_progress_reported_after_the_day_asked_for_does_not_count():
    action = action_with(20, 30, ("2025-06-30", 30), year=2020)
    assert tracked_in(action, datetime.date(2025, 6, 29)) == ["no-data"]
    assert tracked_in(action) == ["reached"]


@pytest.mark.parametrize(
    ("due_year", "reports", "state"),
    [(None, 0, "no-data"), (2025, 0, "overdue"), (2025, 1, "no-data"), (2026, 0, "no-data")],
)
@pytest.mark.parametrize("in_measure", [True, False])
def test_a_target_in_words(due_year, reports, state, in_measure):
    """Whether the words stand for a measure or for the whole target."""
    values = {"ecosystem-policies.extent_or_names": "all plans"} if in_measure else {}
    words = {} if in_measure else {"en": "All plans."}
    kind, some = Statement.Kind, {"en": "Some plans."}
    target = make_statement_record(kind.TARGET, values, text=words, due_year=due_year)
    days = [datetime.date(2024 + year, 5, 1) for year in range(reports)]
    told = [make_statement_record(kind.PROGRESS, text=some, date=day) for day in days]
    assert tracked_in(make_action_record("ecosystem-policies", target, *told)) == [state]


def test_words_beside_a_number_do_not_hide_what_the_number_says():
    action = action_with(20, 30, ("2026-06-30", 31))
    baseline, target, progress = action.statements
    target = replace(target, text={"en": "And old trees."})
    assert tracked_in(replace(action, statements=(baseline, target, progress))) == ["reached"]


def test_a_measure_is_judged_by_its_own_values():
    day = datetime.date(2026, 6, 30)
    other = told(Statement.Kind.PROGRESS, "urban-heat.tree_share", 40, date=day)
    action = action_with(20, 30, year=2020)
    action = replace(action, statements=(*action.statements, other))
    assert tracked_in(action) == ["no-data"]


def test_words_and_statuses_have_no_course():
    assert entry_of(action_with("partly", "yes", key="monitoring-learning.status")).courses == ()


def test_another_unit_is_kept_and_said_in_the_measures_own_too():
    key = "protected-areas.protected_area"
    hectares = make_value_record(MEASURES[key], 1600, unit="ha")
    (found,) = entry_of(action_with(15, hectares, key=key)).courses
    _baseline, target = found.marks
    assert target.text.value == "1,600\u00a0hectares"
    assert target.converted.value == "16\u00a0square km"
    assert (target.short.value, target.amount) == ("16", 16)
    assert found.unit.value == "square km"


def test_the_summary_counts_what_is_printed():
    on_track = action_with(20, 30, ("2025-06-30", 29), year=2020)
    behind = action_with(10, 5, key="carbon.tree_cover", due_year=2024, number=2)
    chapter = chapter_of(
        on_track,
        behind,
        action_with(12, key="natural-areas.total_area", number=3),
        make_action_record("wild-species-trade", number=4),
        made=["climate", "ecosystems"],
    )
    assert {fact.code: int(fact.value.value) for fact in chapter.summary} == {
        "actions": 4,
        "commitments": 2,
        "baseline": 3,
        "target": 2,
        "on-track": 1,
    }


def test_an_empty_chapter_has_neither_summary_nor_note_nor_contents():
    chapter = chapter_of()
    assert (chapter.summary, chapter.kmgbf_note, chapter.contents) == ((), None, None)
