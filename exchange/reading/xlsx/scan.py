"""A scan of the XML of one sheet before its cells are read: limits, marks, empty rows left out.

The reader of cells lays out everything from A1 to the last cell and copies a shared text for every
cell that shows it, so a small file could take all memory. The sheet is looked through row by row
by its bytes, as spreadsheet programs write them; a sheet that is written in another way is parsed
as a whole, which is slower and finds the same.
"""

import re
from itertools import chain

from intake.refusals import (
    cell_too_far,
    damaged_workbook,
    too_many_rows,
    workbook_too_large_unpacked,
)

from ..workbook import MOST_CELLS
from .cell_types import Finder, column_index

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = b"</sheetData></worksheet>"
ROW = b"<row"
MOST_BYTES_IN_ROW = 16_000_000
MOST_STYLES = 8
"""More styles than these are looked for by the parser."""

OTHER_CELL = re.compile(
    rb'<c(?! r="[A-Z]\d{1,5}"(?: s="\d{1,6}")?(?: t="[a-zA-Z]{1,9}")?/?>)'
    rb'((?: r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,6}")?(?: t="[a-zA-Z]{1,9}")?/?>)?)'
)
"""A cell that is not among the first 26 columns and 99,999 rows: its attributes, if it has the
usual ones."""

SHEET_DATA = re.compile(rb"<sheetData\s*(/?)>")
ADDRESS = re.compile(rb'"([A-Z]+)(\d+)"')
WITH_PREFIX = re.compile(rb"<[^<>\s/]*:(?:c|row)[\s/>]")
SHARED = re.compile(rb't="s"><v>(\d{1,9})</v>')


class Unusual(Exception):
    """The sheet is not written as spreadsheet programs write it."""


class SheetScan:
    """What was found: `marks`, and `rows`, the number of rows with a value or a formula."""

    def __init__(self, styles, texts, room):
        self.styles = styles
        self.texts = texts
        self.room = room
        self.rows = self.cells = 0
        self.last_row, self.last_column = 1, 1
        self.finder = Finder(styles, room)
        self.signs = [b't="e"', b"<f"]
        if len(list(styles)) > MOST_STYLES:
            self.signs = [b" s="]
        else:
            self.signs += [f's="{style}"'.encode() for style in styles]

    @property
    def marks(self):
        return self.finder.marks

    def look(self, pieces, write):
        """Look through the sheet and `write` it without its empty rows. Raises Unusual."""
        write(HEAD)
        self.finder.parser.parse(b"<sheetData>")
        for rows in blocks(pieces):
            filled = [row for row in rows if b"<v" in row or b"<is" in row or b"<f" in row]
            if filled:
                self.rows += len(filled)
                if self.rows > self.room:
                    raise too_many_rows()
                block = ROW + ROW.join(filled)
                self.check(block, len(filled))
                self.find_marks(block, filled)
                write(block)
        write(FOOT)

    def check(self, block, rows):
        if block.count(b'<row r="') != rows or b"<!" in block:
            raise Unusual
        if b":c" in block and WITH_PREFIX.search(block):
            raise Unusual
        self.cells += block.count(b"<c")
        for other in OTHER_CELL.findall(block):
            self.note_far(other)
        if self.last_row * self.last_column > MOST_CELLS or self.cells > MOST_CELLS:
            raise cell_too_far()
        if self.texts.longest:
            self.check_texts(block)

    def note_far(self, attributes):
        if not attributes:
            raise Unusual
        letters, digits = ADDRESS.search(attributes).groups()
        self.last_row = max(self.last_row, int(digits))
        self.last_column = max(self.last_column, column_index(letters.decode()) + 1)

    def check_texts(self, block):
        shared = SHARED.findall(block)
        if len(shared) != block.count(b't="s">'):
            raise Unusual
        if len(shared) * self.texts.longest > len(block):
            self.texts.use_all(map(int, shared))

    def find_marks(self, block, rows):
        if not any(sign in block for sign in self.signs):
            return
        wanted = [row for row in rows if any(sign in row for sign in self.signs)]
        self.finder.parser.parse(ROW + ROW.join(wanted))

    def parse(self, pieces, write):
        """The same for a sheet that is written in any other way."""
        self.finder = Finder(self.styles, self.room, refer=self.texts.use)

        def copied():
            for piece in pieces:
                write(piece)
                yield piece

        self.finder.parser.parse_all(copied())
        self.rows = self.finder.rows


def blocks(pieces):
    """Lists of rows, each from behind one `<row` to the next. Raises Unusual if it cannot tell."""
    pieces = iter(pieces)
    left = start_of_rows(pieces)
    for piece in chain([b""], pieces):
        left += piece
        if b"<v" not in left and b"<is" not in left and b"<f" not in left:
            left = without_empty_rows(left)
        end = left.find(b"</sheetData")
        before, *rows = (left if end < 0 else left[:end]).split(ROW)
        if rows and before.strip():
            raise Unusual
        if end >= 0:
            yield rows
            break
        if rows:
            left = ROW + rows.pop()
            yield rows
        if len(left) > MOST_BYTES_IN_ROW:
            raise workbook_too_large_unpacked()
    else:
        raise damaged_workbook()
    for _rest in pieces:
        """To the end, where sizes are checked."""


def without_empty_rows(left):
    """What is needed of rows that are all empty, without looking at each: the end."""
    end = left.find(b"</sheetData")
    last = left.rfind(ROW, 0, end if end >= 0 else len(left))
    return left[last:] if last >= 0 else left


def start_of_rows(pieces):
    """What follows `<sheetData>` in the piece where it stands."""
    head = b""
    for piece in pieces:
        head += piece
        start = SHEET_DATA.search(head)
        if start:
            if start[1] or b"<!" in head[: start.start()]:
                raise Unusual
            return head[start.end() :]
        if len(head) > MOST_BYTES_IN_ROW:
            raise workbook_too_large_unpacked()
    raise Unusual
