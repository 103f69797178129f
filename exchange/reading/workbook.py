"""What was read from a file of any format, and limits of all formats."""

from dataclasses import dataclass, field

from intake.refusals import too_many_rows

from .. import cells
from ..sheets import SHEETS
from .written import Written

DOUBTS, NOT_USED = "Doubts", "Not used"
OUR_OTHER_SHEETS = ("Read me", "Lists", "What is wrong", DOUBTS, NOT_USED)
"""Sheets that we write for people. They are not read."""

MOST_COLUMNS = 16_384
"""What a sheet has in every spreadsheet program."""

MOST_CELLS = 4_000_000
"""Cells of one workbook from A1 to the last one. Empty ones take memory too."""


@dataclass(slots=True)
class Appearance:
    """What a sheet shows besides its values. Rows count from 1, columns from 0.

    `struck_rows`: all that they hold is struck through. `struck_cells`: (row, column) in other
    rows. `addresses`: (row, column) → the address behind the text. `totals`: of tables, and
    `merged`: cells that are one, each as (first row, first column, last row, last column).
    `uneven`: of a text file, row → how many cells it has, where that is another number than in most
    rows; `misquoted`: rows of it whose quotation marks are not in pairs; `undecoded`: rows with
    bytes that are no letters, in a text of another form.
    """

    is_hidden: bool = False
    hidden_rows: set = field(default_factory=set)
    hidden_columns: set = field(default_factory=set)
    struck_rows: set = field(default_factory=set)
    struck_cells: list = field(default_factory=list)
    addresses: dict = field(default_factory=dict)
    totals: list = field(default_factory=list)
    merged: list = field(default_factory=list)
    uneven: dict = field(default_factory=dict)
    misquoted: list = field(default_factory=list)
    undecoded: list = field(default_factory=list)


@dataclass(slots=True)
class SheetData:
    """`rows`: (row number as shown, values), as wide as `headers`; empty rows are left out.

    `above`: rows above the headers, and `totals`: the numbers of rows with totals; neither is data.
    `linked`: (row, column, text) of cells that have the address behind their text.
    """

    name: str
    header_row: int = 1
    headers: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    above: list = field(default_factory=list)
    totals: list = field(default_factory=list)
    linked: list = field(default_factory=list)
    appearance: Appearance = field(default_factory=Appearance)


@dataclass
class Workbook:
    """`sheets` by their folded names; `unknown`: visible sheets with content, left unread.

    `written`: when it was, if it says so.
    """

    sheets: dict
    unknown: list
    found: list
    from_1904: bool = False
    written: Written | None = None

    @property
    def rows(self):
        """The number of data rows."""
        return sum(len(sheet.rows) for sheet in self.sheets.values())


def known_names():
    return {cells.folded(sheet.sheet_name) for sheet in SHEETS}


def skipped_names():
    return {cells.folded(name) for name in OUR_OTHER_SHEETS}


def sheet_data(name, rows, rows_left):
    """The sheet of rows as (number, values), none of them empty. The first row has the headers.

    `rows_left`: how many rows of data there may be.
    """
    data = SheetData(name)
    width = 0
    for number, row in rows:
        if len(row) > width:
            width = len(row)
        if not data.headers:
            data.header_row, data.headers = number, row
            continue
        data.rows.append((number, row))
        if len(data.rows) > rows_left:
            raise too_many_rows()
    data.headers.extend([""] * (width - len(data.headers)))
    for _number, row in data.rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return data
