"""People, cities and workbooks that many tests of the exchange begin with."""

import io
import json

import pytest
from django.core.files import File
from django.core.management import call_command

from exchange import jobs
from tests.exchange.workbooks import plan_of, write_workbook
from tests.factories import make_city, make_user, writing


@pytest.fixture
def port(catalogue):
    """Port Trial, a city of which nothing else is known."""
    return make_city("Port Trial")


@pytest.fixture
def staff(catalogue):
    return make_user("staff@example.org", is_staff=True, full_name="Sam Staff")


@pytest.fixture
def officer(anji):
    """An officer of Anji County."""
    return make_user("officer@example.org", officer_of=anji, full_name="Olga Officer")


@pytest.fixture
def port_officer(port):
    """An officer of Port Trial."""
    return make_user("officer@example.org", officer_of=port)


@pytest.fixture
def workbook(tmp_path):
    """A function that writes a workbook of the given sheets and returns its path."""

    def write(**sheets):
        return write_workbook(tmp_path / "workbook.xlsx", sheets)

    return write


@pytest.fixture
def undated(monkeypatch):
    """Workbooks do not say when they were written, so nobody looks for newer values."""
    monkeypatch.setattr("exchange.reading.find_written", lambda archive: None)


@pytest.fixture
def plan(workbook):
    """A function that plans sheets as imported by `user`; None is the platform."""

    def run(user=None, *, clears=False, **sheets):
        return plan_of(workbook(**sheets), user, clears=clears)

    return run


@pytest.fixture
def send(workbook):
    """A function that sends sheets as a job of `user`."""

    def send(user, **sheets):
        with workbook(**sheets).open("rb") as file:
            return jobs.receive(user, File(file, "my cities.xlsx"))

    return send


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
    return writing
