import re

import pytest
from fontTools.ttLib import TTFont

from profiles import characters
from report import fonts, typesetter


@pytest.fixture(scope="module")
def loaded():
    """The fonts as the typesetter has them."""
    return typesetter.load_fonts(characters.font_folders())


def test_fonts_come_from_the_packages_and_the_platform_only(loaded):
    families = set(loaded.families())
    assert {"Noto Sans", "Source Serif 4", "Noto Sans Hebrew", "Noto Sans CJK SC"} <= families
    folders = ("site-packages", "profiles/fonts")
    assert all(any(folder in font.path for folder in folders) for font in loaded.fonts())


def test_the_template_names_every_font(loaded):
    parts = (typesetter.FOLDER / "parts" / "words.typ").read_text(encoding="utf-8")
    named = set(re.findall(r'"((?:Noto|IBM|Source)[\w ]+?) ?"', parts))
    assert {re.sub(r"CJK \w+", "CJK", family) for family in loaded.families()} == named


def test_the_serif_is_asked_only_for_letters_that_it_has():
    parts = (typesetter.FOLDER / "parts" / "words.typ").read_text(encoding="utf-8")
    rule = "".join(
        re.findall(r'"(.*?)"', re.search(r"in-serif = regex\((.*?)\n\)", parts, re.S)[1])
    )
    asked = re.compile(re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), rule))
    paths = (
        path for folder in characters.font_folders() for path in folder.rglob("SourceSerif4[[]*")
    )
    with TTFont(next(paths), lazy=True) as font:
        serif = set(map(chr, font.getBestCmap()))
    letters = [one for one in map(chr, range(0x2000)) if one.isalpha() and asked.fullmatch(one)]
    assert len(letters) > 500
    assert serif.issuperset(letters)


def test_the_sign_for_what_is_missing_can_be_printed():
    assert characters.REPLACEMENT in characters.all_characters()


@pytest.mark.parametrize(
    "text",
    [
        "Ordinary words.",
        "安吉县（浙江省）",
        "مدينة",
        "कि",
        "กำ",
        "한국어",
        "שלום",
        "বাংলা",
        "\U0001f333",
        "Ελλάδα",
        "Ħ\u0331",
        "བསྒྲུབས།",
        "ᠪᠠᠶᠢᠭᠠᠯ\u180eᠠ ᠰᠠᠢ\u180bᠨ",
    ],
)
def test_what_the_fonts_have_stays_as_it_is(text):
    assert fonts.fit(text) == (text, set())


def test_a_mark_is_replaced_where_the_font_of_its_letter_lacks_it():
    text, replaced = fonts.fit("漢\u0e31 a")
    assert text == "漢\ufffd a"
    assert replaced == {"\u0e31"}


def test_each_character_that_no_font_has_is_replaced_by_a_sign_of_its_own():
    text, replaced = fonts.fit("ꠀꠁꠂꠃꠁ\u200d\ue000ꠄ, ab")
    assert text == "\ufffd" * 7 + ", ab"
    assert replaced == set("ꠀꠁꠂꠃꠄ\ue000")
    assert characters.missing_characters("ꠀꠁꠃ 安吉 ꠁ \u202e") == list("ꠀꠁꠃ")


def test_the_fonts_have_the_common_characters():
    common = [one for one in map(chr, range(0x20, 0x10000)) if characters.COMMON.fullmatch(one)]
    assert len(common) > 30_000
    assert characters.printable("".join(common))[1] == set()


def test_words_of_a_language_without_spaces_get_no_breaks():
    assert fonts.BREAK not in fonts.fit("安吉" * 250)[0]
    assert fonts.BREAK not in fonts.fit("กรุงเทพ" * 40)[0]
    assert fonts.BREAK not in fonts.fit("ភ្នំពេញ" * 40)[0]


def test_long_words_get_places_to_break_but_never_before_a_mark():
    word = "e\u0332" * 60
    broken, _replaced = fonts.fit(word)
    assert broken.replace(fonts.BREAK, "") == word
    assert broken.count(fonts.BREAK) == 2
    assert f"{fonts.BREAK}\u0332" not in broken
