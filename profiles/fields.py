"""Model fields and validators that all apps use for rows of cities."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalogue.folding import fold

from . import texts
from .language_fields import LanguageField, LanguagesField
from .text_fields import TidyCharField

MAX_TEXT_UNITS = 30_000
"""The most UTF-16 code units of one text: a spreadsheet cell holds 32,767."""

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def utf16_units(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@deconstructible
class CellTextValidator:
    """Text that a spreadsheet cell can hold and that can be set.

    Not too long, no control characters, not too many marks on one letter.
    """

    def __call__(self, text):
        if units := max(0, utf16_units(text) - MAX_TEXT_UNITS):
            raise ValidationError(
                ngettext(
                    "Too long: please shorten it by %(count)d character (at most %(limit)d).",
                    "Too long: please shorten it by %(count)d characters (at most %(limit)d).",
                    units,
                ),
                params={"count": units, "limit": MAX_TEXT_UNITS},
            )
        if CONTROL_CHARACTERS.search(text):
            raise ValidationError(
                _("There is an invisible control character in this text: please type it anew.")
            )
        if crowded := texts.crowded_letter(text):
            raise ValidationError(
                _(
                    "Character %(place)d, “%(letter)s”, has %(count)d marks on it: at most "
                    "%(limit)d can be printed. Please delete the others, or type it anew."
                ),
                params={
                    "place": text.index(crowded) + 1,
                    "letter": crowded[0],
                    "count": len(crowded) - 1,
                    "limit": texts.MOST_MARKS,
                },
            )

    def __eq__(self, other):
        return isinstance(other, CellTextValidator)

    def __hash__(self):
        return hash(CellTextValidator)


class TidyField:
    """A field whose text is tidied by `tidy` before it is checked and stored."""

    default_validators = [CellTextValidator()]
    tidy = staticmethod(texts.tidy)

    def to_python(self, value):
        value = super().to_python(value)
        return self.tidy(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": TidyCharField, "tidy": self.tidy, **kwargs})


class LongTextField(TidyField, models.TextField):
    """Free text of a city, short enough for a cell of a workbook."""


class LineField(TidyField, models.CharField):
    """A name or another text of one line."""

    tidy = staticmethod(texts.tidy_line)

    def deconstruct(self):
        """That of a `CharField`: the database has the same column, so no migration is needed."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class LanguageTagField(models.CharField):
    """A BCP 47 language tag such as `en`, `zh-Hans` or `ar`."""

    default_validators = [
        RegexValidator(
            r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$",
            _("Use a language tag such as en, zh-Hans or pt-BR."),
        )
    ]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 20)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LanguageField, **kwargs})


class LanguageTagsField(models.CharField):
    """Several BCP 47 language tags, kept in their order with a space between: `en zh-Hans`.

    Commas and semicolons between them are understood.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        return " ".join(dict.fromkeys(re.split(r"[\s,;]+", value.strip(" \t\r\n,;")))).strip()

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LanguagesField, **kwargs})

    def run_validators(self, value):
        super().run_validators(value)
        for tag in value.split():
            for check in LanguageTagField.default_validators:
                check(tag)


class SearchTextField(models.TextField):
    """The folded text of the fields `sources`, for search by `contains`; computed at each save."""

    is_folded = True

    def __init__(self, *args, sources=(), **kwargs):
        self.sources = tuple(sources)
        kwargs.update(editable=False, blank=True, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"], kwargs["blank"], kwargs["default"]
        return name, path, args, {**kwargs, "sources": self.sources}

    @staticmethod
    def folded(texts):
        return fold("\n".join(filter(None, texts)))

    def pre_save(self, model_instance, add):
        value = self.folded(getattr(model_instance, source) for source in self.sources)
        setattr(model_instance, self.attname, value)
        return value
