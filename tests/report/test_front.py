"""The first pages of the PDF and its last part: cover, one page at a glance, how to cite."""

import re
import shutil
import subprocess
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
import segno

from catalogue.atoms import Text
from hub.pictures import Pictures
from profiles.writing_systems import is_latin
from report import pdf
from report.colophon import build
from report.printed import MOST_FIGURES, MOST_ROWS, titles_of
from report.qr import draw_qr_code
from tests.records import make_context
from website.citation import cite

from . import records
from .reading import Reading, filled_shapes
from .samples import make_document, printed
from .test_version import make_version

PAPER, EDGE = 595, 60
"""The width of the paper, and of its empty edge, in points."""
BESIDE_ROSETTE = (400, 436)
"""Words that begin before the first end before the second."""
BAR = (224, 226, 222)
"""The colour of a bar that is not filled."""
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


def boxes(data, *options):
    """(left, top, right, bottom) of each word of a PDF that breaks no line, in points."""
    done = subprocess.run(
        ["pdftotext", "-bbox", *options, "-", "-"], input=data, capture_output=True
    )
    if done.returncode and not done.stdout:
        return []
    words = re.findall(rb'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">', done.stdout)
    return [tuple(map(float, word)) for word in words]


def overlap(one, other):
    """Whether two words of a line are printed over each other."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 2 and down > 0.62 * min(one[3] - one[1], other[3] - other[1])


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("சென்னைமாநகரம்" * 20, "ta"),
        ("ก" * 300, "th"),
        ("99,999,999,999,999.99 km²", "en"),
        ("more than 999,999,999,999,999 Kilometervergleichswerte", "de"),
    ],
)
def test_no_word_at_a_glance_leaves_its_column(words, language, document_of):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    words = Text(words, language)
    document = with_words(document_of("al-waha"), words)
    due_next = document.glance.due_next
    entries = tuple(replace(one, figures=None, words=words) for one in due_next.entries)
    rows = tuple(
        replace(one, start=words, now=words, goal=words) for one in document.glance.targets
    )
    due_next = replace(due_next, entries=entries)
    glance = replace(document.glance, targets=rows, due_next=due_next)
    found = boxes(pdf.render(replace(document, glance=glance), template=pdf.AT_A_GLANCE))
    assert max(right for _left, _top, right, _bottom in found) < PAPER - EDGE
    assert not [pair for pair in combinations(found, 2) if overlap(*pair)]
    start, end = BESIDE_ROSETTE
    assert all(right < end for left, top, right, _bottom in found if top < 130 and left < start)


def test_english_words_are_read_from_the_left_by_readers_of_arabic():
    """Where nobody has translated them yet."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    record, resources, _is_sample = records.read("al-waha")
    document = make_document(record, resources=resources, language="ar")
    document = replace(published(document), pictures=Pictures())
    texts = [pdf.printable_payload(document, SITE)[0]]
    for part in texts:
        texts += part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    texts = [one for one in texts if isinstance(one, dict) and one.keys() >= {"value", "language"}]
    assert not [text for text in texts if text["language"] == "ar" and is_latin(text["value"])]
    # Nor is there an Arabic day within them.
    assert not [text for text in texts if text["language"] == "en" and "فبراير" in text["value"]]
    assert "Progress on 01 September 2024:" in [text["value"] for text in texts]
    content = pdf.render(document, template=pdf.AT_A_GLANCE)
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True)
    for line in ("14 actions under 9 commitments. 13 say", "7 with a starting point · 6 with"):
        assert line in done.stdout.decode()


def test_bars_at_a_glance_are_filled_up_to_their_shares(document_of):
    glance = document_of("al-waha").glance
    content = pdf.render(document_of("al-waha"), template=pdf.AT_A_GLANCE)
    shapes = filled_shapes(Reading(content).reader.pages[0])
    bars = [(whole, part) for (whole, colour), (part, _) in pairwise(shapes) if colour == BAR]
    shares = [one.scale.share for one in glance.figures[:MOST_FIGURES]]
    shares += [area.share for area in glance.areas]
    drawn = [(part[2] - part[0]) / (whole[2] - whole[0]) for whole, part in bars]
    assert drawn == [pytest.approx(float(share), abs=0.001) for share in shares]


def test_what_was_taken_out_of_a_version_is_said_at_its_end(short_document):
    note = Text("A sentence was taken out on 3 May 2026.", "en")
    colophon = replace(short_document.colophon, redaction_notes=(note,) * 90)
    lines = printed(replace(short_document, colophon=colophon)).lines
    assert lines[-90:] == [str(note)] * 90


AMOUNTS = [
    "more than 99,999,999,999,999.9",
    "12 345 678 901 234 567 890 123 456 789 hl",
    "1,234 " + "kilo" * 10,
    "1" * 400,
]


@pytest.mark.parametrize("amount", AMOUNTS)
def test_no_amount_at_a_glance_is_cut(amount, document_of):
    """It stands there as it is, or the number of its action does in its place."""
    document = with_words(document_of("al-waha"), Text(amount, "en"))
    glance = document.glance
    entries = tuple(replace(one, figures=Text(amount, "en")) for one in glance.due_next.entries)
    rows = tuple(replace(one, start=one.goal, now=one.goal) for one in glance.targets)
    due_next = replace(glance.due_next, entries=entries)
    glance = replace(glance, targets=rows, due_next=due_next)
    brief = pdf.printable_payload(replace(document, glance=glance))[0]["brief"]
    shown = [*brief["figures"], *brief["targets"], *brief["due_next"]["entries"]]
    fields = ("number", "unit", "start", "now", "goal", "figures")
    said = {
        (row["action"], row[name]["value"]) for row in shown for name in fields if row.get(name)
    }
    assert said
    for action, words in said:
        elsewhere = f"see action {action}"
        assert words.replace("\u200b", "") in (
            (amount, elsewhere) if len(amount) < 99 else elsewhere
        )


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


def test_a_last_page_that_has_only_the_end_has_it_at_its_foot(anji_document):
    *_pages, last = printed(published(anji_document), SITE).reader.pages
    text = last.extract_text()
    assert "How to cite this profile" in text
    assert "Tools & resources" not in text
    assert 50 < lowest(last) < 90


def test_no_type_is_smaller_than_eight_points(reading_of):
    sizes = set()

    def note(text, cm, tm, _font, size):
        if text.strip() and size:
            sizes.add(round(size * abs(tm[3] * cm[3] - tm[2] * cm[1]), 2))

    for page in reading_of("three-otters").reader.pages:
        page.extract_text(visitor_text=note)
    assert min(sizes) >= 8


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
