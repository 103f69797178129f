"""A workbook of rows that were made of something else, with its doubts and what was not used."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Any

import xlsxwriter

from .. import cells
from ..lookups.context import ImportContext
from ..reading.workbook import DOUBTS, NOT_USED
from ..reading.written import PROPERTY
from ..sheets import sheet_classes
from . import layout
from .lists import Lists
from .page import Page

MOST_NOTES = 2_000
"""Programs get slow with more notes on cells."""


@dataclass(slots=True)
class WordSheet:
    """A sheet of words for people, which no import reads. `lines`: what stands in its rows."""

    above: str
    headers: list
    widths: tuple
    lines: Any


class Book:
    """`rows`: name of a sheet → its rows, each a dictionary by header. `always`: sheets that are
    there also where they have no rows. `moment`: when what is in it was true."""

    def __init__(self, rows, *, user=None, always=(), moment=None):
        self.rows, self.moment = rows, moment
        context = ImportContext(user)
        self.sheets = [
            cls(context)
            for cls in sheet_classes(user)
            if cls.sheet_name in always or rows.get(cls.sheet_name)
        ]
        self.headers = {
            sheet.sheet_name: [column.header for column in sheet.fields.values()]
            for sheet in self.sheets
        }

    def address(self, sheet, at, header):
        """The address of a cell, of the row at this index; empty where there is none."""
        headers = self.headers.get(sheet, ())
        if at is None or header not in headers:
            return ""
        return cells.address(at + 2, headers.index(header))

    def write(self, file, doubts, not_used, notes=()):
        """Write it to a path or a file that takes bytes.

        `doubts`, `not_used`: `WordSheet`s, the first and the last sheet. `notes`: (sheet, index of
        the row, header, what is said at the cell, about which words).
        """
        lists = Lists(self.sheets)
        noted = {}
        for sheet, at, header, *said in notes:
            if self.address(sheet, at, header):
                noted.setdefault(sheet, {}).setdefault((at, header), []).append(said)
        with xlsxwriter.Workbook(file, layout.OPTIONS) as book:
            if self.moment:
                book.set_custom_property(PROPERTY, self.moment.isoformat(), "text")
            write_words(book, DOUBTS, doubts)
            for sheet in self.sheets:
                self.write_sheet(book, sheet, lists, noted.get(sheet.sheet_name, {}))
            lists.write(book)
            write_words(book, NOT_USED, not_used)

    def write_sheet(self, book, sheet, lists, noted):
        headers = self.headers[sheet.sheet_name]
        own = self.rows.get(sheet.sheet_name, ())
        notes = {}
        for (at, header), messages in islice(noted.items(), MOST_NOTES):
            notes.setdefault(at, []).append((headers.index(header), in_one(messages)))
        page = Page(book, sheet, lists)
        page.write(([row.get(header) for header in headers] for row in own), notes)


def in_one(said):
    """The note at a cell of pairs (message, words): what is said several times names its words."""
    counts = Counter(message for message, _words in said)
    lines = (
        f"“{words}”: {message}" if words and counts[message] > 1 else message
        for message, words in said
    )
    return "\n".join(dict.fromkeys(lines))


def write_words(book, name, words):
    """Write a sheet of words, row by row."""
    page = book.add_worksheet(name)
    body = book.add_format(layout.BODY | {"num_format": layout.TEXT})
    layout.set_up_print(page, words.widths)
    for at, width in enumerate(words.widths):
        page.set_column(at, at, width)
    page.merge_range(0, 0, 0, len(words.widths) - 1, words.above, body)
    page.set_row(0, layout.height([words.above], [sum(words.widths)]))
    layout.write_words(page, 1, words.headers, book.add_format(layout.HEADER))
    page.freeze_panes(2, 0)
    for row, line in enumerate(words.lines, start=2):
        texts = [str(word) for word in line]
        page.set_row(row, layout.height(texts, words.widths))
        layout.write_words(page, row, texts, body)
