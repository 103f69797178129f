"""The first pages of the PDF and its last part: cover, one page at a glance, how to cite."""

from dataclasses import replace

import pytest
import segno

from catalogue.atoms import Text
from report import pdf
from report.colophon import build
from report.printed import MOST_ROWS, titles_of
from report.qr import draw_qr_code
from tests.records import make_context
from website.citation import cite

from .reading import Reading
from .samples import printed
from .test_version import make_version

SITE = "https://example.org/"
ADDRESS = "https://example.org/cities/port-trial/versions/3/"
HOSTILE = [
    ("W" * 300, "en"),
    ("Union of the Municipalities of the Upper and the Lower Valley " * 5, "en"),
    ("安吉县生物多样性保护与可持续利用" * 20, "zh-Hans"),
    ("اتحاد بلديات الوادي الأعلى والأسفل " * 9, "ar"),
    ("រាជធានីភ្នំពេញនៃព្រះរាជាណាចក្រកម្ពុជា" * 9, "km"),
]


def published(document):
    return replace(document, version=make_version())


def with_words(document, words):
    """The document with `words` wherever a city writes what the page at a glance shows."""
    glance = document.glance
    rows = [replace(row, label=words, words=words, goal=words) for row in glance.targets]
    figures = [replace(one, number=words, unit=words, words=words) for one in glance.figures]

    def changed(part):
        return replace(part, entries=tuple(replace(e, label=words) for e in part.entries * 3))

    parts = {"reached": changed(glance.reached), "due_next": changed(glance.due_next)}
    glance = replace(glance, targets=(*rows, *rows, *rows), figures=tuple(figures), **parts)
    cover = replace(document.cover, title=words, local_name=words)
    return replace(document, cover=cover, glance=glance)


def lowest(page):
    """How far from the lower edge of the page its lowest text above the foot stands."""
    found = []
    page.extract_text(
        visitor_text=lambda text, cm, tm, *_: text.strip() and found.append(tm[5] + cm[5])
    )
    return min(y for y in found if y > 45)


@pytest.mark.parametrize(("words", "language"), HOSTILE)
def test_at_a_glance_is_one_page_whatever_it_has_to_show(words, language, document_of):
    document = published(with_words(document_of("al-waha"), Text(words, language)))
    reading = Reading(pdf.render(document, SITE, template=pdf.AT_A_GLANCE))
    assert len(reading.reader.pages) == 1
    assert any(line.startswith("example.org/cities/port-trial") for line in reading.lines)
    assert lowest(reading.reader.pages[0]) > 60


def test_what_has_no_room_at_a_glance_is_counted(document_of):
    document = document_of("al-waha")
    reading = Reading(pdf.render(document, template=pdf.AT_A_GLANCE))
    cells = [piece.text for piece in reading.pieces if piece.tag == "/TD"]
    states = {str(row.state_label) for row in document.glance.targets}
    shown = sum(cell in states for cell in cells)
    assert 3 < shown < len(document.glance.targets)
    rest = len(document.glance.targets) - shown
    assert f"and {rest} more targets in the profile" in reading.lines


def test_a_city_without_targets_says_so_once(short_document):
    lines = Reading(pdf.render(short_document, template=pdf.AT_A_GLANCE)).lines
    assert lines.count("No targets yet.") == 1
    assert "No figures yet." in lines


def test_this_very_version_is_named_by_a_code_and_in_words(short_document):
    document = published(short_document)
    assert pdf.printable_payload(document, SITE)[0]["qr"] == draw_qr_code(ADDRESS)
    reading = printed(document, SITE)
    assert reading.lines.count("example.org/cities/port-trial/versions/3") == 3
    assert ADDRESS in reading.addresses


@pytest.mark.parametrize("site", [SITE, ""])
def test_a_working_copy_or_a_platform_without_address_has_no_code(site, short_document):
    document = short_document if site else published(short_document)
    payload, _replaced = pdf.printable_payload(document, site)
    assert payload["qr"] is payload["address"] is payload["citation"] is None


def test_the_code_is_that_of_the_address():
    modules = len(segno.make(ADDRESS, error="m").matrix)
    assert f'viewBox="0 0 {modules} {modules}"' in draw_qr_code(ADDRESS)
    assert draw_qr_code(ADDRESS) == draw_qr_code(ADDRESS) != draw_qr_code(f"{ADDRESS}?")


def test_the_profile_is_cited_as_on_its_page(short_document):
    document = published(short_document)
    lines = printed(document, SITE).lines
    cited = cite(str(document.cover.title), document.version, ADDRESS).text
    assert lines[lines.index("How to cite this profile") + 1] == cited


@pytest.mark.parametrize("is_inferred", [True, False])
def test_the_end_says_what_is_inferred_only_where_something_is(is_inferred):
    end = build(make_context(), None, None, (), has_inferred_targets=is_inferred)
    assert any("infer" in str(words) for words in end.about_numbers) == is_inferred
    assert [str(words) for words in end.version] == [
        "Working copy, not published",
        "It reports no figure yet.",
    ]


def test_titles_name_city_document_and_day(short_document):
    assert titles_of(short_document) == {
        "profile": "Pond Town: city profile, 06 June 2026",
        "at_a_glance": "Pond Town: at a glance, 06 June 2026",
    }
    reading = Reading(pdf.render(short_document, template=pdf.AT_A_GLANCE))
    assert reading.reader.metadata.title == "Pond Town: at a glance, 06 June 2026"


def test_a_long_about_goes_on_beside_the_contents(short_document):
    about = replace(short_document.overview.about, body=Text("Hedges and ponds. " * 400, "en"))
    document = replace(short_document, overview=replace(short_document.overview, about=about))
    pages = printed(document).reader.pages
    assert "Contents" in pages[2].extract_text()
    assert "Hedges and ponds." in pages[3].extract_text()
    assert "Achievements" in pages[4].extract_text()


def test_the_rows_that_are_sent_are_no_more_than_could_be_shown(document_of):
    document = with_words(document_of("al-waha"), Text("More trees.", "en"))
    payload, _replaced = pdf.printable_payload(document)
    assert len(payload["brief"]["targets"]) == len(payload["target_lines"]) == MOST_ROWS
    assert len(payload["brief"]["more"]) == MOST_ROWS + 1
