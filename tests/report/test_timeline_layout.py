"""The chart of a course: where its marks and words stand."""

import datetime
from decimal import Decimal

import pytest

from actions.courses import Course, CourseMark
from catalogue.atoms import Text
from report.drawings.timeline_layout import HEIGHT, WIDTH, lay_out_chart, overlap, width_of


def mark(kind, day, amount):
    day = datetime.date.fromisoformat(day) if day else None
    words = Text(str(amount), "en")
    label = Text(kind.title(), "en")
    return CourseMark(
        kind, label, str(day.year if day else ""), day, Decimal(amount), words, None, words
    )


def course(*marks):
    return Course("cover", Text("Green cover", "en"), None, marks)


BASELINE = mark("baseline", "2020-01-01", 20)
PROGRESS = mark("progress", "2025-01-01", 25)
RISING = course(BASELINE, PROGRESS, mark("target", "2030-01-01", 30))
FALLING = course(BASELINE, mark("progress", "2025-01-01", 15), mark("target", "2030-01-01", 10))


def test_the_marks_of_a_rising_course_climb_to_the_right():
    drawn = lay_out_chart(RISING)
    start, newest = drawn.dots
    (target,) = drawn.targets
    assert (start.mark, newest.mark) == (BASELINE, PROGRESS)
    assert start.x < newest.x < target.x
    assert start.y > newest.y > target.y
    assert newest.x == pytest.approx((start.x + target.x) / 2, abs=0.1)  # half the time …
    assert newest.y == pytest.approx((start.y + target.y) / 2, abs=0.1)  # … and half the way
    assert drawn.line == f"{start.x},{start.y} {newest.x},{newest.y}"


def test_the_marks_of_a_falling_course_go_down_to_the_right():
    drawn = lay_out_chart(FALLING)
    start, newest = drawn.dots
    (target,) = drawn.targets
    assert start.x < newest.x < target.x
    assert start.y < newest.y < target.y


def test_a_single_mark_stands_in_the_middle_and_draws_no_line():
    drawn = lay_out_chart(course(PROGRESS))
    (dot,) = drawn.dots
    assert dot.x == WIDTH / 2
    assert 0 < dot.y < HEIGHT
    assert drawn.line == ""
    assert [label.words for label in drawn.labels] == [("Progress", "25")]


def test_a_target_without_a_year_stands_at_the_end_and_has_no_year():
    drawn = lay_out_chart(course(BASELINE, PROGRESS, mark("target", None, 30)))
    assert drawn.targets[0].x == max(dot.x for dot in (*drawn.dots, *drawn.targets))
    assert [year.words for year in drawn.years] == [("2020",), ("2025",)]
    assert drawn.description == "2 values, from 20 (baseline, 2020) to 25 (2025). The target is 30."


def test_the_first_the_newest_and_the_target_are_named():
    between = mark("progress", "2023-01-01", 21)
    drawn = lay_out_chart(course(BASELINE, between, PROGRESS, RISING.marks[-1]))
    named = {label.words for label in drawn.labels}
    assert named == {("Baseline", "20"), ("Progress", "25"), ("Target", "30")}
    assert len(drawn.dots) == 3


def test_the_first_is_named_also_where_others_follow_closely():
    days = ("2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31", "2025-12-31")
    progress = [mark("progress", day, 75 + at * 2) for at, day in enumerate(days)]
    drawn = lay_out_chart(
        course(mark("baseline", "2020-07-01", 74), *progress, mark("target", "2030-12-31", 95))
    )
    assert ("Baseline", "74") in {label.words for label in drawn.labels}


@pytest.mark.parametrize("amounts", [(20, 20, 20), (20, 20, 21), (20, 29, 30), (30, 21, 20)])
@pytest.mark.parametrize("due", ["2025-06-01", "2040-01-01"])
def test_words_in_a_chart_cover_neither_each_other_nor_its_edges(amounts, due):
    start, now, end = amounts
    drawn = lay_out_chart(
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


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("绿地", 24),
        ("99,999,999,999,999.99", 127),
        ("Kilometervergleichswerte", 152),
        ("MWh MWM", 68),
        ("ஹெக்டேர்", 69),
        ("هكتارضضضسسس", 92),
        ("гектарыжшщю", 92),
    ],
)
def test_no_text_is_wider_than_it_is_estimated(words, drawn):
    """`drawn`: as the semibold fonts of the PDF draw it."""
    assert drawn <= width_of(words) < 1.5 * drawn


def test_a_year_is_written_once():
    near = course(
        mark("baseline", "2020-07-01", 1),
        mark("progress", "2025-03-01", 5),
        mark("target", "2025-12-31", 4),
    )
    assert [year.words for year in lay_out_chart(near).years] == [("2020",), ("2025",)]
