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
from .ods_styles import OFFICE_NAMES, TABLE, OdsStyles
from .sheet_names import choose_sheets
from .workbook import MOST_CELLS, MOST_COLUMNS, Appearance, Workbook, sheet_data
from .xlsx.names import whole_number

MIME_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
OFFICE, TEXT, DRAWING = (OFFICE_NAMES % name for name in ("office", "text", "drawing"))
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
CELL, COVERED, ROW = TABLE + "table-cell", TABLE + "covered-table-cell", TABLE + "table-row"
PARAGRAPH, SPAN = TEXT + "p", TEXT + "span"
LINK, HREF = TEXT + "a", "http://www.w3.org/1999/xlink href"
LINK_FORMULA = re.compile(r'[^"]*\bHYPERLINK\(\s*"((?:[^"]|"")*)"\s*[;,)]', re.IGNORECASE)
GROUPS = (TABLE + "table-row-group", TABLE + "table-column-group")
WIDE, HIGH = TABLE + "number-columns-spanned", TABLE + "number-rows-spanned"
UNSEEN = ("collapse", "filter")
SKIPPED = {
    OFFICE + "annotation",
    OFFICE + "forms",
    TABLE + "tracked-changes",
    TABLE + "shapes",
    TABLE + "dde-links",
    TEXT + "ruby-text",
}
"""Elements whose words are none of a cell; those of drawings are left out too."""

BLANKS = re.compile(r"[ \t\r\n]+")
CODE = re.compile(r"[A-Z]{3}")
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


def read(archive, choose=choose_sheets):
    if any(name.startswith(("basic/", "scripts/")) for name in archive.names()):
        raise workbook_with_macros()
    if "meta-inf/manifest.xml" in archive:
        if b"encryption-data" in archive.whole_xml("META-INF/manifest.xml"):
            raise protected_workbook()
    check_rows(archive)
    content = Content()
    if "styles.xml" in archive:
        styles = Parser(WORKBOOK_REFUSALS, start=content.styles.start, namespace_separator=" ")
        styles.parse_all(archive.xml("styles.xml"))
    content.parser.parse_all(archive.xml("content.xml"))
    archive.check_the_rest()
    known, others = choose(content.tables)
    sheets, rows_left = {}, settings.WORKBOOK_MAX_ROWS
    for table in known:
        data = sheet_data(table.name, table.rows, rows_left)
        data.appearance = table.appearance
        rows_left -= len(data.rows)
        sheets[table.sheet or cells.folded(table.name)] = data
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
    """A sheet: `rows` are those that are not empty, as (number, values).

    `styles`: the names of the styles of cells, column by column.
    """

    def __init__(self, name, hidden):
        self.name = name
        self.hidden = hidden
        self.sheet = ""
        self.rows = []
        self.number = 1
        self.styles = []
        self.width = 0
        self.appearance = Appearance(is_hidden=hidden)

    def add_columns(self, count, style, *, is_hidden):
        end = min(self.width + count, MOST_COLUMNS)
        if is_hidden:
            self.appearance.hidden_columns.update(range(self.width, end))
        self.styles += [style] * (end - self.width)
        self.width = end

    def style_of(self, column):
        return self.styles[column] if column < self.width else None


class Content:
    """What its `parser` finds: `tables`, and whether dates count from 1904."""

    def __init__(self):
        self.tables = []
        self.from_1904 = False
        self.styles = OdsStyles()
        self.groups = []
        self.table = None
        self.row, self.row_repeated, self.row_tag = None, 1, {}
        self.cell, self.paragraphs = None, []
        self.column = self.filled = 0
        self.struck, self.address = [], ""
        self.letters = self.struck_letters = 0
        self.spans = []
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
        if self.skipped_depth or name in SKIPPED or name.startswith(DRAWING):
            self.skipped_depth += 1
        elif self.cell is not None:
            self.start_in_cell(name, attributes)
        elif name in (CELL, COVERED):
            self.cell = attributes
            self.paragraphs = []
            self.address = ""
            self.letters = self.struck_letters = 0
        elif name == ROW:
            self.row, self.row_repeated = [], repeated(attributes, TABLE + "number-rows-repeated")
            self.row_tag = attributes
            self.column = self.filled = 0
            self.struck = []
        else:
            self.start_outside(name, attributes)

    def start_outside(self, name, attributes):
        if name == TABLE + "table":
            style = attributes.get(TABLE + "style-name")
            hidden = self.styles.says("is_hidden", "table", style)
            self.table = Table(attributes.get(TABLE + "name", ""), hidden)
            self.tables.append(self.table)
        elif name == TABLE + "table-column" and self.table is not None:
            self.table.add_columns(
                repeated(attributes, TABLE + "number-columns-repeated"),
                attributes.get(TABLE + "default-cell-style-name"),
                is_hidden=self.is_hidden("table-column", attributes),
            )
        elif name in GROUPS:
            self.groups.append(attributes.get(TABLE + "display") == "false")
        elif name == TABLE + "null-date":
            self.from_1904 = attributes.get(TABLE + "date-value") == FIRST_DAY_OF_1904
        else:
            self.styles.start(name, attributes)

    def is_hidden(self, family, attributes):
        """Whether a row or a column is hidden: by itself, by its group, or by its size."""
        return (
            attributes.get(TABLE + "visibility") in UNSEEN
            or any(self.groups)
            or self.styles.says("is_hidden", family, attributes.get(TABLE + "style-name"))
        )

    def start_in_cell(self, name, attributes):
        if name == PARAGRAPH:
            self.in_paragraph += 1
            self.paragraphs.append("")
        elif name == SPAN:
            style = attributes.get(TEXT + "style-name")
            self.spans.append(self.styles.says("is_struck", "text", style))
        elif name == LINK:
            self.address = self.address or attributes.get(HREF, "")
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
            if self.styles.strikes:
                count = len(data.strip())
                self.letters += count
                self.struck_letters += count if any(self.spans) else 0

    def end(self, name):
        if self.skipped_depth:
            self.skipped_depth -= 1
        elif name == PARAGRAPH and self.in_paragraph:
            self.in_paragraph -= 1
        elif name == SPAN and self.spans:
            self.spans.pop()
        elif name in GROUPS and self.groups:
            self.groups.pop()
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
        column, self.column = self.column, self.column + times
        if value == "":
            self.row.append(times)
            return
        if times > MOST_COLUMNS:
            raise cell_too_far()
        self.row += [(value,)] * times
        self.filled += times
        if self.styles.strikes and self.is_struck(cell, column):
            self.struck += range(column, column + times)
        if WIDE in cell or HIGH in cell:
            self.note_merged(cell, column)
        link = LINK_FORMULA.match(cell.get(TABLE + "formula", ""))
        address = link[1].replace('""', '"') if link else self.address
        if address and self.table is not None:
            self.table.appearance.addresses[self.table.number, column] = address

    def note_merged(self, cell, column):
        wide, high = repeated(cell, WIDE), repeated(cell, HIGH)
        if self.table is not None and wide + high > 2:
            row = self.table.number
            area = row, column, row + high - 1, column + wide - 1
            self.table.appearance.merged.append(area)

    def is_struck(self, cell, column):
        if self.letters and self.letters == self.struck_letters:
            return True
        style = (
            cell.get(TABLE + "style-name")
            or self.row_tag.get(TABLE + "default-cell-style-name")
            or (self.table and self.table.style_of(column))
        )
        return self.styles.says("is_struck", "table-cell", style)

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
        numbers = range(first, first + self.row_repeated)
        for number_of_row in numbers:
            self.table.rows.append((number_of_row, list(values)))
        self.note_appearance(numbers)

    def note_appearance(self, numbers):
        looks = self.table.appearance
        if self.is_hidden("table-row", self.row_tag):
            looks.hidden_rows.update(numbers)
        if self.struck and len(self.struck) == self.filled:
            looks.struck_rows.update(numbers)
        elif self.struck:
            looks.struck_cells += [(number, column) for number in numbers for column in self.struck]


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
        return (
            cells.Broken(cells.NOT_CALCULATED) if TABLE + "formula" in cell and not text else text
        )
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
    if kind == "currency":
        currency = cell.get(OFFICE + "currency", "")
        return cells.Money(value, currency if CODE.fullmatch(currency) else "¤")
    if text[:1] == "0" and LEADING_ZEROS.fullmatch(text) and int(text) == value:
        return cells.Padded(value, len(text))
    return value


def date_of(text):
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.date() if len(text) == len("2026-04-08") else moment
