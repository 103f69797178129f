"""Writes a whole workbook row by row, so that memory does not grow with the rows."""

import xlsxwriter
from django.utils import timezone

from ..reading.written import PROPERTY
from .layout import OPTIONS
from .lists import Lists
from .page import Page
from .read_me import write_read_me


def write_book(selection, file, *, is_template=False):
    """Write the sheets of `selection` to a path or a file that takes bytes."""
    sheets = selection.bound_sheets()
    lists = Lists(sheets)
    now = timezone.now()  # before any row is read: what changes from now on is newer than the file
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_custom_property(PROPERTY, now.isoformat(), "text")
        write_read_me(book, selection, sheets, is_template=is_template)
        for sheet in sheets:
            Page(book, sheet, lists).write(selection.rows_of(sheet))
        if lists.by_name:
            lists.write(book)
