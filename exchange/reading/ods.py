"""Reads .ods files, such as LibreOffice writes, with one parse of their XML."""

import datetime
import math
import re

from django.conf import settings

from intake.refusals import (
    WORKBOOK_REFUSALS,
    cell_too_far,
    damaged_workbook,
    protected_workbook,
    too_many_rows,
    workbook_too_large_unpacked,
    workbook_with_macros,
)
from intake.xml import Parser

from .. import cells
from .sheet_names import choose_sheets
from .workbook import MOST_CELLS, MOST_COLUMNS, Workbook, sheet_data
from .xlsx.cell_types import whole_number

MIME_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
NAMES = "urn:oasis:names:tc:opendocument:xmlns:%s:1.0 "
OFFICE, TABLE, TEXT, STYLE = (NAMES % name for name in ("office", "table", "text", "style"))
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
CELL, COVERED, ROW = TABLE + "table-cell", TABLE + "covered-table-cell", TABLE + "table-row"
PARAGRAPH = TEXT + "p"
SKIPPED = {
    OFFICE + "annotation",
    OFFICE + "forms",
    TABLE + "tracked-changes",
    TABLE + "shapes",
}
BLANKS = re.compile(r"[ \t\r\n]+")
LEADING_ZEROS = re.compile(r"0\d{1,19}")
FIRST_DAY_OF_1904 = "1904-01-01"
MOST_ELEMENTS = 3_000_000
"""For larger files .xlsx is the better format: it is read ten times faster."""

MOST_CELL_TAGS = 1_500_000


def is_spreadsheet(archive):
    if "mimetype" not in archive or "content.xml" not in archive:
        return False
    if archive.size("mimetype") > len(MIME_TYPE) + 10:
        return False
    return b"".join(archive.pieces("mimetype")).startswith(MIME_TYPE)


def read(archive):
    if any(name.startswith(("basic/", "scripts/")) for name in archive.names()):
        raise workbook_with_macros()
    if "meta-inf/manifest.xml" in archive:
        if b"encryption-data" in archive.whole_xml("META-INF/manifest.xml"):
            raise protected_workbook()
    check_rows(archive)
    content = Content()
    content.parser.parse_all(archive.xml("content.xml"))
    archive.check_the_rest()
    known, others = choose_sheets(content.tables)
    sheets, rows_left = {}, settings.WORKBOOK_MAX_ROWS
    for table in known:
        data = sheet_data(table.name, table.rows, rows_left)
        rows_left -= len(data.rows)
        sheets[cells.folded(table.name)] = data
    unknown = [table.name for table in others if table.rows]
    found = [table.name for table in content.tables]
    return Workbook(sheets, unknown, found, content.from_1904)


def check_rows(archive):
    """Count rows and cells in the bytes: a file with far too many is not parsed at all."""
    rows, tags, left = 0, 0, b""
    for piece in archive.xml("content.xml"):
        *parts, left = (left + piece).split(b"<table:table-row")
        rows += sum(b"<text:p" in part for part in parts)
        tags += piece.count(b"<table:table-cell")
        if rows > settings.WORKBOOK_MAX_ROWS + 100:
            raise too_many_rows()
        if tags > MOST_CELL_TAGS:
            raise workbook_too_large_unpacked()
        left = left[-1_000_000:]


class Table:
    """A sheet: `rows` are those that are not empty, as (number, values)."""

    def __init__(self, name, hidden):
        self.name = name
        self.hidden = hidden
        self.rows = []
        self.number = 1


class Content:
    """What its `parser` finds: `tables`, and whether dates count from 1904."""

    def __init__(self):
        self.tables = []
        self.from_1904 = False
        self.hidden_styles = set()
        self.style = ""
        self.table = None
        self.row, self.row_repeated = None, 1
        self.cell, self.paragraphs = None, []
        self.skipped_depth = 0
        self.in_paragraph = 0
        self.elements = self.cells = 0
        self.parser = Parser(
            WORKBOOK_REFUSALS,
            start=self.start,
            text=self.text,
            end=self.end,
            namespace_separator=" ",
        )

    def start(self, name, attributes):
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise workbook_too_large_unpacked()
        if self.skipped_depth or name in SKIPPED:
            self.skipped_depth += 1
        elif self.cell is not None:
            self.start_in_cell(name, attributes)
        elif name in (CELL, COVERED):
            self.cell = attributes
            self.paragraphs = []
        elif name == ROW:
            self.row, self.row_repeated = [], repeated(attributes, TABLE + "number-rows-repeated")
        else:
            self.start_outside(name, attributes)

    def start_outside(self, name, attributes):
        if name == TABLE + "table":
            hidden = attributes.get(TABLE + "style-name") in self.hidden_styles
            self.table = Table(attributes.get(TABLE + "name", ""), hidden)
            self.tables.append(self.table)
        elif name == STYLE + "style":
            self.style = attributes.get(STYLE + "name", "")
        elif name == STYLE + "table-properties" and attributes.get(TABLE + "display") == "false":
            self.hidden_styles.add(self.style)
        elif name == TABLE + "null-date":
            self.from_1904 = attributes.get(TABLE + "date-value") == FIRST_DAY_OF_1904

    def start_in_cell(self, name, attributes):
        if name == PARAGRAPH:
            self.in_paragraph += 1
            self.paragraphs.append("")
        elif not self.paragraphs:
            return
        elif name == TEXT + "s":
            self.paragraphs[-1] += " " * min(repeated(attributes, TEXT + "c"), 1000)
        elif name == TEXT + "tab":
            self.paragraphs[-1] += "\t"
        elif name == TEXT + "line-break":
            self.paragraphs[-1] += "\n"

    def text(self, data):
        if self.in_paragraph and not self.skipped_depth:
            self.paragraphs[-1] += BLANKS.sub(" ", data)

    def end(self, name):
        if self.skipped_depth:
            self.skipped_depth -= 1
        elif name == PARAGRAPH and self.in_paragraph:
            self.in_paragraph -= 1
        elif name in (CELL, COVERED):
            self.end_cell()
        elif name == ROW:
            self.end_row()

    def end_cell(self):
        cell, self.cell = self.cell, None
        if self.row is None or cell is None:
            raise damaged_workbook()
        times = repeated(cell, TABLE + "number-columns-repeated")
        value = value_of(cell, "\n".join(self.paragraphs))
        if value == "":
            self.row.append(times)
            return
        if times > MOST_COLUMNS:
            raise cell_too_far()
        self.row += [(value,)] * times

    def end_row(self):
        """In `row`, empty cells are their number. Those behind the last value are left out."""
        row, self.row = self.row, None
        if row is None or self.table is None:
            raise damaged_workbook()
        while row and isinstance(row[-1], int):
            row.pop()
        first, self.table.number = self.table.number, self.table.number + self.row_repeated
        if not row:
            return
        width = sum(part if isinstance(part, int) else 1 for part in row)
        self.cells += width * self.row_repeated
        if width > MOST_COLUMNS or self.cells > MOST_CELLS:
            raise cell_too_far()
        values = values_of(row)
        if all(map(cells.is_empty, values)):
            return
        if len(self.table.rows) + self.row_repeated > settings.WORKBOOK_MAX_ROWS + 1:
            raise too_many_rows()
        for number_of_row in range(first, first + self.row_repeated):
            self.table.rows.append((number_of_row, list(values)))


def values_of(row):
    """The values of a row in which empty cells are their number and others a tuple."""
    values = []
    for part in row:
        values += [""] * part if isinstance(part, int) else part
    return values


def repeated(attributes, name):
    times = attributes.get(name)
    return 1 if times is None else whole_number(times) or 1


def value_of(cell, text):
    """The value of a cell, of the same type as from an .xlsx file."""
    kind = cell.get(OFFICE + "value-type", "")
    if cell.get(CALC + "value-type") == "error":
        return cells.Broken("#")
    if not kind:
        return cells.Broken("=") if TABLE + "formula" in cell and not text else text
    if kind in ("float", "currency", "percentage"):
        return number_of(cell, kind, text)
    if kind == "date":
        return date_of(cell.get(OFFICE + "date-value", text))
    if kind == "boolean":
        return cell.get(OFFICE + "boolean-value", text).lower() == "true"
    return text or cell.get(OFFICE + "string-value", text)


def number_of(cell, kind, text):
    try:
        value = float(cell.get(OFFICE + "value", text))
    except ValueError:
        return text
    if not math.isfinite(value):
        return value
    if kind == "percentage":
        return cells.percent(value)
    if text[:1] == "0" and LEADING_ZEROS.fullmatch(text) and int(text) == value:
        return cells.Padded(value, len(text))
    return value


def date_of(text):
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.date() if len(text) == len("2026-04-08") else moment
