"""What a cell of a workbook can hold, and its value in plain Python.

A number in a workbook is a binary float with 15 reliable digits. `number` gives the decimal that
the person sees, so that 0.1 + 0.2 in a formula is 0.3 here as it is on the screen.
"""

import datetime
import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from profiles.texts import shows_nothing, tidy

RELIABLE_DIGITS = 15
BLANKS = re.compile(r"\s+")

PLAIN = (str, float, int, datetime.date)
"""Types of which equal cells are the same cell. Others carry more, as the digits of `Padded`."""

NOT_CALCULATED = "="
"""The text of a `Broken` formula that has no value in the file."""

MOST_REMEMBERED = 1_000
"""Different cells of a column that an import remembers. Where there are more, few are equal."""


@dataclass(frozen=True, slots=True)
class Percent:
    """A cell with a percent format: the number that is shown before the sign."""

    number: Decimal

    def __str__(self):
        return f"{self.number.normalize():f}%"


class Padded(float):
    """A whole number that its cell shows with leading zeros, at least so many digits."""

    def __new__(cls, number, digits):
        made = super().__new__(cls, number)
        made.digits = digits
        return made

    def __str__(self):
        return f"{int(self):0{self.digits}d}"


class Money(float):
    """A number that its cell shows as money by its format; `currency`: the sign or code."""

    def __new__(cls, number, currency):
        made = super().__new__(cls, number)
        made.currency = currency
        return made

    def __str__(self):
        return f"{exact_number(float(self)):f} {self.currency}"


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that shows an error such as #REF!, or a formula that was never calculated."""

    text: str

    def __str__(self):
        return self.text


@dataclass(frozen=True, slots=True)
class Undecoded(Broken):
    """A cell of a text file in which some bytes are not UTF-8; `found`: these bytes, in hex."""

    found: str


def exact_number(value):
    """A cell's int or float as the decimal that the program shows. Raises ValueError for NaN."""
    if isinstance(value, int):
        return Decimal(value)
    if not math.isfinite(value):
        raise ValueError(value)
    if value.is_integer() and abs(value) < 10**RELIABLE_DIGITS:
        return Decimal(int(value))
    exact = Decimal(repr(value))
    if len(exact.as_tuple().digits) > RELIABLE_DIGITS:
        exact = Decimal(f"{value:.{RELIABLE_DIGITS}g}")
    return exact


def percent(value):
    return Percent(exact_number(value) * 100)


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_empty(value):
    return value is None or (isinstance(value, str) and shows_nothing(value))


def as_text(value):
    """A cell's value as a person would read it out."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Padded | Money):
        return str(value)
    if is_number(value):
        return f"{exact_number(value):f}" if math.isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def comparable(text, tidy=tidy):
    """Text as it is compared: letters and their accents are composed into one character."""
    return unicodedata.normalize("NFC", tidy(text))


def folded(text):
    """Text as names and headers are compared: regardless of case and blanks."""
    return BLANKS.sub(" ", unicodedata.normalize("NFKC", str(text)).casefold()).strip()


def position(cell):
    """The address of a cell as a key for sorting; an empty address comes first."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


def column_letters(index):
    """The letters of the column at `index`, which starts at 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row, index):
    """The address of a cell, such as B7; rows start at 1, columns at 0."""
    return f"{column_letters(index)}{row}"
