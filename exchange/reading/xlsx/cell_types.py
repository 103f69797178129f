"""Finds cells that show something else than the value that calamine gives for them.

Of a percent cell calamine gives the fraction (0.7443 for 74.43 %), of a number shown with leading
zeros the number alone, and of an error such as #REF! and of a formula that was never calculated an
empty text. The XML of the rows tells them apart.
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
"""Types of cells. Besides, an error is a `cells.Broken`, leading zeros are the number of digits."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The cell styles of percents and leading zeros, by the numbers with which cells name them.

    `zeros`: style → how many digits it shows at least.
    """

    percent: frozenset
    zeros: dict

    def __iter__(self):
        yield from self.percent
        yield from self.zeros


def replace_values(row, types):
    """Replace the values of a row in columns that have a type. `types`: column → type."""
    row.extend([""] * (max(types) + 1 - len(row)))
    for column, cell_type in types.items():
        value = row[column]
        if isinstance(cell_type, cells.Broken):
            row[column] = cell_type
        elif cell_type == NOT_CALCULATED:
            row[column] = cells.Broken("=") if value == "" else value
        elif not cells.is_number(value) or not math.isfinite(value):
            continue
        elif cell_type == PERCENT:
            row[column] = cells.percent(value)
        elif value == int(value) >= 0:
            row[column] = cells.Padded(value, cell_type)


class CellTypeFinder:
    """Finds the `types` of cells in the rows that its `parser` parses: row → column → type, from 0.

    Counts rows and cells with a value too, and refuses too many. `use_text` is called with the
    number of each shared text that a cell shows.
    """

    def __init__(self, styles, rows_left, use_text=None):
        self.styles = styles
        self.rows_left = rows_left
        self.use_text = use_text
        self.types = {}
        self.row = self.column = self.last_row = self.last_column = -1
        self.rows = self.elements = 0
        self.cell = {}
        self.has_formula = self.has_value = self.in_value = False
        self.value = []
        self.parser = Parser(WORKBOOK_REFUSALS, start=self.start, text=self.text, end=self.end)

    def start(self, name, attributes):
        name = local_name(name)
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise workbook_too_large_unpacked()
        if name == "c":
            self.start_cell(attributes)
        elif name == "row":
            self.row = whole_number(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif name == "f":
            self.has_formula = True
        elif name in ("v", "t"):
            self.in_value = True
            self.value.clear()

    def text(self, data):
        if self.in_value:
            self.has_value = True
            self.value.append(data)

    def start_cell(self, attributes):
        self.cell = attributes
        self.has_formula = self.has_value = False
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
            self.in_value = False
        elif name == "c":
            self.end_cell()

    def end_cell(self):
        kind, style = self.cell.get("t", "n"), self.cell.get("s")
        if self.has_value or self.has_formula:
            self.count()
        if self.use_text and kind == "s" and self.has_value:
            self.use_text(whole_number("".join(self.value)))
        if kind == "e":
            self.set_type(cells.Broken("".join(self.value) if self.has_value else "#"))
        elif self.has_formula and not self.has_value and kind != "str":
            # The kind `str` is a formula whose result is an empty text.
            self.set_type(NOT_CALCULATED)
        elif self.has_value and kind == "n" and style in self.styles.percent:
            self.set_type(PERCENT)
        elif self.has_value and kind == "n" and style in self.styles.zeros:
            self.set_type(self.styles.zeros[style])

    def set_type(self, cell_type):
        self.types.setdefault(self.row, {})[self.column] = cell_type

    def count(self):
        self.last_column = max(self.last_column, self.column)
        if self.row != self.last_row:
            self.rows += 1
            self.last_row = max(self.last_row, self.row)
        if self.rows > self.rows_left:
            raise too_many_rows()
        if (self.last_row + 1) * (self.last_column + 1) > MOST_CELLS:
            raise cell_too_far()


def whole_number(digits):
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise damaged_workbook()
    return int(digits)


def column_index(letters):
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
