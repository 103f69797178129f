"""What is made of a list: rows of our sheets, doubts, and what was left out."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Doubt:
    """Something that a person should look at: where it stands in their file (`table`, `row`,
    `column`), and the cell of ours that it went into (`sheet`, `our_row` as an index into the rows
    of the sheet, `header`), if it went anywhere. `needs_person`: else it only says how the cell was
    understood."""

    message: str
    table: str
    row: int
    column: str = ""
    words: str = ""
    sheet: str = ""
    our_row: int | None = None
    header: str = ""
    needs_person: bool = True


@dataclass(slots=True)
class Made:
    """`sheets`: name → rows, each a dictionary by our headers. `left_out`: (table, row number,
    words of the row, why); 0 for what is no row: a column, a table."""

    sheets: dict = field(default_factory=dict)
    doubts: list = field(default_factory=list)
    left_out: list = field(default_factory=list)

    @property
    def counts(self):
        """Sheet → how many rows of it were made."""
        return {sheet: len(rows) for sheet, rows in self.sheets.items() if rows}

    @property
    def open_doubts(self):
        """Those that a person should look at."""
        return [doubt for doubt in self.doubts if doubt.needs_person]

    @property
    def kinds_of_doubts(self):
        """[(message, how many have it)], the most frequent first."""
        return Counter(doubt.message for doubt in self.doubts).most_common()
