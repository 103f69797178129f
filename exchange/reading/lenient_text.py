"""Reads a text file of another form: in any encoding, also where quotation marks lack a partner."""

import csv
import io
from collections import deque

from django.conf import settings

from intake.refusals import cell_too_far, too_many_rows

from .. import cells
from .text import MOST_LETTERS_OF_ROW, MOST_LINES, NAMED_DELIMITER, mark_bad_cells, unguarded
from .workbook import MOST_CELLS, MOST_COLUMNS, Workbook, sheet_data

MOST_LINES_OF_ROW = 500
MOST_MISQUOTED = 1_000
"""After so many rows with a quotation mark too few, each line is a row."""

MARK = "\ufeff"
LEAST_EVEN = 0.5
"""Share of the rows that must have as many cells as each other, before others are uneven."""


def read(file, encoding, delimiter):
    """A workbook of one sheet, without a name."""
    try:
        data = read_sheet(file, encoding, delimiter, "strict")
    except UnicodeDecodeError:
        # Characters of two bytes cannot be kept as bad bytes: other letters stand in for them.
        is_wide = encoding.startswith("utf-16")
        data = read_sheet(file, encoding, delimiter, "replace" if is_wide else "surrogateescape")
        if not is_wide:
            mark_bad_cells(data)
    return Workbook({"": data}, [], [])


def read_sheet(file, encoding, delimiter, errors):
    text = open_text(file, encoding, errors)
    try:
        rows = Rows(text, delimiter)
        data = sheet_data("", rows.filled(), settings.WORKBOOK_MAX_ROWS)
    finally:
        text.detach()
    data.appearance.misquoted = rows.misquoted
    data.appearance.uneven = rows.uneven()
    return data


def open_text(file, encoding, errors="replace"):
    """The text in `file` from its start."""
    file.seek(0)
    return io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")


class Rows:
    """`misquoted`: the rows that had to be read in another way than their quotation marks say."""

    def __init__(self, text, delimiter):
        self.text = text
        self.delimiter = delimiter
        self.misquoted = []
        self.by_width = {}
        self.again = deque()
        self.taken = []

    def filled(self):
        """(number, values) of the rows that are not empty. Numbers are as a spreadsheet shows."""
        total = 0
        for number, row in enumerate(self.all(), start=1):
            total += len(row)
            if number > MOST_LINES:
                raise too_many_rows()
            if len(row) > MOST_COLUMNS or total > MOST_CELLS:
                raise cell_too_far()
            if all(map(cells.is_empty, row)) or (number == 1 and self.names_delimiter()):
                continue
            self.by_width.setdefault(len(row), []).append(number)
            yield number, [unguarded(value) if value[:1] == "'" else value for value in row]

    def names_delimiter(self):
        return NAMED_DELIMITER.fullmatch("".join(self.taken)) is not None

    def all(self):
        number, reader = 0, self.reader()
        while True:
            self.taken.clear()
            number += 1
            try:
                yield next(reader)
            except StopIteration:
                return
            except csv.Error:
                first, *rest = self.taken
                self.again.extendleft(reversed(rest))
                self.taken = [first]
                self.misquoted.append(number)
                yield self.row_of_line(first)
                reader = self.reader()

    def reader(self):
        return csv.reader(self.lines(), delimiter=self.delimiter, strict=True)

    def lines(self):
        """Lines of the text, those to be read again first. Raises csv.Error in an endless row."""
        most = 1 if len(self.misquoted) > MOST_MISQUOTED else MOST_LINES_OF_ROW
        letters = 0
        while (
            line := self.again.popleft() if self.again else self.text.readline(MOST_LETTERS_OF_ROW)
        ):
            letters = len(line) if not self.taken else letters + len(line)
            if len(line) == MOST_LETTERS_OF_ROW:
                raise cell_too_far()
            self.taken.append(line.removeprefix(MARK))
            if len(self.taken) > most or letters > MOST_LETTERS_OF_ROW:
                raise csv.Error
            yield self.taken[-1]

    def next_line(self):
        return self.text.readline(MOST_LETTERS_OF_ROW)

    def row_of_line(self, line):
        """The cells of a line by itself. A mark that has no partner is not a quotation mark."""
        quoting = csv.QUOTE_NONE if line.count('"') % 2 else csv.QUOTE_MINIMAL
        row = next(csv.reader([line], delimiter=self.delimiter, quoting=quoting), [])
        if quoting == csv.QUOTE_NONE:
            row = [cell.removeprefix('"').removesuffix('"').replace('""', '"') for cell in row]
        return row

    def uneven(self):
        """Row → its number of cells, where most rows have another."""
        if not self.by_width:
            return {}
        usual = max(self.by_width, key=lambda width: len(self.by_width[width]))
        if len(self.by_width[usual]) < LEAST_EVEN * sum(map(len, self.by_width.values())):
            return {}
        return {
            number: width
            for width, numbers in self.by_width.items()
            if width != usual
            for number in numbers
        }
