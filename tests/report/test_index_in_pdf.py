"""Chapter 4 in the PDF: the same words and numbers as on the page, charts read by their words."""

import shutil
from itertools import product

import pytest

from report import pdf
from tests.cbi.records import NATURAL_AREAS, assessment, chosen, computed, result
from tests.records import make_record

from .reading import Reading, filled_shapes
from .samples import make_document, printed
from .test_front import boxes, overlap

FOREST = (30, 91, 67)
PAGE_WIDTH, COLUMN_WIDTH = 470.5, 277.8
"""The widths of the bars of an assessment and of its components, in points."""


@pytest.fixture
def document():
    reason = {"ar": "قرر المجلس"}
    better = computed("natural-areas", "25", inputs={"natural_area": "25", "city_area": "100"})
    assessments = [
        assessment(2012, chosen("budget", 1, reason=reason), edition="2014"),
        assessment(2020, NATURAL_AREAS),
        assessment(2024, better, chosen("education", reason=reason)),
    ]
    return make_document(make_record(city={"language": "ar"}, assessments=assessments))


def test_every_part_of_an_assessment_is_printed(reading):
    for line in (
        "Assessment of 2024",
        "6 of 8 points · 2 of 28 indicators",
        "Not started · – of 20",
        "Without points: 2–9",
        "Proportion of Natural Areas in the City 3 to 4 points",
        "Filled: the points. Outlined: the most that the scored indicators can earn. "
        "Dashed: not scored.",
        "Assessment of 2012",
        "1 of 4 points · 1 of 23 indicators",
    ):
        assert line in reading.lines, line


def test_an_indicator_is_a_row_of_a_table(reading):
    lines = [piece.text for piece in reading.pieces]
    at = lines.index("computed by the table of points")
    row = " ".join(lines[at - 6 : at + 1])
    assert "1 Proportion of Natural Areas in the City Counted or measured:" in row
    assert row.endswith("25% 4 of 4 computed by the table of points")
    at = lines.index("self-assessed")
    assert lines[at + 1 : at + 3] == [
        "Name not verified",
        "No table of points known to us: the city chooses its points",
    ]


def test_the_course_is_read_by_its_words_beside_its_table(reading):
    [chart] = [piece for piece in reading.pieces if piece.alt.startswith("Over the years")]
    assert chart.alt == (
        "Over the years: 2 assessments, from 2020 to 2024."
        " Compared with 2020, 2024 has +1 points (indicators scored both times: 1)."
    )
    assert "+1 points (indicators scored both times: 1)" in reading.lines


def of(*results):
    """The PDF of a city with one assessment with these results."""
    return printed(make_document(make_record(assessments=[assessment(2024, *results)])))


def test_bars_and_cells_are_filled_up_to_the_points():
    (total, component, *cells), _page = filled(of(chosen("education", 3)))
    assert [width_of(one) for one in (total, component)] == pytest.approx(
        [PAGE_WIDTH * 3 / 112, COLUMN_WIDTH * 3 / 56], abs=0.5
    )
    assert len(cells) == 3


def test_cells_cover_no_value_for_readers_of_arabic():
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    record = make_record(assessments=[assessment(2024, NATURAL_AREAS)])
    content = pdf.render(make_document(record, language="ar"))
    (_total, _component, *cells), page = filled(Reading(content))
    words = boxes(content, "-f", str(page), "-l", str(page))
    assert len(words) > 50
    assert not [one for one in product(cells, words) if overlap(*one)]


def filled(reading):
    """(the boxes of what is filled in the colour of points, number of their page)."""
    for number, page in enumerate(reading.reader.pages[3:], 4):
        if found := [box for box, colour in filled_shapes(page) if colour == FOREST]:
            return found, number


def width_of(box):
    return box[2] - box[0]


def test_a_long_reason_goes_on_over_pages():
    reading = of(chosen("education", reason={"en": "The council agreed. " * 600}))
    assert reading.text.count("The council agreed.") == 600


@pytest.mark.parametrize(
    ("indicator", "name", "given", "word"),
    [
        ("connectivity", "patch_group_areas", ["7.25"] * 3000, "7.25"),
        ("local-biodiversity-strategy", "lbsap_status", "Adopted and under way. " * 600, "Adopted"),
    ],
)
def test_long_inputs_go_on_over_pages(indicator, name, given, word):
    reading = of(result(indicator, inputs={name: given}))
    assert reading.text.count(word) == (len(given) if isinstance(given, list) else 600)
    assert lowest(reading) > 0


def lowest(reading):
    """How high above the foot of its page the lowest text stands; below zero it is cut off."""
    heights = []

    def visit(text, outer, inner, *_font):
        if text.strip():
            heights.append(outer[1] * inner[4] + outer[3] * inner[5] + outer[5])

    for page in reading.reader.pages:
        page.extract_text(visitor_text=visit)
    return min(heights)
