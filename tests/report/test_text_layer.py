"""What is copied from the PDF, or read aloud, is what the city wrote, in any script."""

import io
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from unicodedata import normalize

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from catalogue.atoms import Text
from profiles.characters import BREAK
from report import pdf
from tests.records import make_record

from .reading import Reading
from .samples import make_document

LEFT_TO_RIGHT = {
    "en": "The city (est. 1850) planted “1,250 trees” at 35%: see https://example.org/a?b=1.",
    "vi": "Thành phố trồng 1.250 cây (35%) dọc bờ sông: “Nước sạch”, https://example.org/vi.",
    "ru": "Город посадил 1250 деревьев (35 %) у реки: «чистая вода», https://example.org/ru.",
    "el": "Η πόλη φύτεψε 1.250 δέντρα (35%): «καθαρό νερό», https://example.org/el.",
    "zh-Hans": "本市沿河种植了树木：“清洁水源”，见 https://example.org/zh 。",
    "zh-Hant": "本市沿河種植了樹木：「清潔水源」，見 https://example.org/tw 。",
    "ja": "市は川沿いに木を植えました。「きれいな水」は https://example.org/ja を参照。",
    "ko": "시는 나무 1,250그루(35%)를 심었습니다: “맑은 물”, https://example.org/ko 참조.",
    "hi": "शहर ने 1,250 पेड़ (35%) लगाए: “स्वच्छ जल”। विद्यार्थियों की शक्ति, https://example.org/hi।",
    "bn": "শহর ১,২৫০টি গাছ (৩৫%) লাগিয়েছে: “স্বচ্ছ জল”, স্বাধীন কৌশলের জন্য https://example.org/bn।",
    "ta": "நகரம் 1,250 மரங்களை (35%) நட்டது: “தூய நீர்” கொள்கை, https://example.org/ta.",
    "te": "నగరం 1,250 చెట్లు (35%) నాటింది: “స్వచ్ఛమైన నీరు” కృష్ణ స్త్రీ.",
    "ml": "നഗരം 1,250 മരങ്ങൾ (35%) നട്ടു: “ശുദ്ധജലം”, കൊച്ചി.",
    "si": "නගරය ගස් 1,250ක් (35%) සිටුවීය: “පිරිසිදු ජලය”, ශ්\N{ZERO WIDTH JOINER}රී ලංකාව, කොළඹ.",
    "th": "เมืองปลูกต้นไม้ 1,250 ต้น (35%) ริมแม่น้ำ: “น้ำสะอาด” ทั้งหมดนี้ดูที่ที่ทำการ https://example.org/th",
    "lo": "ເມືອງປູກຕົ້ນໄມ້ 1,250 ຕົ້ນ (35%) ແຄມແມ່ນ້ຳ: “ນ້ຳສະອາດ”.",
    "km": "ទីក្រុងភ្នំពេញបានដាំដើមឈើ 1,250 ដើម (35%)៖ «ទឹកស្អាត» កម្ពុជា ប្រឿន https://example.org/km។",
    "my": "မြို့တော်သည် သစ်ပင် ၁,၂၅၀ (၃၅%) စိုက်ခဲ့သည်။ “ရေသန့်” မျိုးကွဲ အင်္ဂလိပ် ကျွန်ုပ်တို့",
    "bo": "གྲོང་ཁྱེར་གྱིས་སྡོང་པོ་ 1,250 (35%) བཙུགས། “ཆུ་གཙང་མ་” བསྒྲུབས། https://example.org/bo",
    "mn-Mong": "ᠮᠣᠩᠭᠣᠯ ᠬᠣᠲᠠ 1,250 ᠮᠣᠳᠣ (35%) ᠲᠠᠷᠢᠪᠠ᠃ ᠪᠠᠶᠢᠭᠠᠯ\u180eᠠ, ᠰᠠᠢ\u180bᠨ «ᠴᠡᠪᠡᠷ ᠤᠰᠤ»᠃",
    "am": "ከተማዋ በወንዙ ዳር 1,250 ዛፎች (35%) ተክላለች፦ «ንጹህ ውሃ» https://example.org/am።",
    "nv": "Marks that no single letter has: M̂ā̤ L̥ṟ̈ k̓ ạ̄, and M̂ once more.",
}
RIGHT_TO_LEFT = {
    "ar": "زرعت المدينة 1250 شجرة (35%) على ضفة النهر: «مياه نظيفة»، انظر https://example.org/ar.",
    "ar-SA": "العَرَبِيَّةُ لُغَةٌ، 12 كِتَابًا.",
    "fa": "شهر ۱٬۲۵۰ درخت (۳۵٪) کاشت: «آب پاک» می\N{ZERO WIDTH NON-JOINER}خواهیم، https://example.org/fa.",
    "he": 'העיר Haifa נטעה 1,250 עצים (35%) לאורך הנהר: "מים נקיים", ראו https://example.org/he.',
    "en-GB": "Its park حديقة (35%) المدينة lies near שלום עולם, and (עיר 12) too.",
    "he-IL": "שָׁלוֹם עָלֶיכֶם, 12 עֵצִים.",
}
TEXTS = LEFT_TO_RIGHT | RIGHT_TO_LEFT
LONG = ("Wordwithoutend" * 9, "https://example.org/" + "0123456789" * 20, "สวนน้ำ" * 90)
"""Words that break, though nothing in them says where."""


@cache
def content():
    """A PDF with each of the texts as a paragraph, a Thai and an Arabic name, and long words."""
    city = {"slug": "pond-town", "name": {"en": "Pond Town"}, "local_name": {"ar": TEXTS["ar-SA"]}}
    document = make_document(make_record(city=city))
    texts = tuple(Text(words, language) for language, words in TEXTS.items())
    body = Text("\n".join(LONG), "en")
    overview = replace(
        document.overview,
        head=replace(document.overview.head, title=Text(LONG[0], "en")),
        about=replace(document.overview.about, summaries=texts, body=body),
    )
    cover = replace(document.cover, title=Text(TEXTS["th"], "th"))
    return pdf.render(replace(document, cover=cover, overview=overview))


@cache
def reader():
    return PdfReader(io.BytesIO(content()))


@cache
def copied():
    return squeezed("".join(page.extract_text() for page in reader().pages))


@cache
def copied_with_poppler():
    done = subprocess.run(["pdftotext", "-", "-"], input=content(), capture_output=True, check=True)
    return squeezed(done.stdout.decode())


@cache
def read_aloud():
    return Reading(content()).lines


def squeezed(text):
    return "".join(normalize("NFC", text).split())


@pytest.mark.parametrize("language", TEXTS)
def test_what_is_copied_is_what_was_written(language):
    assert squeezed(TEXTS[language]) in copied()


@pytest.mark.parametrize("language", LEFT_TO_RIGHT)
def test_another_program_copies_the_same(language):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    assert squeezed(TEXTS[language]) in copied_with_poppler()


@pytest.mark.parametrize("language", TEXTS)
def test_what_is_read_aloud_is_what_was_written(language):
    assert normalize("NFC", TEXTS[language]) in read_aloud()


@pytest.mark.parametrize("word", LONG)
def test_where_a_long_word_breaks_nothing_is_copied(word):
    assert word in copied()
    assert word in read_aloud()


def test_no_name_has_places_to_break():
    assert BREAK not in copied()
    assert LONG[0] in str(reader().outline)
    assert BREAK not in str(reader().outline)


def test_titles_are_what_was_written():
    assert TEXTS["th"] in reader().metadata.title
    assert TEXTS["th"] in read_aloud()[0]


def test_the_fonts_in_the_file_are_sound():
    boxes = 0
    for font in embedded_fonts():
        glyphs = font["glyf"]
        for name in font.getGlyphOrder():
            glyph = glyphs[name]
            if glyph.isComposite():
                told = sides(glyph)
                glyph.recalcBounds(glyphs)
                assert sides(glyph) == pytest.approx(told, abs=1)
                boxes += 1
    assert boxes > 100


def embedded_fonts():
    for page in reader().pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            if "/FontFile2" in descriptor:
                program = io.BytesIO(descriptor["/FontFile2"].get_data())
                yield TTFont(program, checkChecksums=2)


def sides(glyph):
    return glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax
