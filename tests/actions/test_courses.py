"""The course of a measure, and how far its targets are."""

import datetime
from decimal import Decimal

import pytest

from actions.chapter import build
from actions.models import Statement, Value
from catalogue.texts import Texts
from report.drawings.timeline_layout import lay_out_chart
from tests.factories import make_action, make_city, make_statement, writing

ON = datetime.date(2026, 11, 22)

pytestmark = pytest.mark.usefixtures("catalogue")


def city_with(baseline=None, target=None, *progress, action_type="urban-heat", key="green_cover"):
    """A city with one action; each of `progress` is (day, number)."""
    city = make_city(area_km2=Decimal(100))
    start = None if baseline is None else {key: baseline}
    action = make_action(city, action_type, baseline=start)
    if target is not None:
        make_statement(action, Statement.Kind.TARGET, {key: target}, due_year=2030)
    for day, number in progress:
        day = datetime.date.fromisoformat(day)
        make_statement(action, Statement.Kind.PROGRESS, {key: number}, date=day)
    return city


def entry_of(city):
    return build(city, Texts(), ON).actions[0]


def test_a_measure_has_a_course_where_there_is_something_to_compare():
    assert entry_of(city_with(20)).courses == ()
    assert entry_of(city_with(None, 30)).courses == ()
    city = city_with(20, 30, ("2025-06-30", 25), ("2023-06-30", 22))
    with writing():
        Statement.objects.filter(kind=Statement.Kind.BASELINE).update(year=2020)
    (found,) = entry_of(city).courses
    assert [(m.kind, m.when, m.short.value) for m in found.marks] == [
        ("baseline", "2020", "20%"),
        ("progress", "30 June 2023", "22%"),
        ("progress", "30 June 2025", "25%"),
        ("target", "2030", "30%"),
    ]


def test_a_baseline_without_a_year_claims_none():
    """Nor is its last update taken for one: it stands left of all others, and first."""
    (found,) = entry_of(city_with(20, 30, ("2023-06-30", 22), ("2025-06-30", 25))).courses
    assert [(m.kind, m.when) for m in found.marks][:2] == [
        ("baseline", ""),
        ("progress", "30 June 2023"),
    ]
    drawn = lay_out_chart(found)
    start, first, _newest = drawn.dots
    assert start.mark.day is None and start.x < first.x - 20
    assert [year.words for year in drawn.years] == [("2025",), ("2030",)]
    assert drawn.description.startswith("Baseline 20%; Progress 30 June 2023: 22%")


def tracked_in(city):
    return [target.tracked.state for target in entry_of(city).targets]


def test_a_status_is_on_track_until_a_whole_step_is_late():
    kind = {"action_type": "monitoring-learning", "key": "status"}
    partly = city_with("partly", "yes", ("2025-06-30", "partly"), **kind)
    assert tracked_in(partly) == ["no-data"]  # one report, and no year of the baseline
    with writing():
        Statement.objects.filter(kind=Statement.Kind.BASELINE).update(year=2022)
    assert tracked_in(partly) == ["on-track"]
    assert tracked_in(city_with("partly", "yes", ("2025-06-30", "yes"), **kind)) == ["reached"]
    with writing():
        Statement.objects.filter(kind=Statement.Kind.TARGET).update(due_year=2025)
    assert tracked_in(partly) == ["overdue"]


def test_things_are_counted_in_whole_steps():
    kind = {"action_type": "nature-experiences", "key": "campaigns"}
    city = city_with(0, 2, ("2024-06-30", 0), **kind)
    with writing():
        Statement.objects.filter(kind=Statement.Kind.BASELINE).update(year=2020)
    assert tracked_in(city) == ["on-track"]


def test_when_a_baseline_without_a_year_was_entered_changes_nothing():
    """Progress of the time before that day is progress all the same."""
    city = city_with(20, 30, ("2023-06-30", 21), ("2025-06-30", 27))
    assert tracked_in(city) == ["on-track"]
    with writing():
        Statement.objects.update(updated_on=ON)
    assert tracked_in(city) == ["on-track"]


def test_progress_from_before_the_year_of_the_baseline_is_the_past():
    city = city_with(20, 30, ("2023-06-30", 31))
    with writing():
        Statement.objects.filter(kind=Statement.Kind.BASELINE).update(year=2024)
    assert tracked_in(city) == ["no-data"]


def test_without_a_baseline_the_measure_says_whether_less_is_better():
    kind = {"action_type": "other-pollution", "key": "landfill_per_person"}
    less = city_with(None, "0.2", ("2025-06-30", "0.1"), **kind)
    more = city_with(None, "0.2", ("2025-06-30", "0.3"), **kind)
    assert (tracked_in(less), tracked_in(more)) == (["reached"], ["no-data"])


def test_progress_reported_after_the_day_asked_for_does_not_count():
    city = city_with(20, 30, ("2025-06-30", 30))
    with writing():
        Statement.objects.filter(kind=Statement.Kind.BASELINE).update(year=2020)
    (target,) = build(city, Texts(), datetime.date(2025, 6, 29)).actions[0].targets
    assert target.tracked.state == "no-data"
    assert tracked_in(city) == ["reached"]


@pytest.mark.parametrize(
    ("due_year", "reports", "state"),
    [(None, 0, "no-data"), (2025, 0, "overdue"), (2025, 1, "no-data"), (2026, 0, "no-data")],
)
@pytest.mark.parametrize("in_measure", [True, False])
def test_a_target_in_words(due_year, reports, state, in_measure):
    """Whether the words stand for a measure or for the whole target."""
    action = make_action(make_city(), "ecosystem-policies")
    values = {"extent_or_names": "all plans"} if in_measure else {}
    words = "" if in_measure else "All plans."
    make_statement(action, Statement.Kind.TARGET, values, text=words, due_year=due_year)
    for year in range(reports):
        day = datetime.date(2024 + year, 5, 1)
        make_statement(action, Statement.Kind.PROGRESS, text="Some plans.", date=day)
    assert tracked_in(action.city) == [state]


def test_words_beside_a_number_do_not_hide_what_the_number_says():
    action = make_action(make_city(), "urban-heat", baseline={"green_cover": 20})
    target = make_statement(
        action, Statement.Kind.TARGET, {"green_cover": 30}, text="And old trees.", due_year=2030
    )
    day = datetime.date(2026, 6, 30)
    make_statement(action, Statement.Kind.PROGRESS, {"green_cover": 31}, date=day)
    assert tracked_in(target.action.city) == ["reached"]


def test_words_and_statuses_have_no_course():
    city = city_with("partly", "yes", action_type="monitoring-learning", key="status")
    assert entry_of(city).courses == ()


def test_another_unit_is_kept_and_said_in_the_measures_own_too():
    city = city_with(15, 1600, action_type="protected-areas", key="protected_area")
    with writing():
        value = Value.objects.get(statement__kind=Statement.Kind.TARGET)
        value.unit = "ha"
        value.full_clean()
        value.save()
    (found,) = entry_of(city).courses
    _baseline, target = found.marks
    assert target.text.value == "1,600\u00a0hectares"
    assert target.converted.value == "16\u00a0square km"
    assert (target.short.value, target.amount) == ("16", 16)
    assert found.unit.value == "square km"


def test_the_summary_counts_what_is_printed():
    city = city_with(20, 30, ("2025-06-30", 29))
    make_action(city, "natural-areas", baseline={"total_area": 12})
    behind = make_action(city, "carbon", baseline={"tree_cover": 10})
    make_statement(behind, Statement.Kind.TARGET, {"tree_cover": 5}, due_year=2024)
    make_action(city, "wild-species-trade", is_made=False)
    with writing():
        Statement.objects.filter(action__action_type__code="urban-heat", kind="baseline").update(
            year=2020
        )
    summary = build(city, Texts(), ON).summary
    assert {fact.code: int(fact.value.value) for fact in summary} == {
        "actions": 4,
        "commitments": 2,
        "baseline": 3,
        "target": 2,
        "on-track": 1,
    }


def test_an_empty_chapter_has_neither_summary_nor_note_nor_contents():
    chapter = build(make_city("Bare"), Texts(), ON)
    assert (chapter.summary, chapter.kmgbf_note, chapter.contents) == ((), None, None)
