"""Units that may be entered for a measure, and their factor to the measure's own unit."""

from decimal import Decimal

FACTORS = {
    "km2": {"km2": Decimal(1), "ha": Decimal("0.01"), "m2": Decimal("0.000001")},
}
"""Measure's unit → unit entered → factor. A unit without a row here only takes itself."""


def accepted(unit):
    """The units in which a measure of `unit` may be entered, its own first."""
    return tuple(FACTORS.get(unit, {unit: Decimal(1)}))


def convert(number, unit, into):
    """`number` in the unit `into`. Raises KeyError if the two do not go together."""
    return number * FACTORS.get(into, {into: Decimal(1)})[unit]
