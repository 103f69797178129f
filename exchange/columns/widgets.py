"""How each kind of cell is read and written. A cell that can be read in two ways is an error.

`clean` takes the value of a cell that is not empty and raises `CellError`; `render` gives what is
written into a cell (text, number, date); `same` tells whether a stored value needs no change.
"""

import datetime
import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import widgets

from accounts.emails import canonical_email, validate_email
from profiles.fields import CONTROL_CHARACTERS, LanguageTagsField

from .. import cells
from ..problems import CellError, did_you_mean, sentence
from . import choices

HALF_LETTER = re.compile("_x[dD][89a-fA-F][0-9a-fA-F]{2}_")
"""The escape in .xlsx files of half a character (a surrogate)."""

PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
PERHAPS_GROUPED = re.compile(r"[+-]?\d{1,3}\.\d{3}")
"""Text in which the dot could group thousands or begin decimals."""

FIRST_DAY = datetime.date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_DIGITS = 30
"""Digits before the decimal point. No column takes more."""

MAC_OFFSET = 1462
"""Days between the first day of workbooks that count from 1904 and that of all others."""


def unmistakable(digits):
    """A number in text that reads in one way only: 1.234 as 1.2340."""
    return f"{digits}0" if PERHAPS_GROUPED.fullmatch(digits) else digits


class CellWidget(widgets.Widget):
    """`expected`: what belongs into a cell, in words. `context`: the import that is at work."""

    expected = ""
    number_format = ""
    is_per_city = False
    """Whether the city of the row decides what a word means: see `PerCityWidget`."""

    def __init__(self, expected=None):
        super().__init__(coerce_to_string=False)
        if expected is not None:
            self.expected = expected
        self.context = None

    def bind(self, context):
        self.context = context

    def choices_for(self, context):
        """The words to choose from (`choices.Choices`); None where anything may be written."""
        return None

    def render(self, value, obj=None, **kwargs):
        """The cell for `value`. `obj`: the row that it belongs to, or the row's city."""
        return value

    def field_value(self, value):
        """What is assigned to the model's field."""
        return value

    def same(self, old, new):
        return old == new

    def refuse_broken(self, value):
        """Raise CellError for a cell that shows an error."""
        if isinstance(value, cells.Broken):
            raise CellError(_("The cell shows an error or was not calculated: type the value."))


class RawWidget(CellWidget):
    """Passes on the value of the cell: another cell of the row decides how to read it."""

    number_format = "General"

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        return value


class TextWidget(CellWidget):
    expected = gettext_lazy("text")

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        if cells.is_number(value):
            return cells.as_text(value)
        if not isinstance(value, str):
            raise CellError(
                _("This is a date, a share or a yes/no cell: format it as text and type it anew.")
            )
        text = cells.tidy(value)
        if CONTROL_CHARACTERS.search(text) or HALF_LETTER.search(text):
            raise CellError(
                _("There is an invisible control character in this text: type it anew.")
            )
        return text

    def render(self, value, obj=None, **kwargs):
        return cells.tidy(value) if value else None

    def same(self, old, new):
        return old == new or cells.comparable(old or "") == cells.comparable(new)


class EmailWidget(TextWidget):
    expected = gettext_lazy("an address such as name@example.org")

    def clean(self, value, row=None, **kwargs):
        email = canonical_email(super().clean(value))
        try:
            validate_email(email)
        except ValidationError:
            raise CellError(_("This is not an e-mail address.")) from None
        return email

    def same(self, old, new):
        return canonical_email(old or "") == new


class WebAddressWidget(TextWidget):
    expected = gettext_lazy("an address such as https://…")


class LanguageWidget(TextWidget):
    expected = gettext_lazy("a language tag such as en, zh-Hans or pt-BR")

    def choices_for(self, context):
        return choices.languages()


class LanguagesWidget(TextWidget):
    expected = gettext_lazy("language tags, with a semicolon between two of them, as en; zh-Hans")

    def clean(self, value, row=None, **kwargs):
        return LanguageTagsField().to_python(super().clean(value))

    def render(self, value, obj=None, **kwargs):
        return "; ".join(value.split()) or None if value else None

    def choices_for(self, context):
        return choices.languages(several=True)


class NumberWidget(CellWidget):
    """A decimal number; with `whole`, an integer."""

    expected = gettext_lazy("a number such as 12.5")
    whole_expected = gettext_lazy("a whole number such as 12")

    def __init__(self, *, whole=False, expected=None, number_format=""):
        super().__init__(expected or (self.whole_expected if whole else None))
        self.whole = whole
        self.number_format = number_format or ("0" if whole else "General")

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        number = self.number_in(value)
        if not self.whole:
            return number
        if number != number.to_integral_value():
            raise CellError(_("This is not a whole number."))
        return int(number)

    def number_in(self, value):
        number = self.number_of(value)
        if number.adjusted() >= MOST_DIGITS:
            raise CellError(_("This is no number, or one that is too large."))
        return number

    def number_of(self, value):
        if cells.is_number(value):
            try:
                return cells.exact_number(value)
            except ValueError:
                raise CellError(_("This is no number, or one that is too large.")) from None
        if isinstance(value, str):
            return self.number_in_text(value.strip())
        raise CellError(_("This is not a plain number."))

    def number_in_text(self, text):
        if not text.isascii() or not PLAIN_NUMBER.fullmatch(text):
            if any(mark in text for mark in ",. '’") and any(c.isdigit() for c in text):
                raise CellError(
                    _("This is text that could be read as more than one number: type a number.")
                )
            raise CellError(_("This is text, not a number."))
        if PERHAPS_GROUPED.fullmatch(text):
            raise CellError(
                _("This is text: the dot could group thousands or begin decimals. Type a number.")
            )
        return Decimal(text)


class DateWidget(CellWidget):
    expected = gettext_lazy("a date such as 2026-04-08")
    number_format = "yyyy-mm-dd"

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        date = self.date_in(value)
        if not FIRST_YEAR <= date.year <= LAST_YEAR:
            raise CellError(
                _("The year %(year)d is not between %(first)d and %(last)d.")
                % {"year": date.year, "first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return date

    def date_in(self, value):
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        if cells.is_number(value):
            return self.date_of_serial(value)
        if isinstance(value, str):
            try:
                return datetime.date.fromisoformat(value.strip())
            except ValueError:
                pass
        raise CellError(_("This is not a date that can be read in one way only."))

    def date_of_serial(self, value):
        """The date of a cell without a date format, which has the days since the first day."""
        days = value + (MAC_OFFSET if self.context and self.context.from_1904 else 0)
        if not 20_000 <= days < 80_001:
            raise CellError(_("This is a number, not a date."))
        return FIRST_DAY + datetime.timedelta(days=int(days))


class YesNoWidget(CellWidget):
    expected = gettext_lazy("yes or no")
    answers = {"yes": True, "no": False, "true": True, "false": False}

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        if isinstance(value, bool):
            return value
        try:
            return self.answers[cells.folded(value)]
        except KeyError:
            raise CellError(_("This is neither yes nor no.")) from None

    def render(self, value, obj=None, **kwargs):
        return "yes" if value else "no"

    def choices_for(self, context):
        answers = (("yes", _("yes")), ("no", _("no")))
        return choices.Choices("yes_or_no", lambda: answers, title=_("Yes or no"))


class ChoiceWidget(CellWidget):
    """One of a few fixed words: the stored value, or what it is called."""

    def __init__(self, choices):
        super().__init__()
        self.choices = choices

    @property
    def expected(self):
        return _("one of: %s") % ", ".join(self.choices.values)

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        word = cells.folded(cells.as_text(value))
        for choice in self.choices:
            if word in (cells.folded(choice.value), cells.folded(choice.label)):
                return choice.value
        hint = did_you_mean(word, self.choices.values)
        raise CellError(sentence(_("This is not one of the words for it."), hint))

    def render(self, value, obj=None, **kwargs):
        return value or None

    def choices_for(self, context):
        return choices.of_enum(self.choices)
