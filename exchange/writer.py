"""Writes a workbook of the same sheets that are read, row by row, in memory that does not grow."""

import math
import os
import tempfile
import unicodedata
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _

from . import cells
from .scope import Scope
from .sheets import SHEETS

OPTIONS = {
    "constant_memory": True,
    "strings_to_urls": False,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
HEADER = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E4ECE6", "bottom": 1}
RIGHT = {"align": "right", "indent": 1}
A4 = 9
LINE, MOST_LINES = 15, 12
"""Points of a line of text; rows that need more lines than these are cut on the screen."""

BODY = {"text_wrap": True, "valign": "top"}


class NotWritten(RuntimeError):
    """A cell could not be written; there is no file."""


def export(cities, path):
    """Write the rows of the queryset `cities` to `path`; on failure there is no new file there."""
    path = Path(path)
    handle, name = tempfile.mkstemp(suffix=".xlsx", prefix=f".{path.stem}-", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write(cities, temporary)
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write(cities, path):
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        scope = Scope()
        for cls in SHEETS:
            SheetWriter(book, cls(scope)).write(cities)


def lines(text, width):
    """About how many lines `text` takes in a column so many characters wide."""
    return sum(
        max(1, math.ceil((len(line) + sum(map(is_wide, line))) / width))
        for line in text.split("\n")
    )


def is_wide(character):
    return unicodedata.east_asian_width(character) in "WF"


class SheetWriter:
    def __init__(self, book, sheet):
        self.sheet = sheet
        self.page = book.add_worksheet(sheet.sheet_name)
        self.columns = list(sheet.fields.values())
        self.headers, self.formats = [], []
        for column in self.columns:
            aligned = RIGHT if column.widget.number_format else {}
            style = {"num_format": column.widget.number_format or "General"}
            self.headers.append(book.add_format(HEADER | aligned))
            self.formats.append(book.add_format(BODY | aligned | style))

    def write(self, cities):
        self.lay_out()
        for row, values in enumerate(self.sheet.export_rows(cities), start=1):
            self.page.set_row(row, self.height(values))
            for index, value in enumerate(values):
                if value is not None and value != "":
                    self.put(row, index, value)

    def lay_out(self):
        self.page.freeze_panes(1, 1)
        self.page.set_landscape()
        self.page.set_paper(A4)
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(0)
        for index, column in enumerate(self.columns):
            self.page.set_column(index, index, column.width, self.formats[index])
        self.page.set_row(0, self.height([column.header for column in self.columns], slack=2))
        for index, column in enumerate(self.columns):
            self.page.write_string(0, index, column.header, self.headers[index])
            if column.help_text:
                self.page.write_comment(0, index, str(column.help_text))

    def height(self, values, slack=0):
        """Points; None, which is one line, where no text is longer. Not every program fits rows."""
        needed = max(
            (
                lines(value, column.width - slack)
                for value, column in zip(values, self.columns, strict=True)
                if isinstance(value, str) and len(value) * 2 > column.width - slack
            ),
            default=1,
        )
        return min(needed, MOST_LINES) * LINE if needed > 1 else None

    def put(self, row, index, value):
        """Write by type; a code other than 0 means that the cell would be cut or left out."""
        style = self.formats[index]
        if isinstance(value, str):
            code = self.page.write_string(row, index, value, style)
        elif isinstance(value, Decimal | int):
            code = self.put_number(row, index, value, style)
        else:
            code = self.page.write_datetime(row, index, value, style)
        if code:
            where = f"{self.sheet.sheet_name} {cells.address(row + 1, index)}"
            raise NotWritten(_("%s does not fit into a cell.") % where)

    def put_number(self, row, index, value, style):
        """A number with more digits than a cell keeps is written as text."""
        exact = Decimal(value)
        if len(exact.normalize().as_tuple().digits) > cells.RELIABLE_DIGITS:
            return self.page.write_string(row, index, f"{exact:f}", style)
        return self.page.write_number(row, index, float(exact), style)
