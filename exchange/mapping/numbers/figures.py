"""The number that a cell says, as its column writes numbers, with its unit and precision."""

import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from catalogue import units
from intake import numbers, readings
from intake.numbers import Unclear
from profiles.texts import tidy

from ... import cells
from ...problems import CellError
from ..words.blanks import is_blank
from . import signs, unit_words
from .reading import MOST_REMEMBERED, Doubtful, Reading, error_in

MOST_BEFORE_POINT = 18
MOST_FIGURES = 20
"""Digits and marks of a number that needs no more reading."""

FOOTNOTE = re.compile(r"(?<=[\d%]) ?(?:\*{1,3}|[†‡¹²³⁴⁵⁶⁷⁸⁹]|\[\w\]|\((?:\d|[a-z])\))$")
POWER_OF_TEN = re.compile(r"10[¹²³⁴⁵⁶⁷⁸⁹]+")
MONEY = re.compile(r"[€$£¥₹₽₩₺฿₫]")
FLAGS = frozenset("efprsud")
"""Letters by which statistics mark numbers as estimated, provisional and so on."""

MASSES = ("t", "kg")
"""Units that may begin a longer one: t CO2."""

PERHAPS_TIMES = frozenset("bn mn mm tn kk mrd mia bio".split())


@dataclass(slots=True)
class Found:
    """A number in a cell before the unit of the column is applied. `own_unit`: what stood in the
    cell. `is_multiplied`: whether the cell has a multiplier of its own. `currency`: of a number
    that only the format of the cell shows as money."""

    number: Decimal
    precision: str = ""
    own_unit: str = ""
    is_multiplied: bool = False
    notes: list = field(default_factory=list)
    currency: str = ""


def read_number(value, form, unit=""):
    """The `Reading` of a cell; `unit`: of its row, if a column has it. Raises CellError."""
    remembered = (type(value), value, unit) if type(value) in cells.PLAIN else None
    if remembered is not None and (known := form.known.get(remembered)):
        return known
    try:
        reading = reading_of(value, form, unit)
    except Unclear as error:
        raise CellError(str(error)) from error
    if remembered is not None and len(form.known) < MOST_REMEMBERED:
        form.known[remembered] = reading
    return reading


def reading_of(value, form, unit):
    if is_blank(value):
        return Reading()
    if isinstance(value, cells.Broken):
        raise CellError(error_in(value))
    if isinstance(value, datetime.date | datetime.time):
        raise CellError(
            _("This is a date, not a number: a program may have changed it. Type the number.")
        )
    if isinstance(value, bool):
        return Reading(text=cells.as_text(value))
    found = found_in_text(value, form) if isinstance(value, str) else found_in_number(value)
    if isinstance(found, Reading):
        return found
    return in_unit_of_column(found, form, unit)


def found_in_number(value):
    if isinstance(value, cells.Percent):
        return Found(value.number, own_unit="percent")
    if isinstance(value, Decimal):
        return Found(value)
    try:
        number = numbers.small_enough(cells.exact_number(value))
    except ValueError:
        raise numbers.too_large() from None
    return Found(number, currency=value.currency if isinstance(value, cells.Money) else "")


def found_in_text(value, form):
    """The `Found` of a text; the `Reading` of one that is no single number."""
    plain = signs.plain_figures(value)
    if plain is not None and (number := number_in_figures(plain, form)) is not None:
        return Found(number)
    try:
        text = numbers.plain_text(value)
    except Unclear:
        return in_words(value)
    if (number := signs.scientific(text)) is not None:
        return Found(number, notes=[read_as(text, number)])
    if POWER_OF_TEN.fullmatch(text):
        raise Unclear(_("This may be a power of ten or 10 with a mark: write the number out."))
    notes = []
    if found := FOOTNOTE.search(text):
        text = text[: found.start()]
        notes.append(left_out_behind(found[0].strip()))
    currency = MONEY.search(text)
    text = MONEY.sub("", text, count=1).strip() if currency else text
    text, fits = signs.rewritten(text, form.decimal)
    if not fits:
        notes.append(Doubtful(_("The decimals are written otherwise than in the other cells.")))
    try:
        written = numbers.read(text)
    except Unclear:
        if is_two_numbers(text):
            raise
        return in_words(value)
    if perhaps_times(written.unit):
        return in_words(value)
    own_unit = written.unit or (currency[0] if currency else "")
    return Found(written.number, written.precision, own_unit, written.times > 1, notes)


def number_in_figures(text, form):
    """The Decimal of digits and marks as the column has them; None where more must be looked at."""
    if len(text) > MOST_FIGURES:
        return None
    if form.decimal or text.isdecimal():
        return signs.number_of(text, form.decimal or ".")
    return None


def perhaps_times(unit):
    """Whether what follows a number may multiply it: 5 M, 12k, 3 bn."""
    first = unit.casefold().split(" ")[0].strip(".")
    if units.parse(unit) in units.UNITS or units.parse(first) in MASSES:
        return False
    is_letter = len(first) == 1 and first.isascii() and first.isalpha() and first not in FLAGS
    return is_letter or first in PERHAPS_TIMES or first in unit_words.WORDS


def is_two_numbers(text):
    """Whether a text is one number, of which only the column could tell which it is."""
    found = numbers.WRITTEN.fullmatch(text)
    if not found or any(map(str.isdecimal, found["unit"])):
        return False
    return len(readings.readings(found["digits"].rstrip())) > 1


def in_words(value):
    note = Doubtful(_("This is no single number: it is kept in words."))
    return Reading(text=tidy(value), notes=(note,))


def in_unit_of_column(found, form, unit):
    """The `Reading` of a number with its unit. Raises Unclear."""
    notes, number = found.notes, found.number
    meant, times = unit_for(found, form, unit)
    if meant == "percent" and not found.own_unit and number:
        number = share_of(number, form, notes)
    elif times != 1:
        number = number * times
        notes.append(read_as(f"{found.number:f}", number, meant))
    if "unit" in form.asks and not meant:
        raise Unclear(_("In which unit is this number? Say it for the whole column."))
    check(number, meant)
    return Reading(number, found.precision, meant, notes=tuple(notes))


def unit_for(found, form, unit):
    """(unit, times) of a number: what stands in its cell goes before its row, that before all."""
    row_unit, row_times = unit_words.unit_of_row(unit) if unit else ("", 1)
    if row_unit:
        meant, times = row_unit, row_times if row_times != 1 or form.unit else form.times
    else:
        meant, times = form.unit, form.times * row_times
    if found.is_multiplied:
        if times != 1:
            found.notes.append(Doubtful(_("The multiplier in the cell goes before the column's.")))
        times = Decimal(1)
    if found.currency and (not meant or unit_words.is_money(meant)):
        return meant or found.currency, times
    own = found.own_unit or found.currency
    own = own and units.parse(own)
    if not own or own == meant:
        return meant, times
    if meant and own in FLAGS:
        found.notes.append(left_out_behind(found.own_unit))
        return meant, times
    if meant:
        words = {"own": units.symbol(own), "unit": units.symbol(meant) or _("a count")}
        found.notes.append(Doubtful(_("The cell says %(own)s, its column %(unit)s.") % words))
    return own, Decimal(1)


def share_of(number, form, notes):
    """The percent of a bare number. Raises Unclear where it may be a fraction of one."""
    if abs(number) > 1:
        if form.share == "fraction":
            notes.append(Doubtful(_("This is larger than 1: it is read as percent.")))
        return number
    if "share" in form.asks:
        words = {"one": f"{number:f} %", "other": f"{(number * 100).normalize():f} %"}
        message = _(
            "This could be %(one)s or %(other)s: say for the column how shares are written."
        )
        raise Unclear(message % words)
    if form.share != "fraction":
        return number
    percent = Decimal(f"{(number * 100).normalize():f}")
    notes.append(read_as(f"{number:f}", percent, "percent"))
    return percent


def check(number, unit):
    if number < 0:
        raise Unclear(_("The number cannot be below zero."))
    if unit == "percent" and number > 100:
        raise Unclear(_("A share lies between 0 and 100."))
    if number.adjusted() >= MOST_BEFORE_POINT:
        raise numbers.too_large()


def left_out_behind(sign):
    return Doubtful(_("“%s” behind the number is left out.") % sign)


def read_as(text, number, unit=""):
    """The note on what a text or number became."""
    became = f"{number.normalize():f} {units.symbol(unit)}".strip()
    return _("“%(text)s” is read as %(became)s.") % {"text": text, "became": became}


def in_unit(reading, unit):
    """The same reading in another unit: of the same kind, or kilograms a person and year in t.

    Raises CellError where the one cannot be converted into the other.
    """
    if reading.number is None or reading.unit == unit:
        return reading
    number = reading.number
    times = unit_words.per_person(reading.unit) if unit == "t/person/year" else None
    try:
        converted = number * times if times else units.convert(number, reading.unit, unit)
    except KeyError:
        words = {"own": units.label(reading.unit) or _("no unit"), "unit": units.label(unit)}
        raise CellError(_("%(own)s cannot be converted into %(unit)s.") % words) from None
    stood = f"{number.normalize():f} {units.symbol(reading.unit)}"
    notes = (*reading.notes, read_as(stood, converted, unit))
    return Reading(converted, reading.precision, unit, notes=notes)
