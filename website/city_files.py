"""The cities of a result as a file: CSV, JSON or a workbook."""

import json
import tempfile
from decimal import Decimal

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.site_url import site_url
from exchange.writing.layout import OPTIONS
from profiles.csv_json import csv_lines, json_rows

from .city_list import CityResult
from .city_table import COLUMNS, columns, rows

JSON_FORMAT, JSON_VERSION = "citiesnature-cities", 1
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = {"bold": True, "bottom": 1}
WIDTH = 18
"""Characters."""


class CityListFile(CityResult, View):
    """All cities of the result, in its order."""

    def get(self, request, ending):
        site = site_url(request).rstrip("/")
        found = rows(self.search.results(self.form.order), site)
        response = ANSWERS[ending](found)
        response["Content-Disposition"] = content_disposition_header(True, f"cities.{ending}")
        response["X-Robots-Tag"] = "noindex"
        return response


def as_csv(found):
    return StreamingHttpResponse(csv_lines(columns(), found), "text/csv; charset=utf-8")


def as_json(found):
    return StreamingHttpResponse(json_lines(found), "application/json")


def json_lines(found):
    """One object: what it is, what its columns say, and its rows."""
    about = {
        "format": JSON_FORMAT,
        "version": JSON_VERSION,
        "made_on": timezone.localdate().isoformat(),
        "columns": {name: str(COLUMNS[name]) for name in columns()},
    }
    yield json.dumps(about, ensure_ascii=False).removesuffix("}") + ', "rows": ['
    yield from json_rows(columns(), found)
    yield "\n]}\n"


def as_workbook(found):
    """A temporary file, which goes once it is sent: ZIP cannot be written in one go."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (FileResponse closes it)
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        header = book.add_format(HEADER)
        write_sheet(book.add_worksheet(_("Cities")), columns(), found, header)
        words = ((name, str(COLUMNS[name])) for name in columns())
        write_sheet(
            book.add_worksheet(_("Columns")), [_("Column"), _("What it says")], words, header
        )
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


ANSWERS = {"csv": as_csv, "json": as_json, "xlsx": as_workbook}
