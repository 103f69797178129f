"""Chapter 2 in the PDF and as data: states in words, charts with their table, badges, summary."""

import datetime
from dataclasses import replace

import pytest

from actions.models import Statement
from actions.record import CommitmentRecord
from catalogue.atoms import Text
from report.plain import plain
from tests.records import (
    make_action_record,
    make_record,
    make_statement_record,
    shipped_catalogue,
)

from .samples import make_document, printed

BASELINE, TARGET, PROGRESS = Statement.Kind.BASELINE, Statement.Kind.TARGET, Statement.Kind.PROGRESS


@pytest.fixture
def document():
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
    record = make_record(
        city={"language": "ar"},
        commitments=[CommitmentRecord(commitment=code) for code in sorted(made)],
        actions=[action, make_action_record("urban-heat", number=2)],
    )
    return make_document(record)


def test_a_chart_is_read_by_its_words_and_its_table_says_the_same(reading):
    charts = [at for at, piece in enumerate(reading.pieces) if piece.alt.startswith("Protected")]
    assert len(charts) == 1
    alt = reading.pieces[charts[0]].alt
    assert alt == (
        "Protected area: 2 values, from 151.74\u00a0square km (baseline, 2020) to"
        " 155\u00a0square km (30 June 2024). The target for 2025 is 160\u00a0square km."
    )
    cells = [piece.text for piece in reading.pieces[charts[0] + 1 :][:12]]
    assert cells[:3] == ["Kind", "Year or day", "Value"]
    rows = [" ".join(cells[at : at + 3]) for at in (3, 6, 9)]
    assert rows == [
        "Baseline 2020 151.74 square km",
        "Progress 30 June 2024 155 square km",
        "Target 2025 160 square km",
    ]


def test_a_long_table_goes_on_over_pages_under_its_heads(document):
    action = document.actions.areas[0].commitments[0].actions[0]
    (course,) = action.courses
    marks = [replace(course.marks[1], when=f"No. {number}") for number in range(200)]
    reading = printed(with_action(document, courses=(replace(course, marks=marks),)))
    cells = [piece.text for piece in reading.pieces if piece.text.startswith("No. ")]
    assert cells == [mark.when for mark in marks]
    tables = [
        lines for lines in lines_of(reading) if any("No. " in text for text in lines.values())
    ]
    assert len(tables) > 3
    assert sum("No. " in text for lines in tables for text in lines.values()) == 200
    assert all(any("Year or day" in text for text in lines.values()) for lines in tables)


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
    assert lines[at + 1] == "KMGBF Target 3"
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


def test_the_chapter_has_contents_of_its_own(reading):
    contents = [piece.text for piece in reading.contents]
    assert contents.count("Actions: 1") == 2
    assert any("Protect, connect and restore ecosystems" in text for text in contents)


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
