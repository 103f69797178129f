"""How the cells of a column are to be read, and what is read in a cell."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from ... import cells

MOST_REMEMBERED = 5_000
"""Different cells of a column whose readings are remembered."""


class Told(NamedTuple):
    """What the cells of a column tell. `why`: in words. `is_asked`: they do not, and some need it.
    `is_proved`: a cell can be read in this way only."""

    value: str = ""
    why: str = ""
    is_asked: bool = False
    is_proved: bool = False


class Doubtful(str):
    """A note that a person must look at; other notes only say how a cell was understood."""

    __slots__ = ()


def error_in(value):
    """What people are told of a `cells.Broken`."""
    if isinstance(value, cells.Undecoded):
        words = _("Letters of this cell could not be read (the bytes %s): type its text anew.")
        return words % value.found
    if value.text == cells.NOT_CALCULATED:
        return _(
            "The formula in this cell has no value. Open the file in a spreadsheet program, save "
            "it there and send it again, or type the value."
        )
    return _("This cell shows an error (%s).") % value


@dataclass(slots=True)
class Format:
    """`decimal`: "." or ",", the sign before decimals; "" where cells are read as everywhere.
    `unit`: a code of `catalogue.units`, or a text; `times`: what the numbers are multiplied by to
    be in it. `share`: "fraction" where 0.183 is 18.3 %, "percent" where somebody said that it is
    0.183 %. `order`: of a day in text: "dmy", "mdy", "ymd" or "". `serials`: whether bare numbers
    are days of a spreadsheet. `periods`: whether 2011/12 is two years, not a month. `asks`: names
    of those that the cells do not tell; a cell that needs one is refused.
    """

    key: str
    decimal: str = ""
    unit: str = ""
    share: str = ""
    order: str = ""
    serials: bool = False
    is_guess: bool = True
    why: str = ""
    times: Decimal = Decimal(1)
    periods: bool = False
    asks: tuple = ()
    known: dict = field(default_factory=dict, compare=False, repr=False)
    """Cells that were read, and their readings."""


@dataclass(slots=True)
class Reading:
    """What a cell says. `number` with `precision` (as `actions.Value.Precision`) and `unit`, or
    `text` where it is no single number. `notes`: in words, what is not as it stands there; those
    that are `Doubtful` need a person. Equal cells share one reading: change none.
    """

    number: Decimal | None = None
    precision: str = ""
    unit: str = ""
    text: str = ""
    notes: tuple = ()

    @property
    def is_empty(self):
        return self.number is None and not self.text

    @property
    def doubts(self):
        return tuple(note for note in self.notes if isinstance(note, Doubtful))
