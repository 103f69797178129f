"""How the numbers, days and years of a column are written, and in which unit."""

import datetime
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from catalogue import units
from intake import numbers
from intake.numbers import Unclear

from ... import cells
from ..columns.fields import Kind
from ..words.blanks import is_blank
from ..years.header_years import name_in_header
from . import days, signs, unit_words
from .days import read_day, read_year
from .days_in_texts import day_or_words, is_serial
from .figures import in_unit, read_number
from .reading import Doubtful, Format, Reading, Told

__all__ = (
    "Doubtful",
    "Format",
    "Reading",
    "day_or_words",
    "guess_formats",
    "in_unit",
    "read_day",
    "read_number",
    "read_year",
)

NUMBERS = (Kind.NUMBER, Kind.YEARS_VALUE)
DAYS = (Kind.DAY, Kind.YEAR)

EMPTY = frozenset(("", None))
SHARES = ("fraction", "percent")
FIGURES = ("baseline", "target", "progress")
WHOLE = ("population", "action")
"""Fields of whole numbers: no sign in them stands before decimals."""

FROM_CELLS = ("decimal", "share", "order", "serials", "periods")
"""What the cells of a column tell of how they are written."""

DATE_IN_HEADER = re.compile(
    r"date|datum|fecha|data\b|дата|日期|时间|日付|날짜|tarih|تاريخ|tanggal|ngày|วันที่|día|jour|tag\b",
    re.IGNORECASE,
)


def guess_formats(draft, decided):
    """Key of a column of numbers, days or years → its `Format`.

    `decided`: {key: {"decimal": …, "unit": …, "times": …, "share": …, "order": …, "serials": …,
    "periods": …}}. A new year is as what was decided of the other years of its measure.
    """
    formats = {}
    for uses in groups_of(draft):
        column, keys = Column(draft, uses), [use.column.key for use in uses]
        of_others = next((decided[key] for key in keys if key in decided), None)
        for key, use in zip(keys, uses, strict=True):
            formats[key] = column.format_of(use, decided.get(key, of_others))
    return formats


def groups_of(draft):
    """Lists of `Use`s that are written in one way and in one unit: the figures whose headers name
    one measure in several years together, others alone."""
    figures, alone = {}, []
    for use in draft.uses:
        field = draft.field_of(use)
        if field is None or field.kind not in (*NUMBERS, *DAYS):
            continue
        name = cells.folded(name_in_header(use.column.name))
        if field.kind is Kind.YEARS_VALUE or (name and field.code in FIGURES):
            measure = name, unit_words.unit_in_header(use.column.header)
            figures.setdefault(measure, []).append(use)
        else:
            alone.append([use])
    return [*figures.values(), *alone]


class Column:
    """The cells of columns that are written in one way, the different ones with their counts.

    `texts`: the plain ones of all columns of years, since one program writes their signs.
    """

    def __init__(self, draft, uses):
        self.draft, self.uses = draft, uses
        self.field = draft.field_of(uses[0])
        self.holds_numbers = self.field.kind in NUMBERS
        self.counts = counts_of(draft, uses)
        is_of_years = self.field.kind is Kind.YEARS_VALUE
        self.texts = draft.texts_of_years if is_of_years else plain_texts(self.counts)

    def format_of(self, use, decided):
        """The `Format` of one of the columns: what was decided goes before what the cells tell."""
        guess = self.guessed
        unit, times = self.unit_of(use)
        form = replace(guess, key=use.column.key, unit=unit, times=times, known={})
        if decided is None:
            return form
        values = self.values_in(decided)
        asks = tuple(name for name in form.asks if name not in values)
        form = replace(form, **values, asks=asks, known={})
        form.is_guess = any(getattr(form, name) and name not in values for name in FROM_CELLS)
        form.why = form.why if form.is_guess else ""
        return form

    def values_in(self, decided):
        """What was decided, without what the cells disprove, as in the list of another year."""
        values = {name: bool(decided[name]) for name in ("serials", "periods") if name in decided}
        if decided.get("unit") or "unit" in decided and not self.needs_unit():
            values["unit"] = units.parse(decided["unit"])
        if decided.get("times"):
            values["times"] = Decimal(decided["times"])
        if decided.get("share") in SHARES:
            values["share"] = decided["share"]
        for name, told, known in (
            ("decimal", self.decimal, signs.EITHER),
            ("order", self.order, days.ORDERS),
        ):
            if decided.get(name) in known and not (told.is_proved and told.value != decided[name]):
                values[name] = decided[name]
        return values

    @cached_property
    def decimal(self):
        told = guess_decimal(self.texts) if self.holds_numbers else Told()
        return whole_numbers(self.texts) if told.is_asked and self.field.code in WHOLE else told

    @cached_property
    def order(self):
        return Told() if self.holds_numbers else days.guess_order(self.texts)

    @cached_property
    def share(self):
        return self.guess_share() if self.holds_numbers else Told()

    @cached_property
    def serials(self):
        """Whether bare numbers are days: where the column has days otherwise, or is called so."""
        if self.holds_numbers or not any(map(is_serial, self.counts)):
            return Told()
        header = self.uses[0].column.header
        has_days = DATE_IN_HEADER.search(header) or any(map(is_day, self.counts))
        return Told("serials" if has_days else "", is_asked=not has_days)

    @cached_property
    def guessed(self):
        told = {name: getattr(self, name) for name in ("decimal", "share", "order", "serials")}
        asks = [name for name, one in told.items() if one.is_asked and not self.field.joins]
        if self.needs_unit():
            asks.append("unit")
        return Format(
            "",
            decimal=self.decimal.value,
            share=self.share.value,
            order=self.order.value,
            serials=bool(self.serials.value),
            periods=self.field.kind is Kind.YEAR and days.has_periods(self.texts),
            why="; ".join(one.why for one in told.values() if one.why),
            asks=tuple(asks),
        )

    def unit_of(self, use):
        """(unit, times) that the header names."""
        if not self.holds_numbers:
            return "", Decimal(1)
        return unit_words.unit_in_header(use.column.header)

    def needs_unit(self):
        """Whether an area of a city has numbers of which nothing says the unit."""
        if self.field.code != "area" or self.draft.used_as("area_unit"):
            return False
        return bool(self.counts) and not self.unit_of(self.uses[0])[0]

    def guess_share(self):
        """How the bare numbers that are percent are written, as `Told`."""
        by_measure = self.bare_percents()
        small = [found for found in by_measure.values() if max(found) <= 1]
        if not small:
            return Told()
        if len(small) == len(by_measure) and all(map(is_surely_fraction, small)):
            return Told("fraction", _("all shares lie between 0 and 1"))
        return Told(is_asked=True)

    def bare_percents(self):
        """Measure → the numbers of its cells that are percent and have no sign themselves."""
        units_at = [use.column.at for use in self.draft.used_as("unit")]
        measures_at = [use.column.at for use in self.draft.used_as("measure")]
        in_header = {use.column.at: self.percent_in_header(use) for use in self.uses}
        if not units_at and not any(in_header.values()):
            return {}
        found = {}
        for row in self.draft.rows:
            unit = next((one for at in units_at if (one := cells.as_text(row.values[at]))), "")
            is_percent = bool(unit) and unit_words.unit_of_row(unit)[0] == "percent"
            for at, is_percent_in_header in in_header.items():
                number = None
                if is_percent or (not unit and is_percent_in_header):
                    number = bare_number(row.values[at])
                if number:
                    measure = tuple(cells.as_text(row.values[one]) for one in measures_at)
                    found.setdefault(measure if unit else (), []).append(abs(number))
        return found

    def percent_in_header(self, use):
        header = use.column.header
        return self.unit_of(use)[0] in ("percent", "") and (
            "%" in header or self.unit_of(use)[0] == "percent" or unit_words.says_share(header)
        )


def texts_of_years(draft):
    """The different plain texts of all columns of years."""
    return plain_texts(counts_of(draft, draft.used_as("value_of_year")))


def counts_of(draft, uses):
    """The different cells of columns, without empty ones, and how many there are of each."""
    places = [use.column.at for use in uses]
    return Counter(
        value for row in draft.rows for at in places if (value := row.values[at]) not in EMPTY
    )


def plain_texts(counts):
    """The different texts of a column with plain signs, without words for nothing."""
    texts = []
    for value in counts:
        if type(value) is not str:
            continue
        if (plain := signs.plain_figures(value)) is not None:
            texts.append(plain)
        elif not is_blank(value):
            try:
                texts.append(numbers.plain_text(value))
            except Unclear:
                continue
    return texts


def guess_decimal(texts):
    """The sign before the decimals of a column, as `Told`.

    A text that can be read with one sign only proves it. Where none does, or two prove both, it is
    asked as far as a text needs it.
    """
    proofs, is_needed = {}, False
    for text in {signs.shape(text): text for text in texts}.values():
        told = signs.signs_of(text)
        if len(told) == 1:
            proofs.setdefault(next(iter(told)), text)
        elif told == signs.EITHER and not is_needed:
            is_needed = signs.is_ambiguous(text)
    if len(proofs) == 1:
        ((sign, text),) = proofs.items()
        return Told(sign, _("“%s” can be read in this way only") % text, is_proved=True)
    return Told(is_asked=is_needed)


def whole_numbers(texts):
    """The sign of numbers that have no decimals, as `Told`, from the one between their groups."""
    groups = {sign for text in texts if signs.is_ambiguous(text) for sign in ".," if sign in text}
    if len(groups) > 1:
        return Told(is_asked=True)
    return Told(*(signs.EITHER - groups), _("people are counted in whole numbers"))


def is_surely_fraction(numbers):
    """Whether shares, none of them above 1, are fractions and not small percent."""
    return max(numbers) >= Decimal("0.1") and any(0 < number < 1 for number in numbers)


def bare_number(value):
    """The number of a cell that shows a number alone; None of others."""
    if cells.is_number(value):
        try:
            return cells.exact_number(value)
        except ValueError:
            return None
    if isinstance(value, str) and len(value) <= 12:
        text = value.strip().replace(",", ".")
        if numbers.PLAIN.fullmatch(text):
            return Decimal(text)
    return None


def is_day(value):
    if isinstance(value, str):
        return days.THREE.fullmatch(value) is not None
    return isinstance(value, datetime.date)
