"""What the years and measures of a list are here, and the figures that its rows give."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from ...cells import folded
from ..numbers.formats import Reading
from .header_years import name_in_header

NEW_ACTION = "new"
OWN = "own"


@dataclass(slots=True)
class YearColumn:
    """`kind`: "progress", "target", "baseline", or "" where the column is not imported. `header`:
    as it stands there. `why`: what the guess goes by. `note`: on the year, where the header does
    not say it so."""

    key: str
    year: int | None
    kind: str
    is_guess: bool = True
    header: str = ""
    why: str = ""
    note: str = ""


@dataclass(slots=True)
class Measured:
    """What a measure of the list is here. `word`: as it stands there, of `count` rows.

    `action`: the number of an action of the city, or "new" for one of the type `action_type`, named
    by the measure. `figure`: the key of an official measure of the type, or "own" for an own figure
    of the `figure_kind` (`actions.OwnFigure.Kind`) in `unit`. "" for `action`: not imported.
    `share`: of percent, "fraction" where its numbers are parts of 1, as 0.183 for 18.3 %, "percent"
    where they are not, None where they do not tell. `types`: codes of action types, the likeliest
    first. `units`: as they stand in the list. `why`: what the guess goes by. `is_open`: whether
    something is to be decided without a guess, also where it was decided since. `twice`: (year,
    number of a row, of another) of two that say different figures; () for none. `falls`: of
    an own figure, whether less is better.
    """

    word: str
    count: int
    action: str = ""
    action_type: str = ""
    figure: str = OWN
    figure_kind: str = ""
    unit: str = ""
    is_guess: bool = True
    share: str | None = ""
    types: tuple = ()
    units: tuple = ()
    why: str = ""
    is_open: bool = False
    twice: tuple = ()
    falls: bool = False

    @property
    def is_new(self):
        return self.action == NEW_ACTION


@dataclass(slots=True)
class Observation:
    """One figure of an action: a row of Baselines, Targets or Progress.

    `action`: the number of an action, or the reference of one that the same workbook makes.
    `measure`: key of an official measure, or the name of an own figure. `kind`: a
    `Statement.Kind`. `at`: (table, row number, key of the column) from which the reading comes.
    `measured`: what its measure is. `problem`: why the cell cannot be taken; then nothing of it is
    written. `of_many`: what holds for many cells, and is said once.
    """

    city: str
    action: int | str
    measure: str
    kind: str
    reading: Reading
    year: int | None = None
    day: datetime.date | None = None
    text: str = ""
    source: str = ""
    source_url: str = ""
    at: tuple = ()
    measured: Measured | None = None
    problem: str = ""
    of_many: tuple = ()


@dataclass(slots=True)
class Years:
    """`first_is_baseline`: the first year of a measure becomes its starting point, not progress.

    `name`: what is measured, where no column says it (`needs_name`); "" until it is decided.
    `month_and_day`: of a progress report that has a year only, "12-31". `by_word`: folded word →
    its `Measured`. `first_years`: (address of a city, folded word) → the year that becomes its
    starting point. `actions`: the actions of the one city of the list. `city`: its address, or ""
    where the list is about several. `guesser`: knows the official measures. `reader`: of its
    rows.
    """

    columns: list = field(default_factory=list)
    measures: list = field(default_factory=list)
    first_is_baseline: bool = True
    month_and_day: str = "12-31"
    is_guess: bool = True
    name: str = ""
    needs_name: bool = False
    by_word: dict = field(default_factory=dict)
    first_years: dict = field(default_factory=dict)
    actions: list = field(default_factory=list)
    city: str = ""
    guesser: Any = None
    reader: Any = None

    @property
    def in_headers(self):
        """Key of a column of years → the measure that its header names, where they are of several
        measures and nobody has said that they are one."""
        if self.name or not self.needs_name:
            return {}
        said = {one.key: name_in_header(one.header) for one in self.columns if one.kind}
        names = {folded(name) for name in said.values() if name}
        return said if len(names) > 1 else {}
