"""How each kind of cell is read and written. A cell that can be read in two ways is an error.

`clean` takes the value of a cell that is not empty and raises `CellError`; `render` gives what is
written into a cell (text, number, date); `same` tells whether a stored value needs no change.
"""

import datetime
import re
from decimal import Decimal

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import widgets

from accounts.emails import canonical_email
from intake import dates, numbers
from intake.numbers import Bounds, Unclear
from profiles.fields import CONTROL_CHARACTERS, LanguageTagsField, TidyField
from profiles.numbers import bounds_of, coordinate_in, number_in

from .. import cells
from ..garbled import probable_text
from ..problems import CellError, did_you_mean, sentence
from . import choices

LOST_LETTER = "\ufffd"
"""What programs put in the place of a letter that they cannot read."""

LONGEST_QUOTE = 200
HALF_LETTER = re.compile("_x[dD][89a-fA-F][0-9a-fA-F]{2}_")
"""The escape in .xlsx files of half a character (a surrogate)."""


def refuse_garbled(text):
    """Raise CellError for letters that another program read in the wrong encoding, or lost.

    For new texts only: what is stored comes back from its workbook, whatever it is.
    """
    if LOST_LETTER in text:
        raise CellError(_("A letter of this text was lost (%s): type it anew.") % LOST_LETTER)
    if meant := probable_text(text):
        raise CellError(
            _(
                "The letters were read in a wrong encoding. It is probably “%s”: type it anew, "
                "or save the file as “CSV UTF-8” or as .xlsx where it comes from."
            )
            % Truncator(meant).chars(LONGEST_QUOTE)
        )


class CellWidget(widgets.Widget):
    """`expected`: what belongs into a cell, in words. `context`: the import that is at work."""

    expected = ""
    number_format = ""
    is_per_city = False
    """Whether the city of the row decides what a word means: see `PerCityWidget`."""

    link_schemes = ()
    """Where the cell wants an address: how the address behind a text may begin."""

    def __init__(self, expected=None):
        super().__init__(coerce_to_string=False)
        if expected is not None:
            self.expected = expected
        self.context = None

    def bind(self, context):
        self.context = context

    def adopt(self, field):
        """Take over what the model's field says. `field` is None where the column has none."""

    def say(self, notes):
        """Tell people how the value of this cell differs from what is in it."""
        if notes and self.context:
            self.context.said.extend(notes)

    @property
    def from_1904(self):
        return bool(self.context and self.context.from_1904)

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

    def says(self, cell, rendered):
        """Whether a cell means what is stored, which an export writes otherwise, as `rendered`."""
        return False

    def refuse_broken(self, value):
        """Raise CellError for a cell that shows an error, or that lost letters on its way."""
        if isinstance(value, cells.Undecoded):
            raise CellError(
                _(
                    "The bytes %s are no letters of UTF-8: type this text anew, and save the file "
                    "as “CSV UTF-8” or as .xlsx."
                )
                % value.found
            )
        if isinstance(value, cells.Broken):
            raise CellError(_("The cell shows an error or was not calculated: type the value."))


class RawWidget(CellWidget):
    """Passes on the value of the cell: another cell of the row decides how to read it."""

    number_format = "General"

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        return value


class TextWidget(CellWidget):
    """`tidy`: what tidies the text."""

    expected = gettext_lazy("text")
    tidy = staticmethod(cells.tidy)

    def adopt(self, field):
        if isinstance(field, TidyField):
            self.tidy = field.tidy

    def clean(self, value, row=None, **kwargs):
        if not isinstance(value, str):
            return self.clean_other(value)
        text = self.tidy(value)
        if CONTROL_CHARACTERS.search(text) or HALF_LETTER.search(text):
            refuse_garbled(text)
            raise CellError(
                _("There is an invisible control character in this text: type it anew.")
            )
        return text

    def clean_other(self, value):
        """The text of a cell that holds something else, such as a number."""
        self.refuse_broken(value)
        if cells.is_number(value):
            return cells.as_text(value)
        raise CellError(
            _("This is a date, a share or a yes/no cell: format it as text and type it anew.")
        )

    def render(self, value, obj=None, **kwargs):
        return self.tidy(value) if value else None

    def same(self, old, new):
        if old == new:
            return True
        if not old:
            return not new
        return cells.comparable(old, self.tidy) == cells.comparable(new, self.tidy)

    def says(self, cell, rendered):
        return isinstance(cell, str) and self.tidy(cell) == rendered


class EmailWidget(TextWidget):
    expected = gettext_lazy("an address such as name@example.org")
    link_schemes = ("mailto",)

    def clean(self, value, row=None, **kwargs):
        return canonical_email(super().clean(value))

    def same(self, old, new):
        return canonical_email(old or "") == new


class WebAddressWidget(TextWidget):
    expected = gettext_lazy("an address such as https://…")
    link_schemes = ("http", "https")


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
    """A decimal number; with `whole`, an integer. `bounds`: what else the column asks for."""

    expected = gettext_lazy("a number such as 12.5")
    whole_expected = gettext_lazy("a whole number such as 12")

    def __init__(self, *, whole=False, expected=None, number_format=""):
        super().__init__(expected or (self.whole_expected if whole else None))
        self.whole = whole
        self.bounds = Bounds(whole=whole)
        self.number_format = number_format or ("0" if whole else "General")

    def adopt(self, field):
        if isinstance(field, models.IntegerField | models.DecimalField):
            self.bounds = bounds_of(field)

    def clean(self, value, row=None, **kwargs):
        return self.clean_within(value, self.bounds)

    def clean_within(self, value, bounds):
        self.refuse_broken(value)
        try:
            number, notes = self.read(value, bounds)
        except Unclear as error:
            raise CellError(str(error)) from error
        self.say(notes)
        return int(number) if bounds.whole else number

    def read(self, value, bounds):
        """(number, notes) of a cell."""
        if isinstance(value, str):
            return number_in(value, bounds)
        number, note = numbers.fitted(number_in_cell(value), bounds)
        return number, (note,) if note else ()


class CoordinateWidget(NumberWidget):
    """The column `axis` of a place; a cell may say both coordinates in both columns."""

    expected = gettext_lazy("degrees such as 30.63 or 30°37'48\"N")

    def __init__(self, axis):
        super().__init__(number_format="0.0####")
        self.axis = axis

    def read(self, value, bounds):
        if not isinstance(value, str):
            return super().read(value, bounds)
        return coordinate_in(value, self.axis, bounds)[:2]


def number_in_cell(value):
    """The Decimal of a number cell. Raises Unclear."""
    if isinstance(value, Decimal):
        return numbers.small_enough(value)
    if not cells.is_number(value):
        raise Unclear(_("This is not a plain number."))
    try:
        return numbers.small_enough(cells.exact_number(value))
    except ValueError:
        raise numbers.too_large() from None


class YearWidget(NumberWidget):
    """A year; of a date its year."""

    def __init__(self):
        super().__init__(whole=True, expected=gettext_lazy("a year such as 2026"))

    def read(self, value, bounds):
        if isinstance(value, str):
            year, note = dates.read_year(value)
        elif isinstance(value, datetime.date):
            year, note = dates.year_in_cell(day_of(value), from_1904=self.from_1904)
        else:
            number, note = numbers.fitted(number_in_cell(value), bounds)
            year = dates.check_year(int(number))
        return year, (note,) if note else ()


class DateWidget(CellWidget):
    expected = gettext_lazy("a date such as 2026-04-08")
    number_format = "yyyy-mm-dd"

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        try:
            return self.date_in(value)
        except Unclear as error:
            raise CellError(str(error)) from error

    def date_in(self, value):
        if isinstance(value, datetime.date):
            return dates.day_in_cell(day_of(value), from_1904=self.from_1904)
        if cells.is_number(value):
            return dates.day_of_number(value, from_1904=self.from_1904)
        if isinstance(value, str):
            day, note = dates.read_date(value)
            self.say((note,) if note else ())
            return dates.check_day(day)
        raise Unclear(_("This is not a date that can be read in one way only."))

    def says(self, cell, rendered):
        return isinstance(rendered, datetime.date) and cell == rendered.isoformat()


def day_of(value):
    return value.date() if isinstance(value, datetime.datetime) else value


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
