"""Tells people which of their texts the PDF cannot print in full."""

from dataclasses import dataclass

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .changes import path_to_city, recorded_models
from .characters import REPLACEMENT, missing_characters
from .fields import TidyField

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
"""Around a character of any script, so that it does not turn the words around it."""

MOST_NAMED = 5
"""So many characters of one text are named; the others are counted."""


@dataclass(frozen=True)
class Unprintable:
    """A text of `row`: the name of its field, and the characters in it that no font has."""

    row: models.Model
    field: str
    characters: list

    def __str__(self):
        row = Truncator(str(self.row)).chars(80)
        return f"{row}, {self.field}: {name_characters(self.characters)}"


def name_characters(characters):
    """The first of some characters, such as “ᠠ” (U+1820), and how many more there are."""
    named = [f"“{FIRST_STRONG_ISOLATE}{one}{POP_ISOLATE}” (U+{ord(one):04X})" for one in characters]
    if len(named) > MOST_NAMED:
        more = len(named) - MOST_NAMED
        named[MOST_NAMED:] = [ngettext("%d more", "%d more", more) % more]
    return ", ".join(named)


def explain_missing(characters):
    """A sentence about characters that the PDF replaces."""
    return _("The PDF cannot print %(characters)s: it shows “%(sign)s” for each.") % {
        "characters": name_characters(characters),
        "sign": REPLACEMENT,
    }


def unprintable_in(row):
    """The `Unprintable` texts of one row."""
    for field in _text_fields(type(row)):
        for text in _texts(getattr(row, field.attname)):
            if missing := missing_characters(text):
                yield Unprintable(row, str(field.verbose_name), missing)


def unprintable_of(city):
    """The `Unprintable` texts of a city and of all rows below it."""
    for model in recorded_models():
        names = [field.attname for field in _text_fields(model)]
        rows = model._default_manager.filter(**{path_to_city(model): city.pk}) if names else ()
        for row in rows and rows.only("pk", *names):
            yield from unprintable_in(row)


def _text_fields(model):
    return [f for f in model._meta.fields if isinstance(f, (TidyField, models.JSONField))]


def _texts(value):
    """The texts in a value: itself, or those of a JSON object."""
    values = value.values() if isinstance(value, dict) else [value]
    return [text for text in values if isinstance(text, str)]
