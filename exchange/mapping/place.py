"""A city of a list, and the columns that name it."""

from dataclasses import dataclass, field

from .. import cells
from ..models.mapping import Target
from . import words
from .place_names import LETTERS, is_number_of_country, read_name

NEW = "new"
"""Instead of the address of a city: it is made."""

LEFT_OUT = ""

COUNTRY = "country:"
"""Before the folded word of a country in decisions; what is decided are its two letters."""

REST = "rest:"
"""In decisions: what becomes of the cities that are neither here nor decided, `NEW` or
`LEFT_OUT`."""

MOST_LOOKED_AT = 500
"""Rows that tell how a column writes its countries."""


@dataclass(slots=True)
class Place:
    """A city of the list, of `count` rows. `country`: two letters, or "". `candidates`: [(address,
    label)], the likeliest first. `becomes`: an address, `NEW`, "" for left out, None while nothing
    is known. `slug`: the address that the city has or will have. `why`: what the guess goes by, or
    why there is none. `country_word`: as it stands in the list; `country_why`: why it is no country
    that is known. `also`: other words of the list that are the same city. `named`: addresses of
    cities here that have this very name. `is_open`: whether there is no guess, also where it was
    decided.
    """

    word: str
    country: str
    count: int
    candidates: list = field(default_factory=list)
    becomes: str | None = None
    slug: str = ""
    is_guess: bool = True
    why: str = ""
    country_word: str = ""
    country_why: str = ""
    also: tuple = ()
    named: tuple = ()
    is_open: bool = False

    @property
    def name(self):
        """The word without a country behind it."""
        return read_name(self.word).shown


class Places(dict):
    """Key of a place → its `Place`. `filled`: (table, row number) → (name, country) of rows whose
    cells mean what the cells above them say. `keys_of`: (name, country) as they stand → key."""

    def __init__(self, columns):
        super().__init__()
        self.columns = columns
        self.filled, self.keys_of = {}, {}


class PlaceColumns:
    """The columns of a list that name cities and their countries."""

    def __init__(self, draft):
        code = "name" if draft.target == Target.CITIES else "city"
        self.names, self.countries = draft.used_as(code), draft.used_as("country")
        self.fills_down = is_filled(self.names) or is_filled(self.countries)
        self.has_codes = self.has_country_codes(draft.rows) if self.countries else False
        self.has_own_numbers = self.has_numbers_of_its_own(draft.rows)

    def has_country_codes(self, rows):
        """Whether countries are codes of two letters."""
        seen = [text for row in rows[:MOST_LOOKED_AT] if (text := words_in(row, self.countries))]
        codes = [text for text in seen if len(text.strip()) == LETTERS]
        return len(codes) * 2 > len(seen) and len({code.casefold() for code in codes}) > 1

    def has_numbers_of_its_own(self, rows):
        """Whether countries are numbers, and one of them is none of ISO 3166: then none is."""
        words = (words_in(row, self.countries).strip() for row in rows)
        return any(word.isdecimal() and not is_number_of_country(word) for word in words)

    def in_row(self, row):
        """(name, country) as they stand in a row."""
        country = words_in(row, self.countries)
        if not country and self.has_codes:
            country = words_in(row, self.countries, is_empty=is_blank_code)
        return words_in(row, self.names), country

    def with_fills(self, rows):
        """(row, name, country, whether the cells above said one of them)."""
        table, above = None, ("", "")
        for row in rows:
            if row.table != table:
                table, above = row.table, ("", "")
            said = own = self.in_row(row)
            if self.fills_down:
                may = (is_filled(self.names), is_filled(self.countries))
                said = tuple(
                    mine or (upper if fills else "")
                    for mine, upper, fills in zip(own, above, may, strict=True)
                )
                above = said
            yield row, *said, said != own


def is_filled(uses):
    return any(use.fills_down for use in uses)


def is_blank_code(value):
    """As `words.is_blank`, among codes of countries: NA is Namibia there."""
    return words.is_blank(value) and cells.folded(cells.as_text(value)) != "na"


def words_in(row, uses, is_empty=words.is_blank):
    """The first of the cells of these columns that says something."""
    for use in uses:
        value = row.values[use.column.at]
        if not is_empty(value):
            return cells.as_text(value)
    return ""
