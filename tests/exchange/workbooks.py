"""Workbooks for tests: written, planned, saved by another program."""

import subprocess

import xlsxwriter

from exchange.planning import make_plan
from exchange.reading import read
from tests.programs import LIBREOFFICE


def write_workbook(path, sheets, **options):
    """`sheets`: name → rows, the first of them the headers; None leaves a cell out."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", **options}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if isinstance(value, str):
                        page.write_string(row, column, value)
                    elif value is not None:
                        page.write(row, column, value)
    return path


def plan_of(path, user=None, **options):
    """The plan of the file at `path` as imported by `user`; None is the platform."""
    return make_plan(read(path), user, **options)


def save_by_libreoffice(path, folder):
    """Open the workbook at `path` in LibreOffice and save it anew; returns its new path."""
    subprocess.run(
        [
            LIBREOFFICE.path(),
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"),
            *("--outdir", folder / "saved", path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / "saved" / path.name
