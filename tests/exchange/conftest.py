"""Workbooks written for a test, and what the commands answer about them."""

import io
import json

import pytest
import xlsxwriter
from django.core.management import call_command


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


@pytest.fixture
def workbook(tmp_path):
    """A function that writes a workbook of the given sheets and returns its path."""

    def write(**sheets):
        return write_workbook(tmp_path / "workbook.xlsx", sheets)

    return write


@pytest.fixture
def answer():
    """A function that runs `import_workbook` and returns its JSON, with the exit status in it."""

    def run(path, *options):
        out, status = io.StringIO(), 0
        try:
            call_command("import_workbook", path, "--json", *options, stdout=out)
        except SystemExit as left:
            status = left.code
        return {"status": status, **json.loads(out.getvalue())}

    return run


@pytest.fixture
def problem(workbook, answer):
    """A function that imports sheets with exactly one thing wrong and returns what is said."""

    def run(**sheets):
        said = answer(workbook(**sheets))
        assert said["status"] == 1
        assert not said["written"]
        assert len(said["problems"]) == 1, said["problems"]
        return said["problems"][0]

    return run


@pytest.fixture
def recorded(db):
    """A function whose `with` block may write rows that have history."""
    from profiles.changes import recording
    from profiles.models import ChangeSet

    return lambda: recording(None, ChangeSet.Kind.ADMIN, "a test")
