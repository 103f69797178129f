"""What every PDF of a profile keeps to: it is readable by people and programs, and repeatable."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest

from catalogue.atoms import Fact, Text
from profiles.characters import REPLACEMENT
from report import pdf
from report.failures import ReportError

from .reading import Reading
from .samples import SLUGS

WORDS = [
    ("en", "Hedgerows"),
    ("pt-BR", "Conservação"),
    ("vi", "Thiên"),
    ("ru", "Биоразнообразие"),
    ("el", "Βιοποικιλότητα"),
    ("zh-Hans", "生物多样性"),
    ("zh-Hant", "生物多樣性"),
    ("ja", "生物の多様性をまもる"),
    ("ko", "생물다양성"),
    ("ar", "مدينة صغيرة في الصحراء"),
    ("fa", "پژوهش می\N{ZERO WIDTH NON-JOINER}خواهم"),
    ("hi", "जैव विविधता की रक्षा"),
    ("th", "กรุงเทพมหานครเป็นเมืองหลวงทั้งหมด"),
    ("he", "המגוון הביולוגי של העיר, 25 פארקים (חדשים)!"),
    ("bn", "জীববৈচিত্র্য রক্ষা করুন। স্বাধীন"),
    ("ta", "பல்லுயிர் பாதுகாப்பு"),
    ("te", "జీవవైవిధ్య పరిరక్షణ"),
    ("gu", "જૈવવિવિધતાનું સંરક્ષણ"),
    ("pa", "ਜੀਵ ਵਿਭਿੰਨਤਾ ਦੀ ਰੱਖਿਆ"),
    ("kn", "ಜೀವವೈವಿಧ್ಯ ಸಂರಕ್ಷಣೆ"),
    ("ml", "ജൈവവൈവിധ്യ സംരക്ഷണം"),
    ("or", "ଜୈବ ବିବିଧତା ସଂରକ୍ଷଣ"),
    ("si", "ජෛව විවිධත්වය ශ්\N{ZERO WIDTH JOINER}රී"),
    ("km", "នគរ ភាសា ភ្នំពេញ"),
    ("lo", "ຊີວະນາໆພັນຂອງນະຄອນຫຼວງວຽງຈັນ"),
    ("my", "မြန်မာ ရန်ကုန် မျိုးကွဲ"),
    ("ka", "ბიომრავალფეროვნება"),
    ("hy", "Կենսաբազմազանություն և"),
    ("am", "ብዝሃ ሕይወት።"),
    ("en", "Shalom is שלום עולם, says (עיר 12) here"),
    ("en", "tree \U0001f333, thumb \U0001f44d\U0001f3fd, flag \U0001f1ee\U0001f1f3"),
]
STARTS = [
    ("en", "city", "left"),
    ("pa", "ਪਿੰਡ", "left"),
    ("zh-Hans", "城市", "left"),
    ("ar", "مدينة", "right"),
    ("ckb", "شار", "right"),
    ("pa-Arab", "شہر", "right"),
    ("he", "עיר", "right"),
    ("yi", "שטאט", "right"),
]
FACES = [
    ("zh-Hans", "NotoSansCJKsc"),
    ("zh-Hant", "NotoSansCJKtc"),
    ("zh-HK", "NotoSansCJKhk"),
    ("ja", "NotoSansCJKjp"),
    ("ko", "NotoSansCJKkr"),
]


def with_about(document, words, language="en"):
    about = replace(document.overview.about, body=Text(words, language), empty=None)
    return replace(document, overview=replace(document.overview, about=about))


def about_of(reading):
    """What is printed between the headings "About" and "Overview"."""
    lines = reading.lines
    start = lines.index("About", lines.index("Chapter 1")) + 1
    return lines[start : lines.index("Overview", start)]


def faces(reading):
    fonts = [
        font.get_object()["/BaseFont"]
        for page in reading.reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    ]
    return {name.split("+")[-1] for name in fonts}


@pytest.mark.parametrize("slug", SLUGS)
def test_samples_are_set_without_a_replaced_character(slug, document_of, reading_of):
    assert pdf.replaced_characters(document_of(slug)) == []
    assert REPLACEMENT not in reading_of(slug).text


@pytest.mark.parametrize("slug", SLUGS)
def test_samples_are_accessible(slug, document_of, reading_of):
    reader = reading_of(slug).reader
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in metadata and "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    city = document_of(slug).cover.title
    assert reader.metadata.title == f"{city}: city profile, 06 June 2026"
    assert reader.metadata.author == city.value
    assert "The Action Platform" in reader.metadata["/Keywords"]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_heading_skips_a_level(slug, reading_of):
    levels = [int(piece.tag[-1]) for piece in reading_of(slug).pieces if piece.tag[1] == "H"]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_achievements_are_one_table_with_a_state_in_words_in_each_cell(reading_of):
    pieces = reading_of("anji-county").pieces
    start = [piece.text for piece in pieces].index("Achievements")
    table = [piece for piece in pieces[start:] if piece.tag in ("/TH", "/TD")][:16]
    heads = ["Category", "Starter profile", "Frontrunner profile", "Star profile"]
    assert [piece.text for piece in table[:4]] == heads
    assert [piece.text for piece in table[4:7]] == ["67% complete", "100% complete", "0% complete"]
    states = [piece for piece in table if piece.text.endswith("% complete")]
    assert len(states) == 12


def test_bookmarks_name_chapters_and_numbered_actions(reading_of):
    outline = reading_of("anji-county").reader.outline
    chapters = [mark.title for mark in outline if not isinstance(mark, list)]
    assert chapters == [
        "At a glance",
        "Profile overview",
        "The Action Platform",
        "Nature Pathway",
        "City Biodiversity Index",
        "Tools & resources",
        "What these numbers are",
    ]
    assert "30 Increase financial and technical support" in str(outline)


def test_the_list_of_contents_gives_each_chapter_its_page(reading_of):
    reading = reading_of("anji-county")
    contents = [piece.text for piece in reading.contents]
    titles = ("At a glance", "Profile overview", "Use nature sustainably", "Tools & resources")
    for title in titles:
        page = reading.reader.pages[int(contents[contents.index(title) + 1]) - 1]
        assert title in page.extract_text()


def test_links_can_be_followed(reading_of):
    reader = reading_of("al-waha").reader
    actions = [
        note.get_object().get("/A", {}) for page in reader.pages for note in page.get("/Annots", [])
    ]
    addresses = {action.get("/URI") for action in actions}
    assert "https://citieswithnature.org/privacy" in addresses
    assert any(address and address.startswith("https://example.org") for address in addresses)


def test_a_long_address_is_linked_whole(short_document):
    address = "https://example.org/" + "a-very-long-path/with_many.parts/" * 6 + "x" * 200
    facts = short_document.overview.facts
    linked = Fact("website", Text(address, "en"), Text("Website", "en"), address)
    lost = Fact("nowhere", Text("Nowhere", "en"), Text("No chapter", "en"), "#nowhere")
    overview = replace(
        short_document.overview, facts=replace(facts, facts=(*facts.facts, linked, lost))
    )
    reader = Reading(pdf.render(replace(short_document, overview=overview))).reader
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert address in [note.get("/A", {}).get("/URI") for note in notes]


def test_the_sample_note_and_the_local_name_stand_on_the_cover(reading_of):
    lines = reading_of("al-waha").lines
    assert lines[1:3] == ["مدينة الواحة", "Jordan · Asia & Oceania"]
    assert lines[4].startswith("Invented city: no place")
    assert lines[6:8] == ["06 June 2026", "Working copy, not published"]


@pytest.mark.parametrize(("language", "words"), WORDS)
def test_every_script_can_be_read_again(language, words, short_document):
    reading = Reading(pdf.render(with_about(short_document, words, language)))
    assert about_of(reading) == [words]


@pytest.mark.parametrize(("language", "words", "side"), STARTS)
def test_a_paragraph_begins_where_its_script_begins(language, words, side, short_document):
    page = Reading(pdf.render(with_about(short_document, words, language))).reader.pages[2]
    pieces = [(text.strip(), x) for text, x in placed(page) if text.strip()]
    place = next(x for (text, _), (_, x) in pairwise(pieces) if text == "About")
    assert place > 500 if side == "right" else place < 300


def placed(page):
    """The pieces of text of a page, each with how far from the left it begins."""
    found = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: found.append((text, tm[4] + cm[4])))
    return found


@pytest.mark.parametrize("language", ["he", "ar"])
def test_the_local_name_is_read_as_it_is_written(language, short_document):
    name = {"he": "תל אביב-יפו (העיר)", "ar": "مدينة الواحة (مثال)"}[language]
    cover = replace(short_document.cover, local_name=Text(name, language))
    assert Reading(pdf.render(replace(short_document, cover=cover))).lines[1] == name


@pytest.mark.parametrize(("language", "face"), FACES)
def test_han_characters_have_the_form_of_the_language(language, face, short_document):
    document = with_about(short_document, "海边骨直角", language)
    document = replace(document, content_language=language, actions=_no_actions(document))
    cjk = {name.split("-")[0] for name in faces(Reading(pdf.render(document))) if "CJK" in name}
    assert cjk == {face}


def _no_actions(document):
    return replace(document.actions, areas=(), empty=Text("None yet.", "en"))


def test_lines_of_a_text_are_paragraphs(short_document):
    reading = Reading(pdf.render(with_about(short_document, "One.\r\n\r\nTwo.\u2028Three.")))
    assert about_of(reading) == ["One.", "Two.", "Three."]


def test_the_same_document_gives_the_same_bytes(anji_document):
    assert pdf.render(anji_document) == pdf.render(anji_document)


def test_threads_do_not_disturb_each_other(short_document):
    documents = [with_about(short_document, f"Pond {number}.") for number in range(6)]
    alone = [pdf.render(document) for document in documents]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(pdf.render, documents)) == alone


def test_a_failure_of_the_typesetter_is_told(short_document, monkeypatch, caplog):
    def fail(payload, pictures=None):
        raise ReportError("no such thing")

    monkeypatch.setattr(pdf, "typeset", fail)
    with pytest.raises(ReportError, match="pond-town could not be made: no such thing"):
        pdf.render(short_document)
    assert "pond-town" in caplog.text


def test_a_long_name_stays_on_the_cover(short_document):
    name = "Union of the Municipalities of the Upper and the Lower Valley " * 3
    cover = replace(short_document.cover, title=Text(name.strip()[:200], "en"))
    reader = Reading(pdf.render(replace(short_document, cover=cover))).reader
    assert "Lower Valley" in reader.pages[0].extract_text().replace("\n", " ")
    assert "At a glance" in reader.pages[1].extract_text()
