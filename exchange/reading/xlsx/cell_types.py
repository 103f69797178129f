"""What the reader of cells does not tell, found in the XML of a sheet's rows.

A percent cell gives its fraction (0.7443 for 74.43 %), a number shown with leading zeros gives the
number alone, an error such as #REF! and a formula that was never calculated both give an empty
text.
"""

import math
import re
from dataclasses import dataclass

from intake.refusals import (
    WORKBOOK_REFUSALS,
    cell_too_far,
    damaged_workbook,
    too_many_rows,
    workbook_too_large_unpacked,
)
from intake.xml import Parser, local_name

from ... import cells
from ..workbook import MOST_CELLS

LETTERS_AND_DIGITS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
MOST_ELEMENTS = 5_000_000

NOT_CALCULATED, PERCENT = "not calculated", "percent"


@dataclass(frozen=True, slots=True)
class Styles:
    """The numbers of the cell styles, as cells refer to them, that show more than the value.

    `zeros`: style → how many digits it shows at least.
    """

    percent: frozenset
    zeros: dict

    def __iter__(self):
        yield from self.percent
        yield from self.zeros


def put_in(row, marks_of_row):
    """Replace values of a row by what their marks (column → mark) make of them."""
    row.extend([""] * (max(marks_of_row) + 1 - len(row)))
    for column, mark in marks_of_row.items():
        value = row[column]
        if isinstance(mark, cells.Broken):
            row[column] = mark
        elif mark == NOT_CALCULATED:
            row[column] = cells.Broken("=") if value == "" else value
        elif not cells.is_number(value) or not math.isfinite(value):
            continue
        elif mark == PERCENT:
            row[column] = cells.percent(value)
        elif value == int(value) >= 0:
            row[column] = cells.Padded(value, mark)


class Finder:
    """Finds the marks of the rows that are fed to its `parser`: row → column → mark, from 0.

    On the way it counts rows and cells with a value, and keeps to the limits. `refer` is called
    with the number of each shared text that a cell shows.
    """

    def __init__(self, styles, room, refer=None):
        self.styles = styles
        self.room = room
        self.refer = refer
        self.marks = {}
        self.row = self.column = self.last_row = self.last_column = -1
        self.rows = self.elements = 0
        self.cell = {}
        self.formula = self.inside = self.value = False
        self.words = []
        self.parser = Parser(WORKBOOK_REFUSALS, start=self.start, text=self.text, end=self.end)

    def start(self, name, attributes):
        name = local_name(name)
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise workbook_too_large_unpacked()
        if name == "c":
            self.start_cell(attributes)
        elif name == "row":
            self.row = number(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif name == "f":
            self.formula = True
        elif name in ("v", "t"):
            self.inside = True
            self.words.clear()

    def text(self, data):
        if self.inside:
            self.value = True
            self.words.append(data)

    def start_cell(self, attributes):
        self.cell = attributes
        self.formula = self.value = False
        if "r" not in attributes:
            self.column += 1
            return
        address = LETTERS_AND_DIGITS.fullmatch(attributes["r"])
        if address is None or int(address[2]) - 1 != self.row:
            raise damaged_workbook()
        self.column = column_index(address[1])

    def end(self, name):
        name = local_name(name)
        if name in ("v", "t"):
            self.inside = False
        elif name == "c":
            self.end_cell()

    def end_cell(self):
        """A formula whose result is an empty text says so by its type, `str`."""
        kind, style = self.cell.get("t", "n"), self.cell.get("s")
        if self.value or self.formula:
            self.count()
        if self.refer and kind == "s" and self.value:
            self.refer(number("".join(self.words)))
        if kind == "e":
            self.mark(cells.Broken("".join(self.words) if self.value else "#"))
        elif self.formula and not self.value and kind != "str":
            self.mark(NOT_CALCULATED)
        elif self.value and kind == "n" and style in self.styles.percent:
            self.mark(PERCENT)
        elif self.value and kind == "n" and style in self.styles.zeros:
            self.mark(self.styles.zeros[style])

    def mark(self, mark):
        self.marks.setdefault(self.row, {})[self.column] = mark

    def count(self):
        self.last_column = max(self.last_column, self.column)
        if self.row != self.last_row:
            self.rows += 1
            self.last_row = max(self.last_row, self.row)
        if self.rows > self.room:
            raise too_many_rows()
        if (self.last_row + 1) * (self.last_column + 1) > MOST_CELLS:
            raise cell_too_far()


def number(digits):
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise damaged_workbook()
    return int(digits)


def column_index(letters):
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
