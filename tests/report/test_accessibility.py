"""Two checkers and an ear find nothing in the PDFs, and find what is broken on purpose."""

import datetime
import io
import re

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from actions.models import Statement
from report import pdf
from tests.records import make_action_record, make_record, make_statement_record

from .checkers import against_pdf_ua, against_sense
from .listening import against_ear
from .samples import make_document
from .test_hostile_text import CODE, PICTURES
from .test_pdf import WORDS, with_about

SITE = "https://example.org/"
SAMPLES = ["anji-county", "al-waha", "quietwater"]
"""Many actions and little else; all chapters, in Arabic; almost nothing."""
TEMPLATES = [pdf.PROFILE, pdf.AT_A_GLANCE]
AREA = "protected-areas.protected_area"
LONG = "Wasserwirtschaftsverwaltung" * 12
TEXTS = [*CODE, *PICTURES, *(words for _, words in WORDS), LONG, "See www.example.org/a_(b)."]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("slug", SAMPLES)
def test_no_checker_finds_anything(slug, template, document_of, tmp_path):
    content = pdf.render(document_of(slug), SITE, template=template)
    assert against_pdf_ua(content) == []
    assert against_sense(content, tmp_path) == []
    assert against_ear(content) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_checker_finds_anything_in_hostile_texts(template, tmp_path):
    content = pdf.render(hostile_document(), SITE, template=template)
    assert against_pdf_ua(content) == []
    assert against_sense(content, tmp_path) == []
    # All its scripts are in a text that says it is English.
    assert [one for one in against_ear(content) if "is said as en" not in one] == []


def hostile_document():
    """Code, every script, words of 300 letters, a measure with 60 values."""
    action = make_action_record(
        "protected-areas",
        make_statement_record(Statement.Kind.BASELINE, text={"en": "\n".join(TEXTS)}, year=2019),
        *reports(60),
        make_statement_record(Statement.Kind.TARGET, {AREA: "400"}, due_year=2030),
        description={"he": "\n".join(CODE)},
    )
    name = {"en": f"{CODE[0]} {LONG}"[:120]}
    city = {"slug": "bad", "name": name, "local_name": {"ar": LONG[:200]}}
    return with_about(make_document(make_record(city=city, actions=[action])), "\n".join(TEXTS))


def reports(count):
    """Progress, a month apart."""
    for step in range(count):
        day = datetime.date(2020, 1, 1) + datetime.timedelta(days=30 * step)
        yield make_statement_record(Statement.Kind.PROGRESS, {AREA: str(100 + step)}, date=day)


def elements(writer):
    """The elements of the tree of tags, from above."""
    found, waiting = [], [writer._root_object["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop(0).get_object()
        if hasattr(element, "get"):
            found.append(element)
            kids = element.get("/K", [])
            waiting += kids if isinstance(kids, list) else [kids]
    return found


def first(writer, tag):
    return next(one for one in elements(writer) if one.get("/S") == tag)


def without_title(writer):
    stream = writer._root_object["/Metadata"].get_object()
    stream.set_data(re.sub(rb"<dc:title>.*?</dc:title>", b"", stream.get_data(), flags=re.DOTALL))


def without_language(writer):
    del writer._root_object["/Lang"]


def without_alternative_text(writer):
    del first(writer, "/Figure")["/Alt"]


def with_the_name_of_a_file(writer):
    first(writer, "/Figure")[NameObject("/Alt")] = TextStringObject("IMG_2041.jpg")


def with_a_skipped_level(writer):
    first(writer, "/H2")[NameObject("/S")] = NameObject("/H4")


def with_an_empty_heading(writer):
    first(writer, "/H2")[NameObject("/K")] = ArrayObject()


def with_untagged_content(writer):
    page = writer.pages[-1]
    content = DecodedStreamObject()
    content.set_data(page.get_contents().get_data() + b"\n10 10 100 100 re f")
    page[NameObject("/Contents")] = writer._add_object(content)


def with_a_link_without_words(writer):
    link = next(note for page in writer.pages for note in page.get("/Annots", ()))
    del link.get_object()["/Contents"]


def with_heads_of_nothing(writer):
    for element in elements(writer):
        if element.get("/S") == "/TH":
            element[NameObject("/A")] = DictionaryObject()


def with_chinese_as_russian(writer):
    for element in elements(writer):
        if "/Lang" in element:
            element[NameObject("/Lang")] = TextStringObject("ru")


def with_words_said_twice(writer):
    parent = first(writer, "/Document")
    heading = first(writer, "/H1")
    parent["/K"].append(heading.indirect_reference)
    parent["/K"].append(heading.indirect_reference)


BROKEN = [
    (without_title, "METADATA-TITLE", "DOC-010", None),
    (without_language, "TEXT-LANGUAGE", "DOC-013", None),
    (without_alternative_text, "FIGURE-ALTERNATIVE-TEXT", "FIG-001", "says nothing"),
    (with_the_name_of_a_file, None, "FIG-010", "one word"),
    (with_a_skipped_level, "HEADING-NESTING", "HDG-001", "level 4 after 1"),
    (with_an_empty_heading, None, "TAG-020", None),
    (with_untagged_content, "CONTENT-TAGGING", "TAG-001", None),
    (with_a_link_without_words, "LINK-CONTENTS", "LNK-002", "where it leads"),
    (with_heads_of_nothing, None, None, "heads neither"),
    (with_words_said_twice, None, None, "said twice"),
    (with_chinese_as_russian, None, None, "is said as ru: 安吉"),
]


@pytest.fixture(scope="module")
def short_pdf():
    action = make_action_record("protected-areas", *reports(5), description={"zh": "安吉"})
    city = {"slug": "pond-town", "name": {"en": "Pond Town"}}
    return pdf.render(make_document(make_record(city=city, actions=[action])), SITE)


@pytest.mark.parametrize(("broken", "rule", "other_rule", "heard"), BROKEN)
def test_checks_find_what_is_broken(broken, rule, other_rule, heard, short_pdf, tmp_path):
    writer = PdfWriter(clone_from=io.BytesIO(short_pdf))
    broken(writer)
    stream = io.BytesIO()
    writer.write(stream)
    content = stream.getvalue()
    found = against_pdf_ua(content), against_sense(content, tmp_path), against_ear(content)
    for complaints, expected in zip(found, (rule, other_rule, heard), strict=True):
        assert expected is None or expected in "\n".join(complaints)
