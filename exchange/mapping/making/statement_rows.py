"""Starting points, targets and progress, gathered by what the import takes for one statement."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actions.models import Measure, Statement, Value
from actions.quantities import bounds_of
from intake import numbers
from intake.numbers import Unclear

from ...problems import CellError
from ..numbers.formats import Doubtful

SHEETS = {
    Statement.Kind.BASELINE: ("Baselines", "Year"),
    Statement.Kind.TARGET: ("Targets", "Due year"),
    Statement.Kind.PROGRESS: ("Progress", "Date"),
}
"""Kind → (the sheet, its column of the year or day)."""


@dataclass(slots=True)
class Entry:
    """A value of a statement. `figure`: a `Measure` or an `OwnFigure`; `row` and `use`: where it
    comes from. `others`: (row, use) of those that say another number for the same moment."""

    figure: Any
    name: str
    value: Decimal | str
    unit: str
    precision: str
    row: Any
    use: Any
    notes: list
    others: list = field(default_factory=list)


@dataclass(slots=True)
class Gathered:
    """A statement. `shared`: header → texts, one below the other, and from which row."""

    kind: str
    city: str
    number: int
    moment: Any
    row: Any
    use: Any = None
    entries: dict = field(default_factory=dict)
    texts: list = field(default_factory=list)
    sources: list = field(default_factory=list)
    source_url: str = ""
    notes: list = field(default_factory=list)


class StatementRows:
    """Gathers statements for a `Maker`, and makes their rows in the end."""

    def __init__(self, maker):
        self.maker = maker
        self.gathered = {}

    def statement(self, kind, city, number, moment, row, use=None):
        """The statement that this belongs to: an action has one starting point, a target for each
        year and progress for each day."""
        key = kind, city, number, None if kind == Statement.Kind.BASELINE else moment
        found = self.gathered.get(key)
        if found is None:
            found = self.gathered[key] = Gathered(kind, city, number, moment, row, use)
        if found.moment is None:
            found.moment = moment
        elif moment not in (None, found.moment):
            words = _("The action has a starting point of %s already: this one is left out.")
            raise CellError(words % found.moment)
        return found

    def add_value(self, statement, entry):
        """Add an `entry_of` a number."""
        known, row, use = statement.entries.setdefault(entry.name, entry), entry.row, entry.use
        if known is entry:
            return
        if (known.value, known.unit) == (entry.value, entry.unit):
            words = _("Row %d says the same figure.") % known.row.number
            self.maker.note(words, row, use)
        else:
            known.others.append((row, use))

    def write(self):
        """Make the rows of what was gathered so far."""
        for kind, (sheet, moment) in SHEETS.items():
            for statement in self.gathered.values():
                if statement.kind == kind:
                    self.write_statement(statement, sheet, moment)
        self.gathered.clear()

    def write_statement(self, statement, sheet, moment):
        maker, first = self.maker, None
        entries = [one for one in statement.entries.values() if not self.doubt_twice(one)]
        if not (entries or statement.texts):
            return
        for entry in entries or [None]:
            at = maker.begin(sheet, **{"City": statement.city, "Action number": statement.number})
            first = at if first is None else first
            if entry is not None:
                self.write_value(entry, sheet, at)
            maker.put(statement.moment, statement.row, statement.use, sheet, at, moment)
        shared = {
            "Text": "\n".join(dict.fromkeys(statement.texts)),
            "Source": "; ".join(dict.fromkeys(statement.sources)),
            "Source link": statement.source_url,
        }
        for header, text in shared.items():
            maker.put(text, statement.row, statement.use, sheet, first, header)
        for message, row, use in statement.notes:
            maker.note(message, row, use, sheet=sheet, at=first, header=moment)

    def doubt_twice(self, entry):
        """Leave out a value of which rows say several; whether it is so."""
        if not entry.others:
            return False
        alike = [(entry.row, entry.use), *entry.others]
        rows = ", ".join(str(row.number) for row, _use in alike)
        words = _(
            "“%(name)s”: rows %(rows)s say different figures for the same moment, and nothing "
            "tells them apart. None of them is taken."
        )
        for row, use in alike:
            self.maker.doubt(words % {"name": entry.name, "rows": rows}, row, use)
        return True

    def write_value(self, entry, sheet, at):
        """Write a number whole: with its unit and precision, so that none of before stays."""
        if entry.figure.is_own:
            statement = self.maker.made.sheets[sheet][at]
            self.maker.need_figure(statement["City"], statement["Action number"], entry.figure)
        cells = {"Measure": entry.name, "Value": entry.value}
        cells |= {"Unit": entry.unit or entry.figure.unit}
        cells |= {"Precision": entry.precision or Value.Precision.EXACTLY.value}
        row = self.maker.made.sheets[sheet][at]
        row.update((header, value) for header, value in cells.items() if value not in ("", None))
        for note in entry.notes:
            self.maker.note(note, entry.row, entry.use, sheet=sheet, at=at, header="Value")


def entry_of(figure, reading, row, use):
    """A number as the `Entry` of a figure. Raises CellError where the figure does not take it."""
    unit = unit_for(figure, reading.unit)
    number, notes = checked(figure, reading, unit)
    name = figure.name if figure.is_own else figure.key
    unit = unit if unit != figure.unit else ""
    return Entry(figure, name, number, unit, reading.precision, row, use, notes)


def unit_for(figure, unit):
    """The unit of a number for a figure: “number” or “pieces” is that of any figure of counts."""
    is_count = unit == "count" and figure.kind == Measure.Kind.COUNT
    return figure.unit if is_count else unit


def checked(figure, reading, unit):
    """(the number as it is stored for a figure, notes). Raises CellError."""
    try:
        number, rounded = numbers.fitted(reading.number, bounds_of(figure))
        value = Value.of(figure, number=number, unit=unit)
        value.clean()
    except Unclear as error:
        raise CellError(str(error)) from error
    except ValidationError as error:
        raise CellError(" ".join(error.messages)) from error
    return number, [*reading.notes, *([Doubtful(rounded)] if rounded else [])]
