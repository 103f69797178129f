"""One sheet of a workbook: headers with notes, rows, and drop-downs also below the rows."""

import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from xlsxwriter import worksheet

from intake import dates

from .. import cells
from ..columns.widgets import DateWidget, NumberWidget
from . import layout
from .help import help_for
from .layout import NotWritten

ROWS_BELOW = 5_000
"""Rows after the last one that have drop-downs too."""

LAST_ROW = 1_048_575
LONGEST_MESSAGE = 255
"""Characters: Excel takes no file with a longer one."""

REMEMBERED = 50
"""Rows whose heights are kept, for the size of the notes on the headers."""


class Worksheet(worksheet.Worksheet):
    """Forgets the heights of rows that are in the file, so that they do not fill the memory."""

    def set_height(self, row, height):
        if height is not None:
            self.set_row(row, height)
        if row > REMEMBERED:
            self.row_info.pop(row - 2, None)
            self.row_sizes.pop(row - 2, None)


class Page:
    """`lists`: where the words stand that the drop-downs offer."""

    def __init__(self, book, sheet, lists):
        self.sheet = sheet
        self.lists = lists
        self.page = book.add_worksheet(sheet.sheet_name, Worksheet)
        self.columns = list(sheet.fields.values())
        self.widths = [column.width for column in self.columns]
        self.headers, self.formats = [], []
        for column in self.columns:
            aligned = layout.RIGHT if isinstance(column.widget, NumberWidget | DateWidget) else {}
            header = layout.KEY_HEADER if column.is_key else layout.HEADER
            body = layout.KEY_BODY if column.is_key else layout.BODY
            style = {"num_format": column.widget.number_format or layout.TEXT}
            self.headers.append(book.add_format(header | aligned))
            self.formats.append(book.add_format(body | aligned | style))

    def write(self, rows, notes=()):
        """`notes`: index of a row → pairs of the index of a column and what is said at the cell.

        Notes are written with their row: the file takes nothing more for a row above the last one.
        """
        self.lay_out()
        notes, row = dict(notes), 0
        for row, values in enumerate(rows, start=1):
            self.page.set_height(row, layout.height(values, self.widths))
            for index, value in enumerate(values):
                if value is not None and value != "":
                    self.write_cell(row, index, value)
            for index, words in notes.get(row - 1, ()):
                layout.write_note(self.page, row, index, words)
        self.offer_choices(min(row + ROWS_BELOW, LAST_ROW))

    def lay_out(self):
        self.page.freeze_panes(1, 1)
        layout.set_up_print(self.page, self.widths, headers=1)
        self.page.repeat_columns(0)
        for index, column in enumerate(self.columns):
            self.page.set_column(index, index, column.width, self.formats[index])
        headers = [column.header for column in self.columns]
        self.page.set_row(0, layout.height(headers, [width - 2 for width in self.widths]))
        for index, (name, header) in enumerate(zip(self.sheet.fields, headers, strict=True)):
            self.page.write_string(0, index, header, self.headers[index])
            layout.write_note(self.page, 0, index, help_for(self.sheet, name).note)

    def offer_choices(self, last_row):
        """Add the drop-downs. They warn of other words and let them be: names are accepted too."""
        for index, column in enumerate(self.columns):
            choices = self.lists.choices(column, self.sheet.context)
            if choices is None:
                continue
            message = _(
                "This is not on the list. The check of the file will tell if it is not known: "
                "an official name, for example, is accepted as well."
            )
            rule = {
                "validate": "list",
                "source": f"={self.lists.range_of(choices.name)}",
                "error_type": "warning",
                "error_title": _("Not on the list"),
                "error_message": message[:LONGEST_MESSAGE],
                "show_error": not choices.several,
            }
            self.page.data_validation(1, index, last_row, index, rule)

    def write_cell(self, row, index, value):
        """Write by type. A code other than 0 means that the cell would be cut or left out."""
        style = self.formats[index]
        if isinstance(value, datetime.date) and value < dates.FIRST_LIKELY_DAY:
            # Reading asks back about a date cell with such a day, because it is usually a year.
            value = value.isoformat()
        if isinstance(value, str):
            code = self.page.write_string(row, index, value, style)
        elif isinstance(value, Decimal | int):
            code = self.write_number(row, index, value, style)
        else:
            code = self.page.write_datetime(row, index, value, style)
        if code:
            where = f"{self.sheet.sheet_name} {cells.address(row + 1, index)}"
            raise NotWritten(_("%s does not fit into a cell.") % where)

    def write_number(self, row, index, value, style):
        """A number with more digits than a cell keeps is written as text."""
        exact = Decimal(value)
        if len(exact.normalize().as_tuple().digits) > cells.RELIABLE_DIGITS:
            return self.page.write_string(row, index, f"{exact:f}", style)
        return self.page.write_number(row, index, float(exact), style)
