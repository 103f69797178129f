"""The rows of our sheets that a list becomes."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Doubt:
    """Something that a person should look at: where it stands in their file (`table`, `row`,
    `column`), and the cell of ours that it went into (`sheet`, `our_row` as an index into the rows
    of the sheet, `header`), if it went anywhere."""

    message: str
    table: str
    row: int
    column: str = ""
    words: str = ""
    sheet: str = ""
    our_row: int | None = None
    header: str = ""


@dataclass(slots=True)
class Made:
    """`sheets`: name → rows, each a dictionary by our headers. `left_out`: (table, row number,
    words of the row, why)."""

    sheets: dict = field(default_factory=dict)
    doubts: list = field(default_factory=list)
    left_out: list = field(default_factory=list)


def make(draft, *, most=None, progress=None):
    """The `Made` of a draft; with `most`, of its first rows alone. `progress` is called with the
    number of rows done; what it raises ends the work."""
    raise NotImplementedError
