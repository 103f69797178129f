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
MOST_LINES_OF_MISQUOTED = 20
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
            bad, _good = mark_bad_cells(data)
            data.appearance.undecoded = list(dict.fromkeys(number for number, *_cell in bad))
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
                self.misquoted.append(number)
                yield self.misquoted_row()
                reader = self.reader()

    def misquoted_row(self):
        """The cells of the first of the lines taken, or of as many as close its quotation marks."""
        alone = self.taken[0].rstrip("\r\n").split(self.delimiter)
        most = 1 if len(alone) == self.usual_width() else MOST_LINES_OF_MISQUOTED
        for count in range(1, min(len(self.taken), most) + 1):
            row = cells_of("".join(self.taken[:count]), self.delimiter)
            if row is not None:
                break
        else:
            count, row = 1, [cell.removeprefix('"') for cell in alone]
        self.again.extendleft(reversed(self.taken[count:]))
        self.taken = self.taken[:count]
        return row

    def usual_width(self):
        return max(self.by_width, key=lambda width: len(self.by_width[width]), default=0)

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

    def uneven(self):
        """Row → its number of cells, where most rows have another."""
        if not self.by_width:
            return {}
        usual = self.usual_width()
        if len(self.by_width[usual]) < LEAST_EVEN * sum(map(len, self.by_width.values())):
            return {}
        return {
            number: width
            for width, numbers in self.by_width.items()
            if width != usual
            for number in numbers
        }


def cells_of(line, delimiter):
    """The cells of a row in which a quotation mark ends a cell only where a delimiter follows it.

    None where a cell begins with a mark and none ends it.
    """
    found, at, line = [], 0, line.rstrip("\r\n")
    while True:
        if line.startswith('"', at):
            end = end_of_cell(line, at + 1, delimiter)
            if end is None:
                return None
            found.append(line[at + 1 : end].replace('""', '"'))
            at = end + 1
        else:
            end = line.find(delimiter, at)
            end = len(line) if end < 0 else end
            found.append(line[at:end])
            at = end
        if at >= len(line):
            return found
        at += 1


def end_of_cell(line, at, delimiter):
    """The place of the next quotation mark before a delimiter or the end; None if there is none."""
    while (end := line.find('"', at)) >= 0:
        if end + 1 == len(line) or line[end + 1] == delimiter:
            return end
        at = end + 1
    return None
