"""What is made of a list: rows of our sheets, doubts, and what was left out."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

VARYING = re.compile(r"“[^”]*”|\d[\d.,:/-]*")
"""What differs between doubts of one kind: words of the cells, numbers, days."""

MOST_RANGES = 6


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
class Kind:
    """Doubts that say the same of one column. `rows`: their numbers in words, such as 5–8, 12."""

    first: Doubt
    count: int
    rows: str


def by_kind(doubts):
    """The `Kind`s of doubts, in the order of the first of each."""
    kinds = {}
    for doubt in doubts:
        where = doubt.table, doubt.column, doubt.sheet, doubt.header
        kinds.setdefault((*where, VARYING.sub("…", doubt.message)), []).append(doubt)
    return [Kind(some[0], len(some), ranges([one.row for one in some])) for some in kinds.values()]


def ranges(numbers):
    """Numbers of rows in words, those that follow each other as one."""
    numbers = sorted(set(numbers))
    starts = [numbers[0], *(later for one, later in pairwise(numbers) if later > one + 1)]
    ends = [*(one for one, later in pairwise(numbers) if later > one + 1), numbers[-1]]
    parts = [
        f"{start}–{end}" if end > start else str(start)  # noqa: RUF001 (the dash of ranges)
        for start, end in zip(starts[:MOST_RANGES], ends, strict=False)
    ]
    return ", ".join(parts) + (", …" if len(starts) > MOST_RANGES else "")


@dataclass(slots=True)
class Made:
    """`sheets`: name → rows, each a dictionary by our headers. `left_out`: (table, row number,
    words of the row, why); 0 for what is no row: a column, a table. `new_from`: as in
    `Numbering`."""

    sheets: dict = field(default_factory=dict)
    doubts: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    new_from: dict = field(default_factory=dict)

    @property
    def counts(self):
        """Sheet → how many rows of it were made."""
        return {sheet: len(rows) for sheet, rows in self.sheets.items() if rows}

    @property
    def open_doubts(self):
        """Those that a person should look at."""
        return [doubt for doubt in self.doubts if doubt.needs_person]
