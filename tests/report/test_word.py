"""The Word file says what the document says, in Word's own styles, and opens whatever it says."""

import re
import time
import zipfile
from dataclasses import fields, is_dataclass, replace
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from catalogue.atoms import Text
from hub.pictures import PictureEntry, Pictures
from report import word

ELSEWHERE = (
    # Of the page alone.
    *("contents", "actions.contents", "cbi.labels.more", "pathway.done_name"),
    *("actions.areas.commitments.actions.key_figure",),
    *("actions.areas.commitments.actions.state_text",),
    # Of drawings.
    *("actions.areas.commitments.actions.courses.marks.short", "cbi.bars_note", "pathway.key"),
    # Of versions with an address of their own.
    *("colophon.cite_title",),
    # In the foot, in a sentence, as another version of a link, as a number.
    *("footer", "actions.areas.commitments.actions.baseline.values"),
    *("pathway.phases.steps.items.versions", "resources.resources.targets.name"),
    # Heads of tables and labels of lists, which a city need not have.
    *("actions.course_columns", "cbi.labels", "resources.labels"),
)
"""The texts of a document that the file does not say, or not word by word."""


def read(content):
    """(all its words on one line, the document as python-docx reads it)."""
    file = docx.Document(BytesIO(content))
    texts = [node.text or "" if node.tag == qn("w:t") else " " for node in nodes(file)]
    return " ".join("".join(texts).split()), file


def nodes(file):
    tags = [qn("w:t"), qn("w:br"), qn("w:p")]
    return file.element.body.iter(*tags)


def texts_in(value, path=""):
    """Every `Text` in a part of a document, but those `ELSEWHERE`."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_in(one, path)
    elif is_dataclass(value):
        for field in fields(value):
            below = f"{path}.{field.name}".lstrip(".")
            if below not in ELSEWHERE:
                yield from texts_in(getattr(value, field.name), below)


def with_about(document, words, language="en"):
    about = replace(document.overview.about, body=Text(words, language), empty=None)
    return replace(document, overview=replace(document.overview, about=about))


@pytest.mark.parametrize("slug", ["anji-county", "al-waha", "zelenyi-bereh"])
def test_every_text_of_the_document_is_in_the_file(slug, document_of):
    document = document_of(slug)
    said, _file = read(word.write(document))
    for text in texts_in(document):
        for line in text.value.split("\n"):
            assert " ".join(line.split()) in said


def test_the_file_says_what_was_taken_out_of_a_version(short_document):
    note = Text("A sentence was taken out on 3 May 2026.", "en")
    colophon = replace(short_document.colophon, redaction_notes=(note,))
    said, _file = read(word.write(replace(short_document, colophon=colophon)))
    assert str(note) in said


def test_the_file_has_words_own_styles_and_marked_heads(document_of):
    document = document_of("al-waha")
    _said, file = read(word.write(document, "https://nature.example.org/"))
    styles = [paragraph.style.name for paragraph in file.paragraphs]
    assert styles[:2] == ["Title", "Subtitle"]
    titles = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert titles[1:-1] == [chapter.head.title.value for chapter in document.chapters]
    assert styles.count("Heading 4") == len(document.actions.actions)
    assert len(file.tables) > 5
    for table in file.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    links = {rel.target_ref for rel in file.part.rels.values() if rel.is_external}
    assert "https://example.org/al-waha" in links
    assert any(link.startswith("https://nature.example.org/resources/") for link in links)
    codes = "".join(node.text for node in file.element.body.iter(qn("w:instrText")))
    assert 'TOC \\o "1-3"' in codes
    foot = file.sections[0].footer._element.xml
    assert " PAGE " in foot and " NUMPAGES " in foot


def test_texts_stand_in_their_language_and_direction(document_of):
    _said, file = read(word.write(document_of("al-waha")))
    name = file.paragraphs[1]
    assert name._p.pPr.find(qn("w:bidi")) is not None
    [run] = name._p.iter(qn("w:r"))
    assert run.rPr.find(qn("w:rtl")) is not None
    assert run.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "ar"
    _said, file = read(word.write(document_of("anji-county")))
    han = next(p for p in file.paragraphs if p.text.startswith("安吉"))
    fonts = han.runs[0]._r.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:hint")) == "eastAsia"
    assert han.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"


def test_the_same_document_has_the_same_bytes_whatever_the_time(short_document, monkeypatch):
    first = word.write(short_document)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert word.write(short_document) == first
    properties = read(first)[1].core_properties
    assert properties.created.date() == short_document.cover.day.date
    assert (properties.author, properties.language) == ("Pond Town", "en")
    assert not [name for name in zipfile.ZipFile(BytesIO(first)).namelist() if "thumb" in name]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("tab\tbell\x07 null\x00 form\x0cfeed \x85 end", "tab bell null form feed end"),
        (
            "half a pair \ud83c here, none \ufffe there",
            "half a pair \ufffd here, none \ufffd there",
        ),
        ("<w:p>&amp; ]]> \"'", "<w:p>&amp; ]]> \"'"),
        ("turned \u202eround\u202c", "turned round"),
        ("w" * 300, "w" * 300),
        ("long " * 6000, "long long"),
        ("a_x000D_b", "a_x000D_b"),
    ],
)
def test_hostile_words_make_no_broken_file(words, shown, short_document):
    said, _file = read(word.write(with_about(short_document, words)))
    assert shown in said


@pytest.mark.parametrize(
    ("url", "is_live"),
    [
        ("https://example.org/größe?q=a b", True),
        ("http://[::1", False),
        ("javascript:alert(1)", False),
        ("https://example.org/" + "a" * 2100, False),
        ("https:///nowhere", False),
    ],
)
def test_only_addresses_with_which_word_opens_the_file_are_links(url, is_live, short_document):
    document = replace(
        short_document,
        disclaimer_link=replace(short_document.disclaimer_link, url=url),
    )
    _said, file = read(word.write(document))
    links = [rel.target_ref for rel in file.part.rels.values() if rel.is_external]
    assert bool(links) == is_live
    assert not [link for link in links if re.search(r"[\s<>\"]", link)]


def test_addresses_in_texts_are_links(short_document):
    words = "See www.example.org/pond, or ask pond@example.org.\n安吉https://example.org/a见"
    said, file = read(word.write(with_about(short_document, words)))
    assert " ".join(words.split()) in said
    links = {rel.target_ref for rel in file.part.rels.values() if rel.is_external}
    assert links >= {
        "https://www.example.org/pond",
        "mailto:pond@example.org",
        "https://example.org/a",
    }


def test_pictures_have_their_alternative_texts(short_document):
    drawn = BytesIO()
    Image.new("RGB", (40, 20)).save(drawn, "PNG")
    words = Text("A pond,\n\x00with “reeds” & <frogs>", "en")
    entry = PictureEntry("0", "/files/0/", 40, 20, words, Text("Photo: A. B.", "en"), None, None)
    document = replace(short_document, pictures=Pictures(cover=entry))
    said, file = read(word.write(document, pictures={"cover": drawn.getvalue()}))
    [picture] = file.element.body.iter(qn("wp:docPr"))
    assert picture.get("descr") == "A pond, with “reeds” & <frogs>"
    assert "Photo: A. B." in said
    said, _file = read(word.write(document))
    assert "with “reeds” & <frogs>" in said


def test_300_actions_take_a_moment(document_of):
    document = document_of("anji-county")
    area = document.actions.areas[0]
    first = area.commitments[0]
    many = replace(first, actions=first.actions * 50)
    chapter = replace(document.actions, areas=(replace(area, commitments=(many,)),))
    start = time.process_time()
    said, _file = read(word.write(replace(document, actions=chapter)))
    assert time.process_time() - start < 15
    assert said.count(first.actions[0].title.value) >= 50
