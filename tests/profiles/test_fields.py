import pytest
from django.core.exceptions import ValidationError

from profiles.fields import CellTextValidator, LanguageTagField, utf16_units
from profiles.writing_systems import language_of, platform_text


def test_long_text_is_counted_as_a_spreadsheet_counts():
    assert utf16_units("a😀") == 3
    CellTextValidator()("x" * 30_000)
    with pytest.raises(ValidationError) as error:
        CellTextValidator()("😀" * 15_001)
    assert "shorten it by 2 characters" in str(error.value)


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800", "\uffff"])
def test_control_characters_are_refused(character):
    with pytest.raises(ValidationError, match="control character"):
        CellTextValidator()(f"a{character}b")


def test_line_ends_and_tabs_are_text():
    CellTextValidator()("a\n\tb\r\n")


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "zh-Hant-TW", "pt-BR", "es-419", "ar"])
def test_language_tags_are_accepted(tag):
    LanguageTagField().run_validators(tag)


@pytest.mark.parametrize("tag", ["english", "e", "en_GB", "zh-", "12", "en-"])
def test_what_is_no_language_tag_is_refused(tag):
    with pytest.raises(ValidationError, match="language tag"):
        LanguageTagField().run_validators(tag)


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Yun Lin, Mayor", "zh-Hans", "en"),
        ("林云", "zh-Hans", "zh-Hans"),
        ("José, Alcalde", "es", "es"),
        ("عمدة المدينة", "ar", "ar"),
        ("Tashkent", "uz-Latn", "uz-Latn"),
        ("12", "ar", "ar"),
        ("Hewlêr", "ckb", "en"),
        ("Beograd", "sr-latn", "sr-latn"),
    ],
)
def test_a_latin_name_of_a_city_with_another_script_is_english(name, language, expected):
    assert language_of(name, language) == expected


@pytest.mark.parametrize(
    ("words", "language", "said", "expected"),
    [
        ("2 of 3 targets", "ar", "2 of 3 targets", "en"),
        ("هدفان من 3", "ar", "هدفان من 3", "ar"),
        ("المساحة 12 km²", "ar", "المساحة 12 km²", "ar"),
        ("Published 15 نوفمبر 2026", "ar", "Published 15 November 2026", "en"),
        ("15 نوفمبر 2026", "ar", "15 نوفمبر 2026", "ar"),
        ("12", "ar", "12", "ar"),
        ("2 of 3 targets", "he", "2 of 3 targets", "en"),
        ("Published 3 11月 2026", "ja", "Published 3 November 2026", "en"),
        ("2 Ziele von 3", "de", "2 Ziele von 3", "de"),
    ],
)
def test_words_of_the_platform_that_nobody_has_translated_are_english(
    words, language, said, expected
):
    text = platform_text(words, language)
    assert (text.value, text.language) == (said, expected)
