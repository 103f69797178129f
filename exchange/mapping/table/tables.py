"""The tables of a file, all of them, as they stand: no header is known yet."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from intake.refusals import UnreadableWorkbook

from ... import cells
from ...reading import lenient_text, read_all
from ...reading.text import DELIMITERS, NAMED_DELIMITER
from ...reading.workbook import Appearance
from .letters import ENCODINGS, STAND_IN, guess_encoding

LINES_OF_A_GUESS = 200
MOST_SHEETS = 500
"""A form has three fields for each, and takes `DATA_UPLOAD_MAX_NUMBER_FIELDS`."""

MOST_LETTERS = 100_000
"""Fewer than the longest cell that `csv` takes, so that none of a guess is too long for it."""


@dataclass(slots=True)
class Table:
    """A sheet. `rows`: (row number as shown, values), empty ones left out, of different widths."""

    name: str
    rows: list
    appearance: Appearance = field(default_factory=Appearance)


@dataclass(slots=True)
class Book:
    """`encoding` and `delimiter`: of a text file, as it was read; empty for a workbook."""

    tables: list
    encoding: str = ""
    delimiter: str = ""
    from_1904: bool = False

    @property
    def is_text(self):
        return bool(self.encoding)


def read_book(path, name, decided):
    """The `Book` in the file at `path`, which its sender calls `name`. Raises UnreadableWorkbook.

    `decided`: {"encoding": …, "delimiter": …} of a text file; what is missing is guessed.
    """
    book = Book([])
    workbook = read_all(path, name=name, read_text=partial(read_text, book, Path(path), decided))
    book.from_1904 = workbook.from_1904
    if len(workbook.sheets) > MOST_SHEETS:
        raise UnreadableWorkbook(
            _("The workbook has more than %d sheets: send only those that hold the list.")
            % MOST_SHEETS
        )
    for name_of_sheet, data in workbook.sheets.items():
        if data.headers:
            data.rows.insert(0, (data.header_row, data.headers))
        replace_nul(data.rows)
        table = Table(name_of_sheet or name, data.rows, data.appearance)
        book.tables.append(table)
    return book


def replace_nul(rows):
    """Put a sign for the letter NUL, which no JSON of PostgreSQL takes: headers and words become
    keys of decisions."""
    for _number, values in rows:
        for at, value in enumerate(values):
            if isinstance(value, str) and "\0" in value:
                values[at] = value.replace("\0", STAND_IN)


def read_text(book, path, decided, file, _start):
    encoding = decided.get("encoding")
    book.encoding = encoding if encoding in ENCODINGS else guess_encoding(path)
    delimiter = decided.get("delimiter")
    if delimiter not in tuple(DELIMITERS):
        delimiter = guess_delimiter(first_letters(file, book.encoding))
    book.delimiter = delimiter
    return lenient_text.read(file, book.encoding, book.delimiter)


def first_letters(file, encoding):
    text = lenient_text.open_text(file, encoding)
    try:
        return text.read(MOST_LETTERS).removeprefix(lenient_text.MARK)
    finally:
        text.detach()


def guess_delimiter(text):
    """The delimiter that makes rows of as many cells as each other, of the first rows of a text."""
    lines = text.splitlines(keepends=True)[:LINES_OF_A_GUESS]
    if lines and (named := NAMED_DELIMITER.fullmatch(lines[0])):
        return named[1].replace("\\t", "\t")
    return max(DELIMITERS, key=partial(evenness, lines))


def evenness(lines, delimiter):
    """How well a delimiter fits: the share of rows of the commonest width, then the width.

    Of those that fit alike, the one that blanks follow less often: those are commas of sentences.
    """
    rows = csv.reader(lines, delimiter=delimiter)
    widths = Counter(len(row) for row in rows if not all(map(cells.is_empty, row)))
    width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]), default=(1, 0))
    if width == 1:
        return 0, 0, 0
    share = count / widths.total()
    return round(share, 1), width, -sum(line.count(f"{delimiter} ") for line in lines)
