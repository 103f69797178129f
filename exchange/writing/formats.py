"""The formats of files that are written, on the classes of django-import-export."""

import json
from contextlib import contextmanager
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy
from import_export.formats import base_formats

from intake import numbers
from profiles import csv_json

from .book import write_book
from .zip import write_zip

JSON_FORMAT, JSON_VERSION = "citiesnature-sheets", 1
LINES_AT_ONCE = 500


def write(selection, format, file, *, sheet=None):
    """Write `selection`, or its sheet of the name `sheet`, to a path or a file that takes bytes.

    A format for a single sheet writes the first of the selection.
    """
    format.write(selection.with_sheets(sheet) if sheet else selection, file)


class SheetFormat:
    """What these formats share. To be inherited before a class of django-import-export."""

    title = ""
    extension = ""
    single_sheet = False

    def get_title(self):
        return self.title

    def get_extension(self):
        return self.extension

    def can_import(self):
        return False

    def is_binary(self):
        return True

    def write(self, selection, file):
        """Write the sheets of `selection`, row by row."""
        raise NotImplementedError


class XLSX(SheetFormat, base_formats.XLSX):
    title = gettext_lazy("Excel workbook (.xlsx)")
    extension = "xlsx"

    def write(self, selection, file):
        write_book(selection, file)


class Bundle(SheetFormat, base_formats.Format):
    title = gettext_lazy("Excel workbook with its files (.zip)")
    extension = "zip"

    def write(self, selection, file):
        write_zip(selection, file)


class TextSheets(SheetFormat):
    """A format of lines of text in UTF-8."""

    def write(self, selection, file):
        with opened_for_writing(file) as out:
            gathered = []
            for line in self.lines(selection):
                gathered.append(line)
                if len(gathered) == LINES_AT_ONCE:
                    out.write("".join(gathered).encode())
                    gathered.clear()
            out.write("".join(gathered).encode())

    def lines(self, selection):
        raise NotImplementedError


class CSV(TextSheets, base_formats.CSV):
    """With a byte order mark, by which Excel knows UTF-8."""

    title = gettext_lazy("one sheet as text (.csv)")
    extension = "csv"
    single_sheet = True

    def lines(self, selection):
        sheet = selection.bound_sheets()[0]
        names = [column.header for column in sheet.fields.values()]
        yield from csv_json.csv_lines(names, selection.rows_of(sheet), csv_cell)


class JSON(TextSheets, base_formats.JSON):
    """One object: what it is, when it was written, and per sheet its rows by header.

    Numbers are JSON numbers with all their digits, dates ISO 8601, empty cells null.
    """

    title = gettext_lazy("data for programs (.json)")
    extension = "json"

    def lines(self, selection):
        now = timezone.now().isoformat(timespec="seconds")
        about = {"format": JSON_FORMAT, "version": JSON_VERSION, "exported_at": now}
        yield json.dumps(about).removesuffix("}") + ',\n"sheets": {'
        for number, sheet in enumerate(selection.bound_sheets()):
            yield f"{',' if number else ''}\n{csv_json.json_value(sheet.sheet_name)}: ["
            names = [column.header for column in sheet.fields.values()]
            yield from csv_json.json_rows(names, selection.rows_of(sheet))
            yield "]"
        yield "\n}\n}\n"


FORMATS = {format.extension: format for format in (XLSX(), Bundle(), CSV(), JSON())}
"""By the ending of their files."""


@contextmanager
def opened_for_writing(file):
    """`file` for writing bytes; a path is opened and closed."""
    if hasattr(file, "write"):
        yield file
        return
    with open(file, "wb") as out:
        yield out


def csv_cell(value):
    """A number so that it reads in one way only."""
    return numbers.write(value) if isinstance(value, Decimal) else csv_json.csv_cell(value)
