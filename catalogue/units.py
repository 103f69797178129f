"""The units of measurement: conversions, choices and the reading of cells come from one table.

A new unit is a row of `UNITS`. One for areas also needs a migration, because
`cbi.IndicatorResult.unit` has the area units as its choices, and may have the fixed text
`unit.CODE` for sentences.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor`: how many of the smallest unit of its `kind` it is.

    `symbol` stands right after a number, `label` in lists and in brackets after a name, `name`
    where it stands alone.
    """

    code: str
    kind: str
    factor: Decimal
    symbol: str
    label: str
    name: str


ROWS = (
    Unit("km2", "area", Decimal(1_000_000), "km²", _("km²"), _("km²")),
    Unit("ha", "area", Decimal(10_000), "ha", _("ha"), _("hectares")),
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
"""By code. A measure may have another unit: that one has no row, and converts into itself alone."""


def accepted(unit):
    """The codes of the units in which a measure of `unit` may be entered, its own first."""
    own = UNITS.get(unit)
    if own is None:
        return (unit,)
    return (unit, *(row.code for row in ROWS if row.kind == own.kind and row is not own))


def factor(unit, into):
    """How many `into` one `unit` is. Raises KeyError if the two do not go together."""
    if unit == into:
        return Decimal(1)
    one, other = UNITS[unit], UNITS[into]
    if one.kind != other.kind:
        raise KeyError(unit)
    return one.factor / other.factor


def convert(number, unit, into):
    """`number` in the unit `into`. Raises KeyError if the two do not go together."""
    return number * factor(unit, into)


def choices(unit):
    """(code, label) of each accepted unit, for a field of a model or form."""
    return [(code, UNITS[code].label) for code in accepted(unit)]


def symbol(unit):
    return str(UNITS[unit].symbol) if unit in UNITS else unit


def label(unit):
    return str(UNITS[unit].label) if unit in UNITS else unit


def parse(written):
    """The code for a code or symbol that somebody wrote; anything else as it is."""
    by_symbol = {str(unit.symbol): unit.code for unit in ROWS if unit.symbol}
    return by_symbol.get(written, written)
