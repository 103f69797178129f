"""What was read of a profile, and what is doubtful in it."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .stream import Place


@dataclass(slots=True)
class Value:
    """The words in a gap of a sentence; `number` where they are plainly that. Where a number is
    meant, `unit` and `precision` are there, so that none of before stays in an import."""

    key: str
    words: str
    number: Any = None
    unit: str = ""
    precision: str = ""


@dataclass(slots=True)
class Statement:
    """`kind`: Baselines, Targets or Progress. `text`: what no value says. `has_day`: whether words
    of a last update stand below it, also such as are no day."""

    kind: str
    place: Place
    values: list[Value] = field(default_factory=list)
    text: str = ""
    year: int | None = None
    day: datetime.date | None = None
    source: str = ""
    updated_on: datetime.date | None = None
    has_day: bool = False


@dataclass(slots=True)
class Action:
    """`type_code` is empty where the printed `type_name` is not official."""

    place: Place
    type_name: str
    type_code: str = ""
    description: str = ""
    statements: list[Statement] = field(default_factory=list)
    number: int = 0


@dataclass(slots=True)
class Commitment:
    place: Place
    name: str
    code: str = ""


@dataclass(slots=True)
class Item:
    """Something linked, on a step (its code) or in the hub (no step)."""

    place: Place
    title: str
    url: str
    summary: str = ""
    step: str = ""


@dataclass(slots=True)
class Doubt:
    """`sheet`, `thing` and `header` name the cell that it concerns, where there is one.

    `needs_person`: nothing is right until somebody has decided. `cell`: the address of the cell in
    the workbook that was written last.
    """

    place: Place
    words: str
    message: str
    sheet: str = ""
    thing: Any = None
    header: str = ""
    needs_person: bool = False
    cell: str = ""


@dataclass(slots=True)
class NotUsed:
    """`is_unknown`: nothing says what the line is, so somebody should look at it."""

    place: Place
    text: str
    why: str
    is_unknown: bool = False


@dataclass(slots=True)
class Profile:
    """`slug` and the numbers of actions are given by `stored.place_all`. `perhaps`: names of which
    one may be the city's. `start`: the first line. `is_ours`: whether this platform made the
    document. `is_second`: another file has this city too."""

    file_name: str
    name: str = ""
    perhaps: list[str] = field(default_factory=list)
    local_name: str = ""
    day: datetime.date | None = None
    about: str = ""
    population: int | None = None
    population_year: int | None = None
    area: Decimal | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    website: str = ""
    country: str = ""
    head_name: str = ""
    head_title: str = ""
    head_statement: str = ""
    language: str = ""
    slug: str = ""
    start: Place = Place(1, 0)
    is_ours: bool = False
    is_second: bool = False
    commitments: list[Commitment] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    not_used: list[NotUsed] = field(default_factory=list)

    def doubt(self, place, words, message, **about):
        self.doubts.append(Doubt(place, words, message, **about))

    def doubts_in_order(self):
        """The doubts as their lines stand in the document."""
        return sorted(self.doubts, key=lambda one: one.place.line)

    def statements(self, kind):
        """(action, statement) of each statement of a kind."""
        for action in self.actions:
            for statement in action.statements:
                if statement.kind == kind:
                    yield action, statement
