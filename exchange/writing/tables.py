"""Plain tables as a workbook: no template, and not to be read in again."""

import tempfile
from decimal import Decimal

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from .layout import OPTIONS

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = {"bold": True, "bottom": 1}
WIDTH = 18
"""Characters."""


def workbook_of(sheets):
    """The answer with a workbook; `sheets`: (name, names of the columns, rows) of each.

    Its temporary file goes once it is sent: ZIP cannot be written in one go.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 (FileResponse closes it)
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        header = book.add_format(HEADER)
        for name, names, rows in sheets:
            write_sheet(book.add_worksheet(name), names, rows, header)
    file.seek(0)
    return FileResponse(file, content_type=XLSX_TYPE)


def write_sheet(page, names, found, header):
    page.freeze_panes(1, 1)
    page.set_column(0, len(names) - 1, WIDTH)
    for index, name in enumerate(names):
        page.write_string(0, index, name, header)
    for number, values in enumerate(found, start=1):
        for index, value in enumerate(values):
            write_cell(page, number, index, value)


def write_cell(page, row, index, value):
    """By type: text stays text, also where it looks like a formula."""
    match value:
        case None | "":
            return
        case bool():
            page.write_string(row, index, _("yes") if value else _("no"))
        case int() | Decimal():
            page.write_number(row, index, value)
        case str():
            page.write_string(row, index, value)
        case _:
            page.write_datetime(row, index, value)
