"""The cities of a result as a file: CSV, JSON or a workbook."""

import json

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.site_url import site_url
from exchange.writing.tables import workbook_of
from profiles.csv_json import csv_lines, json_rows

from .city_list import CityResult
from .city_table import COLUMNS, columns, rows

JSON_FORMAT, JSON_VERSION = "citiesnature-cities", 1


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
    words = ((name, str(COLUMNS[name])) for name in columns())
    return workbook_of(
        [
            (_("Cities"), columns(), found),
            (_("Columns"), [_("Column"), _("What it says")], words),
        ]
    )


ANSWERS = {"csv": as_csv, "json": as_json, "xlsx": as_workbook}
