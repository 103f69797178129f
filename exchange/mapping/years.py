"""Years in headers, and which action and figure each measure of a list is."""

import datetime
from dataclasses import dataclass, field

from .formats import Reading


@dataclass(slots=True)
class YearColumn:
    """`kind`: "progress", "target", or "" where the column is not imported."""

    key: str
    year: int
    kind: str
    is_guess: bool = True


@dataclass(slots=True)
class Measured:
    """What a measure of the list is here. `word`: as it stands there, of `count` rows.

    `action`: the number of an action of the city, or "new" for one of the type `action_type`, named
    by the measure. `figure`: the key of an official measure of the type, or "own" for an own figure
    of the `figure_kind` (`actions.OwnFigure.Kind`) in `unit`. "" for `action`: not imported.
    """

    word: str
    count: int
    action: str = ""
    action_type: str = ""
    figure: str = "own"
    figure_kind: str = ""
    unit: str = ""
    is_guess: bool = True


@dataclass(slots=True)
class Observation:
    """One figure of an action: a row of Baselines, Targets or Progress.

    `action`: the number of an action, or the reference of one that the same workbook makes.
    `measure`: key of an official measure, or the name of an own figure. `kind`: a
    `Statement.Kind`. `at`: (table, row number, column) from which the reading comes.
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


@dataclass(slots=True)
class Years:
    """`first_is_baseline`: the first year of a measure becomes its starting point, not progress.

    `month_and_day`: of a progress report that has a year only, "12-31".
    """

    columns: list = field(default_factory=list)
    measures: list = field(default_factory=list)
    first_is_baseline: bool = True
    month_and_day: str = "12-31"
    is_guess: bool = True


def guess_years(draft, decided):
    """The `Years` of a list of statements; empty for other targets.

    `decided`: {"columns": {key: {"kind": …, "year": …}}, "measures": {folded word: {…}},
    "first_is_baseline": …}.
    """
    raise NotImplementedError
