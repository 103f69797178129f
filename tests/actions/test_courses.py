"""The course of a measure, its chart, and what looks wrong about values."""

import datetime
from decimal import Decimal

import pytest

from actions.chapter import build
from actions.courses import Course, Mark
from actions.models import Statement, Value
from actions.plausibility import doubts_about
from catalogue.atoms import Text
from catalogue.texts import Texts
from report.drawings.timeline_layout import HEIGHT, WIDTH, chart, overlap, width_of
from tests.factories import make_action, make_city, make_statement, writing

ON = datetime.date(2026, 11, 22)

pytestmark = pytest.mark.usefixtures("catalogue")


def mark(kind, day, amount):
    day = datetime.date.fromisoformat(day) if day else None
    words = Text(str(amount), "en")
    label = Text(kind.title(), "en")
    return Mark(kind, label, str(day.year if day else ""), day, Decimal(amount), words, None, words)


def course(*marks):
    return Course("cover", Text("Green cover", "en"), None, marks)


BASELINE = mark("baseline", "2020-01-01", 20)
PROGRESS = mark("progress", "2025-01-01", 25)
RISING = course(BASELINE, PROGRESS, mark("target", "2030-01-01", 30))
FALLING = course(BASELINE, mark("progress", "2025-01-01", 15), mark("target", "2030-01-01", 10))


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


def test_the_marks_of_a_rising_course_climb_to_the_right():
    drawn = chart(RISING)
    start, newest = drawn.dots
    (target,) = drawn.targets
    assert (start.mark, newest.mark) == (BASELINE, PROGRESS)
    assert start.x < newest.x < target.x
    assert start.y > newest.y > target.y
    assert newest.x == pytest.approx((start.x + target.x) / 2, abs=0.1)  # half the time …
    assert newest.y == pytest.approx((start.y + target.y) / 2, abs=0.1)  # … and half the way
    assert drawn.line == f"{start.x},{start.y} {newest.x},{newest.y}"


def test_the_marks_of_a_falling_course_go_down_to_the_right():
    drawn = chart(FALLING)
    start, newest = drawn.dots
    (target,) = drawn.targets
    assert start.x < newest.x < target.x
    assert start.y < newest.y < target.y


def test_a_single_mark_stands_in_the_middle_and_draws_no_line():
    drawn = chart(course(PROGRESS))
    (dot,) = drawn.dots
    assert dot.x == WIDTH / 2
    assert 0 < dot.y < HEIGHT
    assert drawn.line == ""
    assert [label.words for label in drawn.labels] == [("Progress", "25")]


def test_a_target_without_a_year_stands_at_the_end_and_has_no_year():
    drawn = chart(course(BASELINE, PROGRESS, mark("target", None, 30)))
    assert drawn.targets[0].x == max(dot.x for dot in (*drawn.dots, *drawn.targets))
    assert [year.words for year in drawn.years] == [("2020",), ("2025",)]
    assert drawn.description == "Baseline 2020: 20; Progress 2025: 25; Target 30"


def test_the_first_the_newest_and_the_target_are_named():
    between = mark("progress", "2023-01-01", 21)
    drawn = chart(course(BASELINE, between, PROGRESS, RISING.marks[-1]))
    named = {label.words for label in drawn.labels}
    assert named == {("Baseline", "20"), ("Progress", "25"), ("Target", "30")}
    assert len(drawn.dots) == 3


def test_the_first_is_named_also_where_others_follow_closely():
    days = ("2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31", "2025-12-31")
    progress = [mark("progress", day, 75 + at * 2) for at, day in enumerate(days)]
    drawn = chart(
        course(mark("baseline", "2020-07-01", 74), *progress, mark("target", "2030-12-31", 95))
    )
    assert ("Baseline", "74") in {label.words for label in drawn.labels}


@pytest.mark.parametrize("amounts", [(20, 20, 20), (20, 20, 21), (20, 29, 30), (30, 21, 20)])
@pytest.mark.parametrize("due", ["2025-06-01", "2040-01-01"])
def test_words_in_a_chart_cover_neither_each_other_nor_its_edges(amounts, due):
    start, now, end = amounts
    drawn = chart(
        course(
            mark("baseline", "2020-01-01", start),
            mark("progress", "2025-01-01", now),
            mark("target", due, end),
        )
    )
    boxes = [label.box for label in (*drawn.labels, *drawn.years)]
    assert len(drawn.labels) >= 2
    for index, box in enumerate(boxes):
        assert box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
        assert not any(overlap(box, other) for other in boxes[index + 1 :])
        assert not any(box[0] < dot.x < box[2] and box[1] < dot.y < box[3] for dot in drawn.dots)


def test_signs_of_east_asia_take_more_room():
    assert width_of("绿地") > width_of("ab") * 1.5


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
    drawn = chart(found)
    start, first, _newest = drawn.dots
    assert start.mark.day is None and start.x < first.x - 20
    assert [year.words for year in drawn.years] == [("2025",), ("2030",)]
    assert drawn.description.startswith("Baseline 20%; Progress 30 June 2023: 22%")


def test_a_year_is_written_once():
    near = course(
        mark("baseline", "2020-07-01", 1),
        mark("progress", "2025-03-01", 5),
        mark("target", "2025-12-31", 4),
    )
    assert [year.words for year in chart(near).years] == [("2020",), ("2025",)]


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


def doubts_of(city, action_type, **values):
    action = make_action(city, action_type, baseline=values)
    given = list(Value.objects.filter(statement__action=action).select_related("measure"))
    doubts = doubts_about(given, action.action_type.measures.all(), city)
    return [(doubt.measure, doubt.message) for doubt in doubts]


@pytest.fixture
def city():
    return make_city("Doubted", area_km2=Decimal(100))


def test_a_part_above_its_whole_is_doubted(city):
    ((measure, message),) = doubts_of(city, "protected-areas", important_area=3, protected_area=4)
    assert measure == "protected_area"
    assert message.startswith("“Protected area” is larger than “Area of particular importance")
    assert doubts_of(city, "protected-areas", important_area=4, protected_area=4) == []
    assert doubts_of(city, "protected-areas", protected_area=4) == []


@pytest.mark.parametrize(
    ("tree", "other", "is_doubted"),
    [
        (60, 40, False),
        (60, "39.2", False),  # rounded shares
        (60, 41, False),
        (60, 30, True),
        (60, 45, True),
        (60, None, False),  # the other one is not known
    ],
)
def test_shares_that_do_not_make_a_hundred_are_doubted(city, tree, other, is_doubted):
    values = {"tree_share": tree, "other_share": other}
    values = {key: value for key, value in values.items() if value is not None}
    doubts = doubts_of(city, "urban-heat", **values)
    assert bool(doubts) is is_doubted
    if doubts:
        assert "percent together, not 100." in doubts[0][1]


def test_an_area_larger_than_the_city_is_doubted(city):
    ((measure, message),) = doubts_of(city, "access-to-nature", green_blue_area="100.5")
    assert (measure, message.endswith("is larger than the city (100 km²).")) == (
        "green_blue_area",
        True,
    )
    assert doubts_of(city, "access-to-nature", green_blue_area=100) == []
    city.area_km2 = None
    assert doubts_of(city, "access-to-nature", green_blue_area=1_000_000) == []
