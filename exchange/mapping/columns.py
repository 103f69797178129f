"""What the rows of a list become, and what each of its columns is."""

from dataclasses import dataclass

from .layout import SourceColumn

NOT_IMPORTED = ""


@dataclass(slots=True)
class Use:
    """What becomes of a column. `field`: the code of a `fields.Field`, or `NOT_IMPORTED`.

    `has_title`: its header stands before its text, where several columns are joined.
    `fills_down`: an empty cell means what the cell above says, as in merged cells. `separator`:
    what stands between several words of a cell. `is_guess`: nobody has decided it; `why` says what
    the guess goes by.
    """

    column: SourceColumn
    field: str = NOT_IMPORTED
    has_title: bool = False
    fills_down: bool = False
    separator: str = ""
    is_guess: bool = True
    why: str = ""


def guess_target(columns, rows):
    """(the code of a `Target`, why in words) of what the rows are likely to be."""
    raise NotImplementedError


def guess_uses(target, columns, rows, decided):
    """The `Use` of each column.

    `decided`: {"columns": {key of the column: {"field": …, "has_title": …, "fills_down": …,
    "separator": …}}}. `rows`: a list of `SourceRow`.
    """
    raise NotImplementedError
