"""A city of a list, and the columns that name it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from intake.numbers import Unclear

from ... import cells
from ...models.mapping import Target
from ..table.cell_kinds import present
from ..words import words
from . import points
from .namesakes import count_rows
from .place_names import LETTERS, is_number_of_country, read_name

NEW = "new"
"""Instead of the address of a city: it is made."""

LEFT_OUT = ""

COUNTRY = "country:"
"""Before the folded word of a country in decisions; what is decided are its two letters."""

REST = "rest:"
"""In decisions: what becomes of the cities that are neither here nor decided, `NEW` or
`LEFT_OUT`."""

KEY = "key:"
"""Before the folded key of a row in decisions; what is decided is the address of its city."""

MOST_LOOKED_AT = 500
"""Rows that tell how a column writes its countries."""


MARK = re.compile(r"\((?:[^\W\d]|\d{1,2})\)(?=\s)|\[(?:[^\W\d]|\d{1,2})\](?=\s)|[*†‡§¹²³⁴⁵]+")
"""With what a note below a table begins, where the same stands behind what it is about."""

NAME = re.compile(r".+?(?= \(..\)$| \(..\) · | · |$)", re.DOTALL)
"""The name in the key of a place (`places.place_key`)."""


def no_point():
    return None


@dataclass(slots=True)
class Place:
    """A city of the list, of `count` rows. `country`: two letters, or "". `candidates`: [(address,
    label)], the likeliest first. `becomes`: an address, `NEW`, "" for left out, None while nothing
    is known. `slug`: the address that the city has or will have. `why`: what the guess goes by, or
    why there is none. `country_word`: as it stands in the list; `country_why`: why it is no country
    that is known. `also`: other words of the list that are the same city. `named`: addresses of
    cities here that have this very name. `is_open`: whether there is no guess, also where it was
    decided. `state`, `keys`, `find_point`: what else the list says of it. `apart`: what of that
    tells it from others of its name in the list; `is_vague`: whether its rows may be of several of
    them.
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
    state: str = ""
    keys: tuple = ()
    find_point: Callable = no_point
    apart: str = ""
    is_vague: bool = False

    @property
    def name(self):
        """The word without a country behind it."""
        return read_name(self.word).shown

    @property
    def beside(self):
        """What stands beside the name where it has namesakes in the list."""
        said = (self.state, *self.keys[:1]) if self.apart else ()
        return " · ".join(filter(None, said)) or self.apart

    @property
    def label(self):
        return f"{self.word} ({self.beside})" if self.beside else self.word


class Places(dict):
    """Key of a place → its `Place`. `filled`: (table, row number) → (name, country) of rows whose
    cells mean what the cells above them say. `keys_of`: (name, country) as they stand → key.
    `of_rows`: (table, row number) → key, of cities that have namesakes in the list."""

    def __init__(self, columns):
        super().__init__()
        self.columns = columns
        self.filled, self.keys_of, self.of_rows = {}, {}, {}


class PlaceColumns:
    """The columns of a list that name cities and their countries, and tell them apart.

    `counting`: the column of keys that only counts the rows, and so tells nothing.
    `longitude_first`: whether those with both coordinates begin with the longitude.
    """

    def __init__(self, draft):
        are_cities = draft.target == Target.CITIES
        self.names = draft.used_as("name" if are_cities else "city")
        self.countries, self.states = draft.used_as("country"), draft.used_as("state")
        self.keys = draft.used_as("key") if are_cities else []
        self.counting = []
        if self.keys and count_rows(draft.rows, self.keys):
            self.keys, self.counting = [], self.keys
        axes = ("point", "latitude", "longitude") if are_cities else ()
        self.axes = [(axis, uses) for axis in axes if (uses := draft.used_as(axis))]
        self.has_points = bool(self.axes)
        self.marks = marks_of_notes(draft.layouts) if self.names else {}
        pairs = draft.used_as("point") if are_cities else []
        texts = (words_in(row, pairs) for row in draft.rows if pairs)
        self.longitude_first = points.has_longitude_first(texts)
        self.fills = tuple(map(is_filled, (self.names, self.countries, self.states)))
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
        return self.without_mark(words_in(row, self.names))[0], country

    def without_mark(self, name):
        """(the name of a city without the mark of a note below the table, that note)."""
        for mark, note in self.marks.items():
            if name.endswith(mark) and (bare := name.removesuffix(mark).rstrip()):
                return bare, note
        return name, ""

    def note_of(self, row):
        """The note below the table to which the name of a city leads, as in “Trento (a)”."""
        return self.without_mark(words_in(row, self.names))[1] if self.marks else ""

    def with_fills(self, rows):
        """(row, name, country, state, whether the cells above said one of them)."""
        table, above = None, ("", "", "")
        for row in rows:
            if row.table != table:
                table, above = row.table, ("", "", "")
            said = own = (*self.in_row(row), words_in(row, self.states))
            if any(self.fills):
                said = tuple(
                    mine or (upper if fills else "")
                    for mine, upper, fills in zip(own, above, self.fills, strict=True)
                )
                above = said
            yield row, *said, said != own

    def key_in(self, row):
        """What names a row in the list of cities, as it stands there."""
        return words_in(row, self.keys).strip() if self.keys else ""

    def point_in(self, row):
        """(latitude, longitude) of a row; None where it does not say both."""
        found = {}
        for axis, uses in self.axes:
            try:
                text = words_in(row, uses)
                read = self.read_point(text, "" if axis == "point" else axis) if text else {}
            except Unclear:
                continue
            found = {**read, **found}
        pair = found.get("latitude"), found.get("longitude")
        return None if None in pair else (float(pair[0]), float(pair[1]))

    def read_point(self, text, axis):
        return points.read_point(text, axis, self.longitude_first)[0]


def marks_of_notes(layouts):
    """Mark of a note below the list, as it stands behind a name → the note; “**” before “*”."""
    found = {}
    for layout in layouts:
        for number, values in layout.table.rows if layout.is_taken else ():
            if number in layout.left_out and (texts := present(values)):
                note = cells.as_text(texts[0]).strip()
                if mark := MARK.match(note):
                    found.setdefault(mark[0].strip(), note)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def names_decided(decided):
    """The folded names of the places of which a person, or a kept mapping, said what they are."""
    special = COUNTRY, REST, KEY
    return {NAME.match(key)[0] for key in decided if not key.startswith(special)}


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
