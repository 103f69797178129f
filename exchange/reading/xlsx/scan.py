"""Copies the XML of one sheet without its empty rows, checks limits and finds the types of cells.

calamine allocates every cell from A1 to the last one and copies a shared text for every cell that
shows it, so a small file could take all memory. Rows are searched as bytes, in the form in which
spreadsheet programs write them. A sheet in another form is parsed as a whole, which is slower and
finds the same.
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
from .cell_types import CellTypeFinder
from .names import MAIN, column_index
from .plain_copy import PlainCopy

HEAD = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
FOOT = b"</sheetData></worksheet>"
ROW, END = b"<row", b"</sheetData"
HIDDEN = (b' hidden="', b' ht="0')
"""Parts of the tag of a row that is hidden, or has no height."""
MOST_BYTES_IN_ROW = 16_000_000
MOST_STYLES = 8
"""With more styles than these, every row that has a style is parsed."""

OTHER_CELL = re.compile(
    rb'<c(?! r="[A-Z]\d{1,5}"(?: s="\d{1,6}")?(?: t="[a-zA-Z]{1,9}")?/?>)'
    rb'((?: r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,6}")?(?: t="[a-zA-Z]{1,9}")?/?>)?)'
)
"""A cell outside the first 26 columns and 99,999 rows. The group has its attributes, or is empty
where they are not in the usual form."""

SHEET_DATA = re.compile(rb"<sheetData\s*(/?)>")
ADDRESS = re.compile(rb'"([A-Z]+)(\d+)"')
AFTER_COLON = re.compile(rb":(?:c|row|v|f|is|t|AlternateContent)[\s/>]")
WITH_PREFIX = re.compile(rb"<[^<>\s/]*" + AFTER_COLON.pattern)
SHARED = re.compile(rb't="s"><v>(\d{1,9})</v>')


class Unusual(Exception):
    """The XML is not in the form in which spreadsheet programs write it."""


class SheetScan:
    """`types` of cells, and `rows`: how many have a value or a formula, `rows_left` at most."""

    def __init__(self, styles, texts, rows_left):
        self.styles = styles
        self.texts = texts
        self.rows_left = rows_left
        self.rows = self.cells = 0
        self.last_row, self.last_column = 1, 1
        self.finder = CellTypeFinder(styles, rows_left, struck_texts=texts.struck)
        self.hints = [*HIDDEN, b't="e"', b"<f"]
        """Bytes of which a row has at least one where there is more to it than its values."""

        if len(list(styles)) > MOST_STYLES:
            self.hints.append(b" s=")
        else:
            self.hints += [f's="{style}"'.encode() for style in styles]
        if len(texts.struck) > MOST_STYLES:
            self.hints.append(b't="s"')
        else:
            self.hints += [b"<v>%d</v>" % number for number in texts.struck]

    @property
    def types(self):
        return self.finder.types

    def copy_by_bytes(self, pieces, write):
        """Search the sheet as bytes and `write` it without its empty rows. Raises Unusual."""
        parse = self.finder.parser.parse
        write(HEAD)
        for rows in row_blocks(pieces, self.start_rows, parse):
            filled = [row for row in rows if b"<v" in row or b"<is" in row or b"<f" in row]
            if filled:
                self.rows += len(filled)
                if self.rows > self.rows_left:
                    raise too_many_rows()
                block = ROW + ROW.join(filled)
                self.check_block(block, len(filled))
                self.find_types(block, filled)
                write(block)
        parse(b"", is_last=True)
        write(FOOT)

    def start_rows(self, head):
        """Parse what stands above the rows, up to the tag with which they begin."""
        self.finder.parser.parse(head)
        if not self.finder.around.has_rows:
            raise Unusual

    def check_block(self, block, rows):
        if block.count(b'<row r="') != rows or b"<!" in block:
            raise Unusual
        if b"xmlns" in block or (AFTER_COLON.search(block) and WITH_PREFIX.search(block)):
            raise Unusual
        self.cells += block.count(b"<c")
        for other in OTHER_CELL.findall(block):
            self.note_far_cell(other)
        if self.last_row * self.last_column > MOST_CELLS or self.cells > MOST_CELLS:
            raise cell_too_far()
        if self.texts.longest:
            self.check_texts(block)

    def note_far_cell(self, attributes):
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

    def find_types(self, block, rows):
        hints = [hint for hint in self.hints if hint in block]
        if not hints:
            return
        wanted = [row for row in rows if any(hint in row for hint in hints)]
        self.finder.parser.parse(ROW + ROW.join(wanted))

    def copy_by_parser(self, pieces, write):
        """Parse the sheet and `write` it anew, whatever its form."""
        copy = PlainCopy(write)
        finder = CellTypeFinder(
            self.styles,
            self.rows_left,
            struck_texts=self.texts.struck,
            use_text=self.texts.use,
            copy=copy,
        )
        finder.parser.parse_all(pieces)
        copy.finish()
        self.finder, self.rows = finder, finder.rows


def row_blocks(pieces, start, finish):
    """Lists of rows, each from behind one `<row` up to the next one. Raises Unusual.

    `start` is called with the bytes above the rows, `finish` with each piece of those below.
    """
    pieces = iter(pieces)
    left = start_of_rows(pieces, start)
    for piece in chain([b""], pieces):
        left += piece
        if b"<v" not in left and b"<is" not in left and b"<f" not in left:
            left = without_empty_rows(left)
        end = left.find(END)
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
    for rest in chain([left[end:]], pieces):
        finish(rest)


def without_empty_rows(left):
    """The last of rows that are all empty, with what follows: the rest is not needed."""
    end = left.find(END)
    last = left.rfind(ROW, 0, end if end >= 0 else len(left))
    return left[last:] if last >= 0 else left


def start_of_rows(pieces, call):
    """What follows `<sheetData>` in the piece where it stands. `call` gets what is before."""
    head = b""
    for piece in pieces:
        head += piece
        start = SHEET_DATA.search(head)
        if start:
            if start[1] or b"<!" in head[: start.start()]:
                raise Unusual
            call(head[: start.end()])
            return head[start.end() :]
        if len(head) > MOST_BYTES_IN_ROW:
            raise workbook_too_large_unpacked()
    raise Unusual
