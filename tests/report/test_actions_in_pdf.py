"""Chapter 2 in the PDF and as data: states in words, charts with their table, badges, summary."""

import datetime
from dataclasses import replace

import pytest

from actions.models import Statement
from actions.record import CommitmentRecord
from catalogue.atoms import Day, Text
from report.plain import plain
from tests.records import (
    make_action_record,
    make_record,
    make_statement_record,
    shipped_catalogue,
)

from .reading import filled_shapes
from .samples import make_document, printed

LINE = 371.9
"""The length in points of the line of a figure."""
BASELINE, TARGET, PROGRESS = Statement.Kind.BASELINE, Statement.Kind.TARGET, Statement.Kind.PROGRESS


@pytest.fixture
def record():
    areas = "protected-areas.protected_area"
    action = make_action_record(
        "protected-areas",
        make_statement_record(
            BASELINE, {areas: "151.74"}, year=2020, source_url="https://example.org/data"
        ),
        make_statement_record(PROGRESS, {areas: "155"}, date=datetime.date(2024, 6, 30)),
        make_statement_record(TARGET, {areas: "160"}, due_year=2025),
        description={"ar": "نزرع الأشجار."},
    )
    types = shipped_catalogue().action_types
    made = {types[code].commitment for code in ("protected-areas", "urban-heat")}
    return make_record(
        city={"language": "ar"},
        commitments=[CommitmentRecord(commitment=code) for code in sorted(made)],
        actions=[action, make_action_record("urban-heat", number=2)],
    )


@pytest.fixture
def document(record):
    return make_document(record)


def test_a_figure_of_few_values_is_a_line_with_words_at_its_marks(reading):
    at = reading.lines.index("Protected area (square km)")
    assert reading.lines[at + 1 : at + 4] == [
        "Baseline 2020: 151.74",
        "Progress 30 June 2024: 155",
        "Target 2025: 160",
    ]
    assert not [piece for piece in reading.pieces if piece.alt.startswith("Protected")]


@pytest.mark.parametrize(("language", "side"), [("en", 1), ("ar", -1)])
def test_a_line_begins_where_its_words_begin(language, side, record):
    """From the start to now it goes 3.26 of the 8.26 square km to the target."""
    reading = printed(make_document(record, language=language))
    *_others, (start, _white), (now, _colour) = filled_shapes(reading.reader.pages[3])
    assert side * (now[0] - start[0]) == pytest.approx(LINE * 3.26 / 8.26, abs=0.5)


@pytest.fixture
def long_course(document):
    """The same figure with two hundred values."""
    action = document.actions.areas[0].commitments[0].actions[0]
    (course,) = action.courses
    first, report, target = course.marks
    reports = [replace(report, when=f"No. {number}") for number in range(198)]
    return replace(course, marks=(first, *reports, target))


def test_a_chart_is_read_by_its_words(document, long_course):
    reading = printed(with_action(document, courses=(long_course,)))
    (alt,) = [piece.alt for piece in reading.pieces if piece.alt.startswith("Protected")]
    assert alt == (
        "Protected area: 199 values, from 151.74\u00a0square km (baseline, 2020) to"
        " 155\u00a0square km (No. 197). The target for 2025 is 160\u00a0square km."
    )


def test_a_long_table_goes_on_over_pages_under_its_heads(document, long_course):
    reading = printed(with_action(document, courses=(long_course,)))
    rows = [mark.when for mark in long_course.marks]
    cells = [piece.text for piece in reading.pieces if piece.text in rows]
    assert cells[-len(rows) :] == rows
    heads = [
        sum(text.count("Year or day") for text in lines.values()) for lines in lines_of(reading)
    ]
    tables = [any("No. " in text for text in lines.values()) for lines in lines_of(reading)]
    assert [bool(count) for count in heads] == tables
    assert 2 <= sum(heads) <= 6  # over a column of each page


def test_reports_in_a_table_name_their_sources_once(document):
    action = document.actions.areas[0].commitments[0].actions[0]
    (report,) = action.progress
    days = [datetime.date(year, 6, 30) for year in (2021, 2022, 2023)]
    reports = tuple(
        replace(
            report,
            date=Day.of(day),
            updated=Day.of(day + datetime.timedelta(days=40)),
            source_label=Text("Source:", "en"),
            source=Text("Survey", "en"),
        )
        for day in days
    )
    (course,) = action.courses
    mark = course.marks[1]
    marks = (course.marks[0], *(replace(mark, when=str(day.year)) for day in days), course.marks[2])
    courses = (replace(course, marks=marks),)
    lines = printed(with_action(document, progress=reports, courses=courses)).lines
    assert lines.count("Source: Survey · Last update: 09 August 2023") == 1
    assert not [line for line in lines if line.startswith("Progress on")]


FOOT = 40
"""Below this height the foot of a page is drawn."""

MANY_LINES = Text("1\n" * 120, "en")


@pytest.mark.parametrize("place", ["description", "words", "value"])
def test_no_block_is_printed_over_itself(document, place):
    baseline = document.actions.areas[0].commitments[0].actions[0].baseline
    value = replace(baseline.values[0], text=MANY_LINES)
    changes = {
        "description": {"description": MANY_LINES},
        "words": {"baseline": replace(baseline, words=MANY_LINES)},
        "value": {"baseline": replace(baseline, sentence=(), values=(value,))},
    }
    document = with_action(document, courses=(), **changes[place])
    _cover, *pages = lines_of(printed(document))
    assert min(height for lines in pages for height in lines if height > FOOT) > 60


def with_action(document, **fields):
    """`document` with other `fields` of its first action, and without all others."""
    chapter = document.actions
    area = chapter.areas[0]
    commitment = area.commitments[0]
    commitment = replace(commitment, actions=(replace(commitment.actions[0], **fields),))
    areas = (replace(area, commitments=(commitment,)),)
    return replace(document, actions=replace(chapter, areas=areas))


def lines_of(reading):
    """For each page, height → the text that is drawn there."""
    found = []
    for page in reading.reader.pages:
        lines = {}

        def collect(text, cm, tm, *_rest, lines=lines):
            if text.strip():
                height = round(cm[5] + tm[5] * cm[3])
                lines[height] = lines.get(height, "") + text

        page.extract_text(visitor_text=collect)
        found.append(lines)
    return found


def test_the_state_of_a_target_is_a_word_after_its_label(reading):
    lines = reading.lines
    assert lines[lines.index("Target for 2025:") + 1] == "Overdue"


def test_badges_stand_under_the_title_and_their_note_once(reading):
    lines = reading.lines
    at = lines.index("Increase protected areas")
    assert lines[at + 1] == "KMGBF Target 3: Conserve 30% of Land, Waters and Seas"
    notes = [line for line in lines if "inferred by this platform" in line]
    assert len(notes) == 1
    assert lines.index(notes[0]) < at


def test_the_summary_stands_at_the_top(reading):
    lines = reading.lines
    at = lines.index("Actions")
    assert lines[at : at + 10] == [
        *("Actions", "2", "Commitments made", "2", "Actions with a baseline", "1"),
        *("Actions with a target", "1", "Targets reached or on track", "0"),
    ]


def test_an_area_opens_with_its_counts_and_its_commitments(reading):
    lines = reading.lines
    at = lines.index("Action area 1")
    assert lines[at + 1] == "Protect and restore nature"
    assert lines[at + 2] == "2 actions · 1 with a starting point · 1 with a target"
    contents = [piece.text for piece in reading.contents]
    assert contents.count("Protect, connect and restore ecosystems") == 1


def test_a_global_target_is_named_where_an_area_first_names_it(document):
    action = document.actions.areas[0].commitments[0].actions[0]
    commitment = document.actions.areas[0].commitments[0]
    commitment = replace(commitment, actions=(action, replace(action, number=7)))
    areas = (replace(document.actions.areas[0], commitments=(commitment,)),)
    lines = printed(replace(document, actions=replace(document.actions, areas=areas))).lines
    named = [line for line in lines if line.startswith("KMGBF Target")]
    assert named == ["KMGBF Target 3: Conserve 30% of Land, Waters and Seas", "KMGBF Target 3"]
    assert lines.count("Description of how city is taking action") == 1


def test_a_source_can_be_followed(reading):
    notes = [
        note.get_object().get("/A", {}).get("/URI")
        for page in reading.reader.pages
        for note in page.get("/Annots", [])
    ]
    assert "https://example.org/data" in notes


def test_as_data_days_are_iso_and_amounts_lose_no_digit(document):
    action = plain(document)["actions"]["areas"][0]["commitments"][0]["actions"][0]
    assert action["targets"][0]["tracked"]["state"] == "overdue"
    assert action["kmgbf"][0]["number"] == 3
    baseline, progress, target = action["courses"][0]["marks"]
    assert baseline["amount"].rstrip("0") == "151.74"
    assert (progress["kind"], progress["day"]) == ("progress", "2024-06-30")
    assert (target["when"], target["day"]) == ("2025", "2025-12-31")
