"""The units of measurement: conversions, choices and the reading of cells come from one table.

A new unit is a row of `ROWS`. Its words in a sentence are the fixed text `unit.CODE` of
`catalogue.json`; without it the code itself is printed.
"""

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


ROWS = (
    Unit("km2", "area", Decimal(1_000_000), "km²", _("km²"), _("km²"), for_sums=True),
    Unit("ha", "area", Decimal(10_000), "ha", _("ha"), _("hectares"), for_sums=True),
    Unit("m2", "area", Decimal(1), "m²", _("m²"), _("m²")),
    Unit("percent", "share", Decimal(1), "%", _("percent"), _("percent")),
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
    """The code for a code or symbol as somebody wrote it; any other text unchanged."""
    by_symbol = {str(unit.symbol): unit.code for unit in ROWS if unit.symbol}
    return by_symbol.get(written, written)
