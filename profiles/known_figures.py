"""What one part of a profile knows in figures, offered to the forms of another part."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """`code`: that of a measure of the catalogue, "" for a figure of the city's own.

    `origin`: where it stands, in words.
    """

    code: str
    name: str
    kind: str
    number: Decimal
    unit: str
    origin: str


sources = []
"""Functions that other apps add: a `City` → its `KnownFigure`s."""


def known_figures(city):
    return [figure for find in sources for figure in find(city)]
