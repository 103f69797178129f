"""What is stored of a text, which texts show nothing, and which cannot be set."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from profiles import texts
from profiles.fields import CellTextValidator, LineField, LongTextField

EMPTY = [
    "",
    " \t\r\n\u00a0\u3000",
    "\u2060\u00ad",
    "\u200b\ufeff",
    "\u3164",
    "\u115f\u1160",
    "\uffa0",
    "\u2800\u2800",
    "\ufe0f",
    "\U000e0100\U000e0041",
    "\u202e\u2069\u200e\u061c",
    "\u180e\u034f\u17b5",
]


@pytest.mark.parametrize("text", EMPTY, ids=ascii)
def test_a_text_that_shows_nothing_is_empty(text):
    assert texts.shows_nothing(text)
    assert texts.tidy(text) == texts.tidy_line(text) == ""
    assert LongTextField(blank=True).clean(text, None) == ""
    for field in (LongTextField(), LineField(max_length=9), LineField(max_length=9).formfield()):
        with pytest.raises(ValidationError):
            field.clean(text) if hasattr(field, "widget") else field.clean(text, None)


@pytest.mark.parametrize("text", ["-", "\u0600", "\u2603\ufe0f", "\u0301", "\ufffd", "한", "‍क"])
def test_whatever_can_be_seen_is_a_text(text):
    assert texts.tidy(text) == text


@pytest.mark.parametrize(
    ("text", "kept", "line"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\u2028d", "a b c\u2028d"),
        (" a\tb\u00a0", "a b", "a b"),
        ("Bad \u202eegami\u202c Town", "Bad \u202eegami\u202c Town", "Bad egami Town"),
        ("\u2067عدن\u2069, Aden", "\u2067عدن\u2069, Aden", "عدن, Aden"),
        ("C++\u200e עדן\u200f", "C++\u200e עדן\u200f", "C++\u200e עדן\u200f"),
        ("می\u200cخواهم soft\u00adhyphen", "می\u200cخواهم soft\u00adhyphen", None),
    ],
)
def test_texts_are_tidied(text, kept, line):
    assert LongTextField().clean(text, None) == kept
    assert LongTextField().formfield().clean(text) == kept
    assert LineField(max_length=90).clean(text, None) == (line or kept)


def test_sending_a_text_as_a_browser_does_is_no_change():
    assert not LongTextField().formfield().has_changed("One.\nTwo.", "One.\r\nTwo.")


def test_common_characters_are_joined_to_no_other():
    common = [one for one in map(chr, range(0x10000)) if texts.COMMON.fullmatch(one)]
    assert {texts._kinds[ord(one)] for one in common} == {"x", "s"}


CROWDED = {
    "accents": "a" + "\u0301" * 31,
    "vowel signs": "क" + "ा" * 31,
    "conjuncts": "क्" * 30,
    "stacked letters": "က" + "္က" * 30,
    "pictures": "\U0001f468" + "\u200d\U0001f469" * 20,
    "skins": "\U0001f44d" + "\U0001f3fd" * 31,
    "variants": "\u2603" + "\ufe0f" * 31,
    "tags": "\U0001f3f4" + "\U000e0067" * 31,
    "joiners": "a" + "\u200d\u200c" * 20,
    "consonants": "\u1100" * 32,
    "vowels": "가" + "\u1161" * 31,
    "invisible": "a" + "\u2060" * 31 + "b",
}


@pytest.mark.parametrize("text", CROWDED.values(), ids=CROWDED)
def test_too_much_on_one_letter_is_refused_and_thinned_out(text):
    long = f"Fine. {text} Fine."
    with pytest.raises(ValidationError, match=r"Character 7, .* has \d+ marks on it: at most 30"):
        CellTextValidator()(long)
    with pytest.raises(ValidationError):
        LineField(max_length=200).clean(long, None)
    thinned = texts.thin_out(long)
    assert thinned == f"Fine. {text[:31]}\ufffd{'b' if text.endswith('b') else ''} Fine."
    assert not texts.crowded_letter(texts.thin_out(thinned))


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0301" * 30,
        "".join(letter + "\u0335" * 20 for letter in "zalgo" * 20),
        "क्षेत्रों की प्रकृति की रक्षा करने के लिए कार्त्स्न्य" * 20,
        "ธมฺมจกฺกปฺปวตฺตนสุตฺตํ" * 20,
        "မြန်မာနိုင်ငံတော်ကန်တန်ဖန်" * 20,
        "ផែនការសកម្មភាពជីវចម្រុះ" * 20,
        unicodedata.normalize("NFD", "대한민국의생물다양성" * 20),
        "\U0001f468\U0001f3fd\u200d\U0001f469\U0001f3fd\u200d\U0001f467\U0001f3fd" * 20,
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f" * 20,
        "\U0001f1ee\U0001f1f3" * 200,
    ],
)
def test_what_people_write_is_not_too_much(text):
    CellTextValidator()(text)
    assert texts.thin_out(text) == text
