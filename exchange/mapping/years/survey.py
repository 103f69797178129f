"""What the rows of a list of figures measure, in one pass over them."""

from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from profiles.dates import latest_today

from ... import cells
from ...problems import CellError
from ..columns.use import filled_down
from ..numbers import formats, unit_words
from ..numbers.formats import Format
from ..places import places
from ..words import words
from ..words.blanks import is_blank_text
from .header_years import BASELINE, PROGRESS, TARGET

MOST_SAMPLES = 60
"""Values of a measure that tell its kind."""

SURELY_FRACTION = Decimal("0.1")
"""A share that grows up to this or more, and never above 1, is no small percentage."""


@dataclass(slots=True)
class ValueCell:
    """A value of a row, and of when it is. `kind`: of the statement that it becomes. `problem`: why
    it is not known. `is_said`: whether the list itself says which figures are starting points."""

    use: Any
    value: Any
    year: int | None = None
    kind: str = PROGRESS
    problem: str = ""
    is_said: bool = False
    notes: tuple = ()


@dataclass(slots=True)
class Seen:
    """What was seen of a measure. `samples`: readings of its first numbers. `most`: the largest of
    those without a sign for percent; `has_parts`: whether one lies between 0 and 1. `moments`:
    (city, kind, year) → (number of the row, figure) of the first that says it. `twice`: (year, row,
    other row) of the first two that say different figures for the same moment. `starts`, `aims`:
    city → (year, reading) of its first figure, of its last target."""

    word: str
    count: int = 0
    units: Counter = field(default_factory=Counter)
    samples: list = field(default_factory=list)
    most: Decimal = Decimal(0)
    has_parts: bool = False
    cities: set = field(default_factory=set)
    moments: dict = field(default_factory=dict)
    twice: tuple = ()
    starts: dict = field(default_factory=dict)
    aims: dict = field(default_factory=dict)

    @property
    def falls(self):
        """Whether each target lies below the first figure of its city."""
        both = self.starts.keys() & self.aims.keys()
        pairs = [(self.starts[city][1], self.aims[city][1]) for city in both]
        comparable = [(start, aim) for start, aim in pairs if start.unit == aim.unit]
        return bool(comparable) and all(aim.number < start.number for start, aim in comparable)

    @property
    def is_looked_at(self):
        """Whether more values can tell more: of percent, each may be above 1."""
        few = len(self.samples) < MOST_SAMPLES
        return few or (self.most <= 1 and self.samples[0].unit == "percent")

    @property
    def share(self):
        """How its numbers are percent, as `Measured.share`."""
        if self.most > 1 or not self.has_parts:
            return "percent"
        return "fraction" if self.most >= SURELY_FRACTION else None


class RowReader:
    """Reads what a row of a list of figures says. `columns`: its `YearColumn`s. `name`: of the
    measure, where no column says it; `in_headers`: the same by the key of a column of years, where
    they are of several measures."""

    def __init__(self, draft, columns, name, in_headers):
        self.draft, self.name, self.in_headers = draft, name, in_headers
        self.uses = {
            code: draft.used_as(code)
            for code in (
                *("measure", "unit", "year", "kind", "value", "value_of_year", "text"),
                *("source", "source_url", "action"),
            )
        }
        self.years = {one.key: one for one in columns}
        self.this_year = latest_today().year
        self.says_baselines = says(draft, self.uses["kind"], BASELINE)
        self.read_years, self.forms = {}, {}

    def text(self, code, row, between=" "):
        """What the columns of a field say, with the titles that they are to have."""
        parts = []
        is_nothing = is_blank_text if code in ("text", "source") else words.is_blank
        for use in self.uses[code]:
            value = row.values[use.column.at]
            if not is_nothing(value):
                word = cells.as_text(value).strip()
                parts.append(f"{use.title}: {word}" if use.has_title else word)
        return between.join(parts)

    def measure(self, row):
        return self.text("measure", row) if self.uses["measure"] else self.name

    def measure_at(self, use, row):
        """The measure of a cell of a row."""
        if self.in_headers:
            return self.in_headers.get(use.column.key, "")
        return self.measure(row)

    def measures(self, row):
        """[(measure, its `ValueCell`s)] of a row."""
        if not self.in_headers:
            return [(self.measure(row), list(self.values(row)))]
        found = {}
        for cell in self.values(row):
            name = self.in_headers.get(cell.use.column.key, "")
            found.setdefault(name, []).append(cell)
        return list(found.items())

    def unit(self, row, measure):
        """The unit of a row: of its column, else of the words of its measure."""
        return self.text("unit", row) or unit_in_words(measure)

    def format_of(self, use, share=""):
        """The `Format` of a column; with `share`, as its measure writes percent."""
        key = use.column.key, share
        if key not in self.forms:
            form = self.draft.formats.get(use.column.key) or Format(use.column.key)
            if share:
                own = "fraction" if share == "fraction" else ""
                asks = tuple(name for name in form.asks if name != "share")
                form = replace(form, share=own, asks=asks, known={})
            self.forms[key] = form
        return self.forms[key]

    def values(self, row):
        """The `ValueCell`s of a row that are not empty."""
        for use in self.uses["value_of_year"]:
            column, value = self.years.get(use.column.key), row.values[use.column.at]
            if column and column.kind and not words.is_blank(value):
                notes = (column.note,) if column.note else ()
                cell = ValueCell(use, value, column.year, column.kind, notes=notes)
                cell.is_said = column.kind == BASELINE
                if column.year is None:
                    cell.problem = _("Its year is not known.")
                yield cell
        for use in self.uses["value"]:
            value = row.values[use.column.at]
            if not words.is_blank(value):
                yield self.moment(ValueCell(use, value), row)

    def moment(self, cell, row):
        """A value of a long table with the year and kind that its row says."""
        try:
            cell.year, cell.notes = self.year(row)
            codes = [
                code
                for use in self.uses["kind"]
                for code in words.read_words(self.draft, use.column, row) or ()
            ]
        except CellError as error:
            cell.problem = str(error)
            return cell
        if codes:
            cell.kind = codes[0]
            cell.is_said = cell.kind == BASELINE or self.says_baselines
        elif cell.year and cell.year > self.this_year:
            cell.kind = TARGET
        if cell.year is None and cell.kind == PROGRESS:
            cell.problem = _("It says no year.")
        return cell

    def year(self, row):
        """(year or None, notes) of a row. Raises CellError."""
        for use in self.uses["year"]:
            value = row.values[use.column.at]
            if words.is_blank(value):
                continue
            key = type(value), str(value)
            if key not in self.read_years:
                form = self.format_of(use)
                self.read_years[key] = formats.read_year(
                    value, form, from_1904=self.draft.book.from_1904
                )
            return self.read_years[key]
        return None, ()


def says(draft, uses, kind):
    """Whether a word of one of these columns means a kind of statement."""
    return any(
        word.becomes == kind
        for use in uses
        if use.column.key in draft.words
        for word in draft.words[use.column.key].words
    )


@lru_cache(maxsize=2_000)
def unit_in_words(words):
    """The unit that the words of a measure name, with its multiplier, as a cell would say it."""
    unit, times = unit_words.unit_in_header(words)
    return unit if times == 1 else f"{times:f} {unit}".strip()


def survey(draft, reader):
    """(folded word → `Seen`, (address, folded word) → its first observed year, pairs of those that
    the list itself gives a starting point)."""
    seen, first, given, keys = {}, {}, set(), {}
    for row in filled_down(draft.rows, draft.uses):
        city = city_or_none(draft, row)
        if city == "":
            continue
        # Cities that are not decided yet are different ones all the same.
        place = places.place_of(draft, row) if city is None else None
        where = city if place is None else (place.label, place.country)
        for word, found in reader.measures(row):
            if not word:
                continue
            if word not in keys:
                keys[word] = cells.folded(word)
                seen.setdefault(keys[word], Seen(word))
            key = keys[word]
            one = seen[key]
            one.count += 1
            one.cities.add(city)
            if unit := reader.unit(row, word):
                one.units[unit] += 1
            for cell in found:
                look_at_cell(one, cell, where, row, reader, unit)
                note_year(cell, (where, key), first, given)
    return seen, first, given


def look_at_cell(seen, cell, city, row, reader, unit):
    """Add what a cell tells of its measure. `city`: its address, or what else tells it apart."""
    if seen.is_looked_at:
        look_at(seen, cell, reader, unit)
    if not cell.problem:
        look_for_another(seen, cell, city, row)
        look_at_ends(seen, cell, city, reader, unit)


def note_year(cell, pair, first, given):
    """Note the first observed year of a city and measure, and a starting point that is given."""
    if cell.kind == BASELINE:
        given.add(pair)
    elif cell.kind == PROGRESS and cell.year and not (cell.is_said or cell.problem):
        first[pair] = min(first.get(pair, cell.year), cell.year)


def city_or_none(draft, row):
    """The address of the city of a row, "" where it is left out, None where nothing is known."""
    try:
        return places.city_of(draft, row)
    except CellError:
        return None


def look_at(seen, cell, reader, unit):
    """Add a value to what was seen of its measure."""
    read = number_of(cell, reader, unit)
    if read is None:
        return
    if len(seen.samples) < MOST_SAMPLES:
        seen.samples.append(read)
    if not has_percent_sign(cell.value):
        seen.most = max(seen.most, read.number)
        seen.has_parts = seen.has_parts or 0 < read.number < 1


def number_of(cell, reader, unit):
    """The `Reading` of a cell that is a number; None of others."""
    try:
        read = formats.read_number(cell.value, reader.format_of(cell.use, "percent"), unit)
    except CellError:
        return None
    return None if read.number is None else read


def look_at_ends(seen, cell, city, reader, unit):
    """Keep the first figure of a city, and its last target."""
    is_aim = cell.kind == TARGET
    year = 0 if cell.kind == BASELINE else cell.year or 0
    kept = seen.aims if is_aim else seen.starts
    if city in kept and (year <= kept[city][0] if is_aim else year >= kept[city][0]):
        return
    if read := number_of(cell, reader, unit):
        kept[city] = year, read


def look_for_another(seen, cell, city, row):
    """Note the first two cells that say different figures for the same moment."""
    if seen.twice:
        return
    figure = cells.as_text(cell.value).strip()
    number, known = seen.moments.setdefault((city, cell.kind, cell.year), (row.number, figure))
    if known != figure:
        seen.twice = cell.year, number, row.number


def has_percent_sign(value):
    return isinstance(value, cells.Percent) or (isinstance(value, str) and "%" in value)
