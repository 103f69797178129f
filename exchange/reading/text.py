"""Reads one sheet from a text file with commas, semicolons, tabs or bars between cells."""

import codecs
import csv
import io
import re

from django.conf import settings

from intake.refusals import (
    cell_too_far,
    not_a_text_table,
    text_table_not_in_utf8,
    too_many_rows,
    unreadable_row,
)

from .. import cells
from .sheet_names import ROWS_OF_TITLES, known_headers
from .workbook import MOST_CELLS, MOST_COLUMNS, Workbook, sheet_data

MOST_LETTERS_OF_HEADERS = 100_000
"""Characters of a line in which the delimiter is searched."""

MOST_LINES_OF_HEADERS = 200
"""Lines, blank ones too, in which it is searched once there is one with words."""

UTF_8 = "utf-8-sig"
MOST_LETTERS_OF_ROW = 1_000_000
MOST_LINES = 1_048_576
"""The rows of a sheet in every spreadsheet program."""

ROWS_OF_A_SLIP = 100
"""One bad cell in so many rows is a slip. Where there are more of them than of good ones, the file
as a whole is in another encoding."""

DELIMITERS = ",;\t|"
GUARDED = re.compile(r"'(?=[=+\-@\t\r'])")
NAMED_DELIMITER = re.compile(r'"?sep=(\\t|[,;\t|])"?[,;\t|]*\s*', re.IGNORECASE)
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
BAD_BYTES = re.compile("[\udc80-\udcff]+")
"""Bytes that are not UTF-8, as Python decodes them with `surrogateescape`."""

STRAY_MARKS = ("\ufeff", "\u00ef\u00bb\u00bf")
"""A byte order mark behind another one, and one that was read as letters."""


def read(file, start):
    """A workbook of one sheet, without a name."""
    encoding = encoding_of(start)
    try:
        data = read_sheet(file, encoding, "strict")
    except UnicodeDecodeError as error:
        if encoding != UTF_8:
            raise text_table_not_in_utf8() from error
        data = read_sheet(file, encoding, "surrogateescape")
        set_bad_cells_apart(data)
    return Workbook({"": data}, [], [])


def read_sheet(file, encoding, errors):
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")
    try:
        delimiter, skipped = delimiter_of(first_lines(text))
        text.seek(0)
        rows = filled_rows(text, delimiter, skipped)
        return sheet_data("", rows, settings.WORKBOOK_MAX_ROWS)
    finally:
        text.detach()


def set_bad_cells_apart(data):
    """Mark cells that are not in UTF-8. Raises UnreadableWorkbook where these are most of them."""
    bad, good = mark_bad_cells(data)
    if len(bad) > good and len(bad) * ROWS_OF_A_SLIP > len(data.rows):
        number, column, found = bad[0]
        raise text_table_not_in_utf8(cells.address(number, column), found)


def mark_bad_cells(data):
    """Replace cells with bad bytes by `Undecoded`.

    Returns (row, column, bytes) of each, and how many other cells have letters beyond ASCII.
    """
    bad, good = [], 0
    for number, row in [(data.header_row, data.headers), *data.rows]:
        for column, value in enumerate(row):
            if BAD_BYTES.search(value):
                row[column] = undecoded(value)
                bad.append((number, column, row[column].found))
            elif not value.isascii():
                good += 1
    return bad, good


def undecoded(value):
    found = " ".join(BAD_BYTES.findall(value)).encode("utf-8", "surrogateescape")
    return cells.Undecoded(BAD_BYTES.sub("\ufffd", value), found.hex(" ").upper())


def encoding_of(start):
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if CONTROLS.search(start):
        raise not_a_text_table()
    return UTF_8


def first_lines(text):
    """(number, line) of the first lines that are not blank, or as much of them as is searched."""
    found = []
    for number in range(1, MOST_LINES + 1):
        line = text.readline(MOST_LETTERS_OF_HEADERS)
        if not line or len(found) > ROWS_OF_TITLES or (found and number > MOST_LINES_OF_HEADERS):
            return found
        if line.strip("\ufeff \r\n"):
            found.append((number, line.removeprefix("\ufeff")))
    if not found:
        raise too_many_rows()
    return found


def delimiter_of(lines):
    """The delimiter, and how many lines come before the headers.

    It is the one that yields the most of our headers, because titles may stand above them. Of those
    that yield the same, the one that the file names in its first line.
    """
    number, line = lines[0] if lines else (0, "")
    named = NAMED_DELIMITER.fullmatch(line)
    if named:
        lines = lines[1:] or lines
    known = known_headers()

    def headers_in(line, delimiter):
        headers = next(csv.reader([line], delimiter=delimiter), [])
        return sum(cells.folded(header) in known for header in headers)

    def fitting(delimiter):
        most = max((headers_in(line, delimiter) for _number, line in lines), default=0)
        is_named = bool(named) and named[1].replace("\\t", "\t") == delimiter
        return most, is_named, line.count(delimiter)

    return max(DELIMITERS, key=fitting), number if named else 0


def filled_rows(text, delimiter, skipped):
    """(number, values) of the rows that are not empty. Numbers are as a spreadsheet shows them."""
    number = total = 0
    is_first = True
    lines = Lines(text)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(rows, start=1):
            lines.letters = 0
            total += len(row)
            if number > MOST_LINES:
                raise too_many_rows()
            if len(row) > MOST_COLUMNS or total > MOST_CELLS:
                raise cell_too_far()
            if number <= skipped or all(map(cells.is_empty, row)):
                continue
            if is_first:
                row[0], is_first = without_marks(row[0]), False
            yield number, [unguarded(value) if value[:1] == "'" else value for value in row]
    except csv.Error as error:
        raise unreadable_row(number + 1) from error


class Lines:
    """The lines of a text. `letters`: how many the present row has; its reader sets it to 0."""

    def __init__(self, text):
        self.text = text
        self.letters = 0

    def __iter__(self):
        while line := self.text.readline(MOST_LETTERS_OF_ROW):
            self.letters += len(line)
            if self.letters > MOST_LETTERS_OF_ROW:
                raise cell_too_far()
            yield line
            if len(line) == MOST_LETTERS_OF_ROW:
                raise cell_too_far()


def without_marks(text):
    for mark in STRAY_MARKS:
        text = text.removeprefix(mark)
    return text


def unguarded(text):
    """`text` without the `'` that our own files have before what could be a formula."""
    return text[1:] if GUARDED.match(text) else text
