"""What becomes of a column of a list."""

from dataclasses import dataclass

from ..table.layout import SourceColumn

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
