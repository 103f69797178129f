"""Form fields for languages: one reads and types their names, the rows keep BCP 47 tags."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.languages import (
    TAG,
    canonical_tag,
    known_tags,
    native_name,
    tag_of,
    words_of_tag,
)

LIST_ID = "languages"
"""Of the names that a page offers to its fields."""


def named_languages():
    """[(name, own name and tag)] of the languages that are offered, by name."""
    rows = [(words_of_tag(tag), f"{native_name(tag)} · {tag}") for tag in known_tags()]
    return sorted(rows, key=lambda row: row[0].casefold())


class LanguageField(forms.CharField):
    """The tag of a language that is typed by name or tag; a tag without a known name is kept."""

    def to_python(self, value):
        text = super().to_python(value)
        return self.read(text) if text else text

    def read(self, text):
        if tag := tag_of(text):
            return tag
        if TAG.fullmatch(text):
            return canonical_tag(text)
        words = _(
            "“%(given)s” is no language that is known here. Choose one from the list, or type its "
            "tag, such as pt-BR."
        )
        raise ValidationError(words, params={"given": text[:60]})

    def prepare_value(self, value):
        return words_of_tag(value) if value and TAG.fullmatch(value) else value

    def has_changed(self, initial, data):
        """A tag in other letters is the same language."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def widget_attrs(self, widget):
        """Names are longer than tags, so there is no `maxlength`."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return {**attrs, "list": LIST_ID, "autocomplete": "off"}


class LanguagesField(LanguageField):
    """Several languages with commas between; tags may have spaces between."""

    def read(self, text):
        tags = []
        for part in filter(None, map(str.strip, re.split(r"[,;\n]", text))):
            words = part.split()
            are_tags = tag_of(part) is None and all(map(TAG.fullmatch, words))
            tags += [
                super(LanguagesField, self).read(one) for one in (words if are_tags else [part])
            ]
        return " ".join(dict.fromkeys(tags))

    def prepare_value(self, value):
        tags = value.split() if value else []
        if not tags or not all(map(TAG.fullmatch, tags)):
            return value
        return ", ".join(words_of_tag(tag) for tag in tags)
