"""Which city and country the rows of a list mean."""

from dataclasses import dataclass, field

NEW = "new"
"""Instead of the address of a city: it is made."""


@dataclass(slots=True)
class Place:
    """A city of the list, of `count` rows. `country`: two letters, or "". `candidates`: [(address,
    label)], the likeliest first. `becomes`: an address, `NEW`, "" for left out, None while nothing
    is known. `slug`: the address that the city has or will have."""

    word: str
    country: str
    count: int
    candidates: list = field(default_factory=list)
    becomes: str | None = None
    slug: str = ""
    is_guess: bool = True


def guess_places(draft, decided):
    """Key of a place (`place_key`) → its `Place`. `decided`: {key of a place: becomes}."""
    raise NotImplementedError


def place_key(name, country):
    """What names a place in decisions: its folded name, and its country where that is known."""
    raise NotImplementedError


def city_of(draft, row):
    """The address of the city of a row; "" where the row is left out. Raises CellError."""
    raise NotImplementedError


def read_country(draft, value):
    """The two letters of a country in a cell; "" for an empty one. Raises CellError."""
    raise NotImplementedError


def read_point(value, axis):
    """(latitude, longitude) of a cell, each may be None: `POINT (lon lat)`, degrees, a link.

    `axis`: "latitude", "longitude" or "" where the cell has both. Raises CellError.
    """
    raise NotImplementedError
