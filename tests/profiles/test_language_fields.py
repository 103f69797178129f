"""Languages are typed by name, and kept as tags."""

import pytest
from django.core.exceptions import ValidationError

from catalogue.languages import known_tags
from profiles.language_fields import LanguageField, LanguagesField


def test_what_a_field_shows_is_read_as_the_same_tag_again():
    field = LanguageField()
    for tag in (*known_tags(), "zh-CN", "es-PE", "xx"):
        shown = field.prepare_value(tag)
        assert field.to_python(shown) == tag, shown
        assert not field.has_changed(tag.lower(), shown)


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("Chinese (Simplified)", "zh-Hans"),
        ("简体中文", "zh-Hans"),
        (" deutsch ", "de"),
        ("Español", "es"),
        ("PT-br", "pt-BR"),
        ("", ""),
    ],
)
def test_names_and_tags_are_read(typed, tag):
    assert LanguageField(required=False).clean(typed) == tag


def test_several_are_read_by_names_or_tags():
    field = LanguagesField()
    for typed in ("en zh-hans", "English, Simplified Chinese", "en; 简体中文"):
        assert field.clean(typed) == "en zh-Hans"
    assert field.prepare_value("en zh-Hans") == "English, Simplified Chinese"
    with pytest.raises(ValidationError, match="no language"):
        field.clean("English French")
