"""Any text of a city is printed as plain text: no code in it runs, and none stops the PDF."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.atoms import Text
from profiles.characters import REPLACEMENT
from report import fonts, pdf
from tests.profiles.test_texts import CROWDED

from .reading import Reading
from .test_pdf import about_of, with_about

CODE = [
    '#panic("no")',
    "$x^2$ and $ x $",
    '#read("/etc/passwd")',
    "@ref <lbl> <lbl>",
    "// comment /* another */ https://example.org/a//b",
    "= Heading",
    "- item + item / term: words",
    "*bold* _slanted_ `raw` ~ -- --- ... \\ \\u{1F600} #",
    "</script> {{ city }} {% now %} %PDF-1.7 (a) <</S /JavaScript>>",
]


@pytest.mark.parametrize("words", CODE)
def test_code_is_text(words, short_document):
    assert about_of(Reading(pdf.render(with_about(short_document, words)))) == [words]


def test_code_is_text_in_names_and_titles_too(short_document):
    cover = replace(short_document.cover, title=Text('#panic("no") $x$ @a <b>', "en"))
    reading = Reading(pdf.render(replace(short_document, cover=cover)))
    assert reading.lines[0] == '#panic("no") $x$ @a <b>'


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("a\0b\x1bc\x7f", "abc"),
        ("safe \u202egnp.exe\u202c \u2066x\u2069\u200f", "safe gnp.exe x"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("private \ue000 and none \uffff", "private \ufffd and none \ufffd"),
        ("soft\u00adhyphen, \ufeffmark, snowman \u2603\ufe0f", "softhyphen, mark, snowman \u2603"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_what_cannot_be_printed_is_left_out_or_replaced(words, printed, short_document):
    document = with_about(short_document, words)
    assert about_of(Reading(pdf.render(document))) == [printed]


PICTURES = [
    "\U0001f333 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f44d\U0001f3fd \U0001f1ee\U0001f1f3",
    "1\u20e3 \u2764\u200d\U0001f525 \U0001f3f3\u200d\U0001f308 \u267b \u2705",
    "lone \U0001f3fd and \U0001f1ee, a\U0001f3fd b\U0001f1ee",
]


@pytest.mark.parametrize("words", PICTURES)
def test_pictures_are_printed(words, short_document):
    assert about_of(Reading(pdf.render(with_about(short_document, words)))) == [words]
    assert pdf.replaced_characters(with_about(short_document, words)) == []


def test_a_joiner_before_a_picture_stops_nothing(short_document):
    lefts = ("a", "\u00e9", "\U0001f333", "\u2460", "\u2610", "\u09ac")
    rights = ("\u2610", "\U0001f333", "\u2460", "\u203c", "\u00a9\u200d\u2610")
    words = " ".join(f"{left}\u200d{right}" for left in lefts for right in rights)
    (line,) = about_of(Reading(pdf.render(with_about(short_document, words))))
    assert line.replace("\u200d", "") == words.replace("\u200d", "")


def test_what_is_replaced_is_told(short_document):
    document = with_about(short_document, "\ua807 and \ud800, but \u202e is only dropped")
    assert pdf.replaced_characters(document) == ["\ua807", "\ud800"]


def test_stored_letters_with_too_much_on_them_are_thinned_out(short_document):
    words = [f"{text[:1]}{text[1:] * 20}" for text in CROWDED.values()]
    lines = about_of(Reading(pdf.render(with_about(short_document, "\n".join(words)))))
    assert len(lines) == len(words)
    assert all(REPLACEMENT in line for line in lines)


def test_a_stored_name_that_shows_nothing_stops_nothing(short_document):
    cover = replace(short_document.cover, title=Text("\u070f\u00ad", "en"))
    document = with_about(replace(short_document, cover=cover), "\u3164\ufe0f")
    reading = Reading(pdf.render(document))
    assert reading.lines[0] == REPLACEMENT
    assert about_of(reading) == [REPLACEMENT]


@pytest.mark.parametrize(
    ("letter", "language"),
    [
        ("x", "en"),
        ("生", "zh-Hans"),
        ("。", "ja"),
        ("ก", "th"),
        ("ក", "km"),
        ("က", "my"),
        ("ש", "he"),
        ("\U0001f333", "en"),
    ],
)
def test_thirty_thousand_letters_without_a_space_are_all_printed(letter, language, short_document):
    reading = Reading(pdf.render(with_about(short_document, letter * 30_000, language)))
    (line,) = about_of(reading)
    assert line.replace(fonts.BREAK, "") == letter * 30_000
    _cover, *pages = reading.reader.pages  # the number on the cover is placed from its middle
    assert all(0 < x < 595 for page in pages for x in ends(page))


def test_thousands_of_hebrew_words_with_signs_between_are_all_printed(short_document):
    words = "ברוח של אחווה, " * 2_000
    reading = Reading(pdf.render(with_about(short_document, words, "he")))
    assert "".join(about_of(reading)).replace(" ", "") == words.replace(" ", "")


def ends(page):
    """Where the pieces of text of a page begin, from left to right."""
    found = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: found.append(tm[4] + cm[4]))
    return [x for x in found if x]


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    words=st.text(max_size=400),
    language=st.sampled_from(
        ["en", "zh-Hans", "ar", "hi", "th", "ko", "am", "he", "my", "sr-Cyrl-RS", "es-419"]
    ),
)
def test_no_text_stops_the_document(words, language, short_document):
    assert pdf.render(with_about(short_document, words, language)).startswith(b"%PDF")
