"""How the numbers, days and years of a column are written, and in which unit."""

import datetime
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from intake import dates, numbers
from intake.numbers import Unclear

from .. import cells
from . import days, signs, unit_words
from .blanks import is_blank
from .days import read_day, read_year
from .fields import Kind
from .figures import in_unit, read_number
from .reading import Doubtful, Format, Reading

__all__ = (
    "Doubtful",
    "Format",
    "Reading",
    "guess_formats",
    "in_unit",
    "read_day",
    "read_number",
    "read_year",
    "unit_in_header",
)

NUMBERS = (Kind.NUMBER, Kind.YEARS_VALUE)
DAYS = (Kind.DAY, Kind.YEAR)

MOST_SAMPLES = 6
DATE_IN_HEADER = days.re.compile(
    r"date|datum|fecha|data\b|дата|日期|时间|日付|날짜|tarih|تاريخ|tanggal|ngày|วันที่|día|jour|tag\b",
    days.re.IGNORECASE,
)


def guess_formats(draft, decided):
    """Key of a column of numbers, days or years → its `Format`.

    `decided`: {key: {"decimal": …, "unit": …, "times": …, "share": …, "order": …, "serials": …}}.
    """
    formats = {}
    for uses in groups_of(draft):
        column = Column(draft, uses)
        guess = column.guess()
        for use in uses:
            key = use.column.key
            unit, times = column.unit_of(use)
            form = replace(guess, key=key, unit=unit, times=times, known={})
            formats[key] = with_decided(form, decided.get(key))
    return formats


def groups_of(draft):
    """Lists of `Use`s that are written in one way: the columns of years together, others alone."""
    together, alone = [], []
    for use in draft.uses:
        field = draft.field_of(use)
        if field is None or field.kind not in (*NUMBERS, *DAYS):
            continue
        if field.kind is Kind.YEARS_VALUE:
            together.append(use)
        else:
            alone.append([use])
    return ([together] if together else []) + alone


def with_decided(form, decided):
    """The format with what a person decided, which the cells need not tell any more."""
    if decided is None:
        return form
    values = {
        name: decided[name] for name in ("decimal", "unit", "order", "serials") if name in decided
    }
    if "times" in decided:
        values["times"] = Decimal(str(decided["times"]))
    if "share" in decided:
        values["share"] = decided["share"] if decided["share"] == "fraction" else ""
    asks = tuple(name for name in form.asks if not decided.get(name))
    return replace(form, **values, asks=asks, is_guess=False, why="", known={})


class Column:
    """The cells of columns that are written in one way, the different ones with their counts."""

    def __init__(self, draft, uses):
        self.draft, self.uses = draft, uses
        self.field = draft.field_of(uses[0])
        places = [use.column.at for use in uses]
        self.counts = Counter(
            value
            for row in draft.rows
            for at in places
            if (value := row.values[at]) not in ("", None)
        )
        self.texts = plain_texts(self.counts)

    def unit_of(self, use):
        """(unit, times) that the header names."""
        if self.field.kind not in NUMBERS:
            return "", Decimal(1)
        return unit_words.unit_in_header(use.column.header)

    def guess(self):
        if self.field.kind in DAYS:
            return self.guess_days()
        decimal, why, asks = guess_decimal(self.texts)
        share, share_why, asks_share = self.guess_share()
        asked = (["decimal"] if asks else []) + (["share"] if asks_share else [])
        if self.needs_unit():
            asked.append("unit")
        form = Format("", decimal, share=share, why="; ".join(filter(None, (why, share_why))))
        form.asks = tuple(asked)
        return form

    def needs_unit(self):
        """Whether an area of a city has numbers of which nothing says the unit."""
        return (
            self.field.code == "area"
            and self.counts
            and not unit_words.unit_in_header(self.uses[0].column.header)[0]
        )

    def guess_days(self):
        order, why, asks = days.guess_order(self.texts)
        header = self.uses[0].column.header
        serials = [value for value in self.counts if is_serial(value)]
        has_days = DATE_IN_HEADER.search(header) or any(map(is_day, self.counts))
        return Format(
            "",
            order=order,
            why=why,
            serials=bool(serials and has_days),
            periods=days.has_periods(self.texts),
            asks=("order",) if asks else ("serials",) if serials and not has_days else (),
        )

    def guess_share(self):
        """(share, why, whether it must be asked) of the bare numbers that are percent."""
        by_measure = self.bare_percents()
        if not by_measure:
            return "", "", False
        small = [numbers for numbers in by_measure.values() if max(numbers) <= 1]
        if not small:
            return "", "", False
        clear = [numbers for numbers in small if is_surely_fraction(numbers)]
        if len(clear) == len(by_measure):
            return "fraction", _("all lie between 0 and 1"), False
        return "", "", True

    def bare_percents(self):
        """Measure → the numbers of its cells that are percent and have no sign themselves."""
        units_at = [use.column.at for use in self.draft.used_as("unit")]
        measures_at = [use.column.at for use in self.draft.used_as("measure")]
        in_header = {use.column.at: self.unit_of(use)[0] for use in self.uses}
        says_share = any(unit_words.says_share(use.column.header) for use in self.uses)
        found = {}
        for row in self.draft.rows:
            row_unit = next((row.values[at] for at in units_at if row.values[at]), "")
            unit = unit_words.unit_of_row(str(row_unit))[0] if row_unit else ""
            for at, header_unit in in_header.items():
                if (unit or header_unit or ("percent" if says_share else "")) != "percent":
                    continue
                number = bare_number(row.values[at])
                if number:
                    measure = tuple(str(row.values[one]) for one in measures_at)
                    found.setdefault(measure if unit else (), []).append(abs(number))
        return found


def plain_texts(counts):
    """The different texts of a column with plain signs, without words for nothing."""
    texts = []
    for value in counts:
        if type(value) is str and not is_blank(value):
            try:
                texts.append(numbers.plain_text(value))
            except Unclear:
                continue
    return texts


def guess_decimal(texts):
    """(sign, why, whether it must be asked) of the decimals of a column.

    Texts that can be read with one sign only prove it; others are read with it. Where none proves
    it, or two prove both, it is asked as far as a text needs it.
    """
    proofs, is_needed = {}, False
    for text in texts:
        if text.isdecimal():
            continue
        told = signs.signs_of(text)
        if len(told) == 1:
            proofs.setdefault(next(iter(told)), text)
        elif told == signs.EITHER and not is_needed:
            is_needed = signs.is_ambiguous(text)
    if len(proofs) == 1:
        ((sign, text),) = proofs.items()
        return sign, _("“%s” can be read in this way only") % text, False
    return "", "", is_needed


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


def is_serial(value):
    """Whether a number without a date format is likely the day of a spreadsheet."""
    if isinstance(value, str):
        return len(value) == 5 and value.isdecimal() and int(value) in dates.LIKELY_DAYS
    return cells.is_number(value) and value in dates.LIKELY_DAYS


def is_day(value):
    if isinstance(value, str):
        return days.THREE.fullmatch(value) is not None
    return isinstance(value, datetime.date)


def unit_in_header(header):
    """The unit that a header names (“Fläche in ha”), a code of `catalogue.units` or a text; ""."""
    return unit_words.unit_in_header(header)[0]
