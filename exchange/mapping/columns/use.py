"""What becomes of a column of a list."""

from dataclasses import dataclass

from ... import cells
from ..table.layout import SourceColumn, SourceRow

NOT_IMPORTED = ""


@dataclass(slots=True)
class Use:
    """What becomes of a column. `field`: the code of a `fields.Field`, or `NOT_IMPORTED`.

    `has_title`: its header stands before its text, where several columns are joined. `kept_title`:
    the header that it had when the mapping was kept, which goes on standing there.
    `fills_down`: an empty cell means what the cell above says, as in merged cells. `separator`:
    what stands between several words of a cell. `is_guess`: nobody has decided it; `why` says what
    the guess goes by. `is_held_back`: it is guessed not to be imported because it may not be for
    the public.
    """

    column: SourceColumn
    field: str = NOT_IMPORTED
    has_title: bool = False
    fills_down: bool = False
    separator: str = ""
    kept_title: str = ""
    is_guess: bool = True
    why: str = ""
    is_held_back: bool = False

    @property
    def title(self):
        return self.kept_title or self.column.name


def filled_down(rows, uses):
    """The rows, with an empty cell of a column that fills down as the one above it in its table."""
    filling = [use.column.at for use in uses if use.fills_down]
    last = {}
    for row in rows:
        if filling:
            values = list(row.values)
            for at in filling:
                if cells.is_empty(values[at]):
                    values[at] = last.get((row.table, at), "")
                last[row.table, at] = values[at]
            row = SourceRow(row.table, row.number, values)
        yield row
