"""How the numbers, days and years of a column are written, and in which unit."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(slots=True)
class Format:
    """`decimal`: "." or ",", the sign before decimals; "" where cells are read as everywhere.
    `unit`: a code of `catalogue.units`, or a text. `share`: "fraction" where 0.183 is 18.3 %, else
    "". `order`: of a day in text: "dmy", "mdy", "ymd" or "". `serials`: whether bare numbers are
    days of a spreadsheet. `samples`: [(as it stands, as it is read)], for the page."""

    key: str
    decimal: str = ""
    unit: str = ""
    share: str = ""
    order: str = ""
    serials: bool = False
    is_guess: bool = True
    why: str = ""
    samples: tuple = ()


@dataclass(slots=True)
class Reading:
    """What a cell says. `number` with `precision` (as `actions.Value.Precision`) and `unit`, or
    `text` where it is no single number. `notes`: in words, what is not as it stands there."""

    number: Decimal | None = None
    precision: str = ""
    unit: str = ""
    text: str = ""
    notes: tuple = ()

    @property
    def is_empty(self):
        return self.number is None and not self.text


def guess_formats(draft, decided):
    """Key of a column of numbers, days or years → its `Format`.

    `decided`: {key: {"decimal": …, "unit": …, "share": …, "order": …, "serials": …}}.
    """
    raise NotImplementedError


def read_number(value, form, unit=""):
    """The `Reading` of a cell; `unit`: of its row, if a column has it. Raises CellError."""
    raise NotImplementedError


def read_day(value, form, *, from_1904=False):
    """(day or None, notes) of a cell. Raises CellError."""
    raise NotImplementedError


def read_year(value, form, *, from_1904=False):
    """(year or None, notes) of a cell; of a period its last year. Raises CellError."""
    raise NotImplementedError


def unit_in_header(header):
    """The unit that a header names (“Fläche in ha”), a code of `catalogue.units` or a text; ""."""
    raise NotImplementedError
