"""Charts in words: a sentence or three, however many values there are."""

import datetime

import pytest

from catalogue.atoms import Text
from cbi.entries import CourseEntry
from cbi.totals import Total
from report import pdf
from report.drawings.descriptions import describe_assessments, describe_course

from .listening import LONGEST
from .samples import SLUGS
from .test_timeline_layout import BASELINE, PROGRESS, course, mark


def test_a_hundred_values_are_said_in_a_sentence():
    days = (datetime.date(2021, 1, 1) + datetime.timedelta(days=at) for at in range(118))
    values = [mark("progress", str(day), (at * 7) % 118 + 12) for at, day in enumerate(days)]
    targets = [mark("target", f"{year}-12-31", year - 1980) for year in range(2030, 2035)]
    assert describe_course(course(BASELINE, *values, *targets)) == (
        "119 values, from 20 (baseline, 2020) to 123 (2021). The lowest is 12, and the highest is"
        " 129. The target for 2030 is 50. The target for 2031 is 51. The target for 2032 is 52."
        " 2 more targets."
    )


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ([PROGRESS], "One value: 25 (2025)."),
        ([mark("baseline", None, 3)], "One value: 3 (baseline, year not given)."),
        ([BASELINE, PROGRESS], "2 values, from 20 (baseline, 2020) to 25 (2025)."),
        ([mark("target", None, 3)], "The target is 3."),
    ],
)
def test_few_values_are_said_plainly(marks, words):
    assert describe_course(course(*marks)) == words


def test_assessments_are_compared_with_the_first():
    entries = [entry(2010, None), entry(2014, -3), entry(2018, 9), entry(2022, 5)]
    assert describe_assessments(entries[:2]) == (
        "2 assessments, from 2010 to 2014. Compared with 2010, 2014 has -3 points."
    )
    assert describe_assessments(entries[:3]) == (
        "3 assessments, from 2010 to 2018. Compared with 2010, 2018 has 9 points."
        " Lowest: 2014, -3 points."
    )
    assert describe_assessments(entries) == (
        "4 assessments, from 2010 to 2022. Compared with 2010, 2022 has 5 points."
        " Lowest: 2014, -3 points. Highest: 2018, 9 points."
    )


def entry(year, difference):
    change = Text("first assessment" if difference is None else f"{difference} points", "en")
    return CourseEntry(year, Total(0, 0, 0, 0), Text("", "en"), difference, change)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_drawing_of_a_sample_is_described_at_length(slug, document_of):
    drawn = pdf.drawings(document_of(slug))
    charts = [chart for charts in drawn["charts"].values() for chart in charts if "alt" in chart]
    charts += [chart for chart in drawn["index_courses"].values() if chart]
    for chart in charts:
        assert len(chart["alt"]) <= LONGEST
        assert chart["alt"].endswith(".")
        assert ";" not in chart["alt"]
