"""How the pages of the PDF fill: few of them, and no heading alone at a foot."""

import pytest

from .hard_documents import DOCUMENTS
from .samples import printed
from .test_actions_in_pdf import FOOT, lines_of

CHAPTERS = ("The Action Platform", "Nature Pathway", "City Biodiversity Index", "Tools & resources")


@pytest.fixture
def reading(request, reading_of):
    if request.param in DOCUMENTS:
        return printed(DOCUMENTS[request.param]())
    return reading_of(request.param)


def test_anji_takes_twelve_pages(reading_of):
    assert len(reading_of("anji-county").reader.pages) <= 12


@pytest.mark.parametrize("reading", ["empty"], indirect=True)
def test_chapters_without_content_take_no_page_each(reading):
    assert len(reading.reader.pages) <= 4
    assert [
        piece.text for piece in reading.pieces if piece.text in CHAPTERS and piece.tag == "/H1"
    ] == [*CHAPTERS]


@pytest.mark.parametrize(
    "reading",
    ["anji-county", "boa-mata", "long-words", "many-values"],
    indirect=True,
)
def test_no_heading_is_the_last_on_its_page(reading):
    lines = lines_of(reading)
    found = [*headings_in(reading.reader, reading.reader.outline)]
    assert len(found) > 5
    for page, height, title in found:
        if title in CHAPTERS:
            continue  # of a chapter without content it stands beside the text
        assert any(FOOT < other < height - 30 for other in lines[page]), (page + 1, title)


def headings_in(reader, marks):
    for mark in marks:
        if isinstance(mark, list):
            yield from headings_in(reader, mark)
        else:
            yield reader.get_destination_page_number(mark), float(mark.top), mark.title
