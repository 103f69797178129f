"""Finds cells that show something else than the value that calamine gives for them.

Of a percent cell calamine gives the fraction (0.7443 for 74.43 %), of a number shown with leading
zeros or as money the number alone, and of an error such as #REF! and of a formula that was never
calculated an empty text. The XML of the rows tells them apart.
"""

import math
import re

from intake.refusals import (
    WORKBOOK_REFUSALS,
    cell_too_far,
    damaged_workbook,
    too_many_rows,
)
from intake.xml import NamespaceParser

from ... import cells
from ..workbook import MOST_CELLS
from .around import AroundRows, is_nothing
from .names import LETTERS_AND_DIGITS, MAIN_NAMESPACES, YES, column_index, whole_number

MOST_ELEMENTS = 5_000_000
LINK_FORMULA = re.compile(r'\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*[,)]', re.IGNORECASE)
LONGEST_FORMULA = 8_192

NOT_CALCULATED, PERCENT = "not calculated", "percent"
"""Types of cells. Besides, an error is a `cells.Broken`, a currency a `Currency`, and leading zeros
are the number of digits."""


class Currency(str):
    """The sign or code of the money that a cell shows."""

    __slots__ = ()


def replace_values(row, types):
    """Replace the values of a row in columns that have a type. `types`: column → type."""
    row.extend([""] * (max(types) + 1 - len(row)))
    for column, cell_type in types.items():
        value = row[column]
        if isinstance(cell_type, cells.Broken):
            row[column] = cell_type
        elif cell_type == NOT_CALCULATED:
            row[column] = cells.Broken(cells.NOT_CALCULATED) if value == "" else value
        elif not cells.is_number(value) or not math.isfinite(value):
            continue
        elif cell_type == PERCENT:
            row[column] = cells.percent(value)
        elif isinstance(cell_type, Currency):
            row[column] = cells.Money(value, cell_type)
        elif value == int(value) >= 0:
            row[column] = cells.Padded(value, cell_type)


class CellTypeFinder:
    """Finds the `types` of cells in the rows that its `parser` parses: row → column → type, from 0.

    Finds hidden rows, cells struck through and links as well. Counts rows and cells with a value
    too, and refuses too many. `struck_texts`: the numbers of shared texts that are struck through.
    `use_text` is called with the number of each shared text that a cell shows; `copy` gets each
    element of the sheet.
    """

    def __init__(self, styles, rows_left, struck_texts=(), use_text=None, copy=None):
        self.styles = styles
        self.rows_left = rows_left
        self.struck_texts = struck_texts
        self.use_text = use_text
        self.copy = copy
        self.around = AroundRows()
        self.types = {}
        self.hidden_rows = set()
        self.struck_rows, self.struck_cells = set(), []
        self.addresses = {}
        self.row = self.column = self.last_row = self.last_column = -1
        self.rows = 0
        self.filled, self.struck = 0, []
        self.cell = {}
        self.has_formula = self.has_value = self.in_value = self.in_formula = False
        self.value, self.formula = [], []
        self.parser = NamespaceParser(
            WORKBOOK_REFUSALS,
            MAIN_NAMESPACES,
            start=self.start,
            text=self.text,
            end=self.end,
            most=MOST_ELEMENTS,
        )

    def start(self, name, attributes):
        if self.copy:
            self.copy.start(name, attributes)
        if name == "c":
            self.start_cell(attributes)
        elif name == "row":
            self.start_row(attributes)
        elif name == "f":
            self.has_formula = self.in_formula = True
        elif name in ("v", "t"):
            self.in_value = True
            self.value.clear()
        else:
            self.around.start(name, attributes)

    def text(self, data):
        if self.in_value:
            self.has_value = True
            self.value.append(data)
        elif self.in_formula:
            self.formula.append(data)
        if self.copy:
            self.copy.text(data)

    def start_row(self, attributes):
        self.row = whole_number(attributes["r"]) - 1 if "r" in attributes else self.row + 1
        self.column = -1
        self.filled = 0
        self.struck.clear()
        if attributes.get("hidden") in YES or is_nothing(attributes.get("ht")):
            self.hidden_rows.add(self.row + 1)

    def start_cell(self, attributes):
        self.cell = attributes
        self.has_formula = self.has_value = False
        self.formula.clear()
        if "r" not in attributes:
            self.column += 1
            return
        address = LETTERS_AND_DIGITS.fullmatch(attributes["r"])
        if address is None or int(address[2]) - 1 != self.row:
            raise damaged_workbook()
        self.column = column_index(address[1])

    def end(self, name):
        if self.copy:
            self.copy.end(name)
        if name in ("v", "t"):
            self.in_value = False
        elif name == "f":
            self.in_formula = False
        elif name == "c":
            self.end_cell()
        elif name == "row":
            self.end_row()

    def end_cell(self):
        kind, style = self.cell.get("t", "n"), self.cell.get("s")
        if self.has_value or self.has_formula:
            self.count()
            if style in self.styles.struck or (
                self.struck_texts and kind == "s" and self.has_struck_text()
            ):
                self.struck.append(self.column)
        if self.use_text and kind == "s" and self.has_value:
            self.use_text(whole_number("".join(self.value)))
        if self.formula:
            self.read_formula()
        if kind == "e":
            self.set_type(cells.Broken("".join(self.value) if self.has_value else "#"))
        elif self.has_formula and not self.has_value and kind != "str":
            # The kind `str` is a formula whose result is an empty text.
            self.set_type(NOT_CALCULATED)
        elif self.has_value and kind == "n" and style in self.styles.percent:
            self.set_type(PERCENT)
        elif self.has_value and kind == "n" and style in self.styles.money:
            self.set_type(Currency(self.styles.money[style]))
        elif self.has_value and kind == "n" and style in self.styles.zeros:
            self.set_type(self.styles.zeros[style])

    def has_struck_text(self):
        return self.has_value and whole_number("".join(self.value)) in self.struck_texts

    def end_row(self):
        if self.struck and len(self.struck) == self.filled:
            self.struck_rows.add(self.row + 1)
        elif self.struck:
            self.struck_cells += [(self.row + 1, column) for column in self.struck]

    def read_formula(self):
        """Note the address of a link that is written as a formula."""
        link = LINK_FORMULA.match("".join(self.formula)[:LONGEST_FORMULA])
        if link:
            self.addresses[self.row + 1, self.column] = link[1].replace('""', '"')

    def set_type(self, cell_type):
        self.types.setdefault(self.row, {})[self.column] = cell_type

    def count(self):
        self.filled += 1
        self.last_column = max(self.last_column, self.column)
        if self.row != self.last_row:
            self.rows += 1
            self.last_row = max(self.last_row, self.row)
        if self.rows > self.rows_left:
            raise too_many_rows()
        if (self.last_row + 1) * (self.last_column + 1) > MOST_CELLS:
            raise cell_too_far()
