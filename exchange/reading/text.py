"""Reads one sheet from a text file with commas, semicolons or tabs between cells."""

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
from .sheet_names import known_headers
from .workbook import MOST_CELLS, MOST_COLUMNS, Workbook, sheet_data

MOST_LETTERS_OF_HEADERS = 100_000
"""Characters of the first line in which the delimiter is searched."""

MOST_LETTERS_OF_ROW = 1_000_000
MOST_LINES = 1_048_576
"""The rows of a sheet in every spreadsheet program."""

DELIMITERS = ",;\t"
GUARDED = re.compile(r"'(?=[=+\-@\t\r'])")
NAMED_DELIMITER = re.compile(r"sep=([,;\t])\s*")
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def read(file, start):
    """A workbook of one sheet, without a name."""
    encoding = encoding_of(start)
    file.seek(0)
    with io.TextIOWrapper(file, encoding=encoding, newline="") as text:
        try:
            first = first_line(text)
            delimiter, skipped = delimiter_of(first)
            text.seek(0)
            rows = filled_rows(text, delimiter, skipped)
            data = sheet_data("", rows, settings.WORKBOOK_MAX_ROWS)
        except UnicodeDecodeError as error:
            raise text_table_not_in_utf8() from error
    return Workbook({"": data}, [], [])


def encoding_of(start):
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if CONTROLS.search(start):
        raise not_a_text_table()
    return "utf-8-sig"


def first_line(text):
    """The first line that is not blank, or as much of it as is searched."""
    for _number in range(MOST_LINES):
        line = text.readline(MOST_LETTERS_OF_HEADERS)
        if not line or line.strip("\ufeff \r\n"):
            return line
    raise too_many_rows()


def delimiter_of(line):
    """The delimiter, and how many lines come before the headers."""
    named = NAMED_DELIMITER.fullmatch(line.removeprefix("\ufeff"))
    if named:
        return named[1], 1
    known = known_headers()

    def fitting(delimiter):
        headers = next(csv.reader([line.removeprefix("\ufeff")], delimiter=delimiter), [])
        return sum(cells.folded(header) in known for header in headers), line.count(delimiter)

    return max(DELIMITERS, key=fitting), 0


def filled_rows(text, delimiter, skipped):
    """(number, values) of the rows that are not empty. Numbers are as a spreadsheet shows them."""
    number = total = 0
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


def unguarded(text):
    """`text` without the `'` that our own files have before what could be a formula."""
    return text[1:] if GUARDED.match(text) else text
