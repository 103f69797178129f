"""The units of measurement: conversions, choices and the reading of cells come from one table.

A new unit is a row of `ROWS`. Its words in a sentence are the fixed text `unit.CODE` of
`catalogue.json`; without it the code itself is printed.
"""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor`: how many of the smallest unit of the same `kind` make one of this unit.

    `symbol` follows a number; `label` is for choices and for brackets after the name of a measure;
    `name` is for places where the unit stands alone.
    """

    code: str
    kind: str
    factor: Decimal
    symbol: str
    label: str
    name: str
    for_sums: bool = False
    spellings: tuple = ()
    """How people write it besides code, symbol, label and name; small letters."""


ROWS = (
    Unit(
        "km2",
        "area",
        Decimal(1_000_000),
        "km²",
        _("km²"),
        _("km²"),
        for_sums=True,
        spellings=("km^2", "sq km", "sqkm", "square km", "square kilometres", "square kilometers"),
    ),
    Unit(
        "ha",
        "area",
        Decimal(10_000),
        "ha",
        _("ha"),
        _("hectares"),
        for_sums=True,
        spellings=("hectare",),
    ),
    Unit(
        "m2",
        "area",
        Decimal(1),
        "m²",
        _("m²"),
        _("m²"),
        spellings=("m^2", "sq m", "sqm", "square m", "square metres", "square meters"),
    ),
    Unit(
        "percent",
        "share",
        Decimal(1),
        "%",
        _("percent"),
        _("percent"),
        spellings=("per cent",),
    ),
    Unit("count", "count", Decimal(1), "", "", ""),
    Unit(
        "t/person/year",
        "mass per person",
        Decimal(1),
        _("t/person/year"),
        _("t per person and year"),
        _("t per person and year"),
    ),
)
UNITS = {unit.code: unit for unit in ROWS}
"""By code. The unit of a measure may be missing here; it then converts only into itself."""


def accepted(unit):
    """The codes of the units in which a measure of `unit` may be entered, its own first."""
    own = UNITS.get(unit)
    if own is None:
        return (unit,)
    return (unit, *(row.code for row in ROWS if row.kind == own.kind and row is not own))


def factor(unit, into):
    """How many `into` make one `unit`. Raises KeyError if the two are of different kinds."""
    if unit == into:
        return Decimal(1)
    one, other = UNITS[unit], UNITS[into]
    if one.kind != other.kind:
        raise KeyError(unit)
    return one.factor / other.factor


def convert(number, unit, into):
    """`number` in the unit `into`. Raises KeyError if the two are of different kinds."""
    return number * factor(unit, into)


def choices(unit):
    """(code, label) of each accepted unit, for a field of a model or form."""
    return [(code, UNITS[code].label) for code in accepted(unit)]


def symbol(unit):
    return str(UNITS[unit].symbol) if unit in UNITS else unit


def label(unit):
    return str(UNITS[unit].label) if unit in UNITS else unit


def parse(written):
    """The code of a unit as somebody wrote it; any other text unchanged."""
    if written in UNITS:
        return written
    words = folded(written)
    for unit in ROWS:
        known = (unit.code, str(unit.symbol), str(unit.label), str(unit.name), *unit.spellings)
        if words and words in map(folded, known):
            return unit.code
    return written


def folded(words):
    """`words` as units are compared: regardless of case, points, and the form of the 2 in m²."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().replace(".", " ").split())
