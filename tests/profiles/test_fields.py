import pytest
from django.core.exceptions import ValidationError

from profiles.fields import CellTextValidator, LanguageTagField, utf16_units
from profiles.writing_systems import language_of


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
    ],
)
def test_a_latin_name_of_a_city_with_another_script_is_english(name, language, expected):
    assert language_of(name, language) == expected
