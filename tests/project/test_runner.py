"""`make test` itself: its numbers, and its honesty about what did not run."""

import socket

import pytest

from tests import run
from tests.conftest import NetworkUsed
from tests.programs import MARKED


@pytest.fixture
def suite(monkeypatch):
    """Replaces the runs of pytest; returns the databases that were run."""
    ran = []

    def run_suite(database, url, arguments):
        ran.append((database, url, arguments))
        return run.Outcome(database, 0, {"tests": 7, "failures": 1, "errors": 1, "skipped": 2})

    monkeypatch.setattr(run, "run_suite", run_suite)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    return ran


def test_prefers_the_given_server(suite, monkeypatch, capsys):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://localhost/trial")
    assert run.main(["-k", "name"]) == 0
    assert suite == [
        ("SQLite", None, ["-k", "name"]),
        ("PostgreSQL", "postgres://localhost/trial", ["-k", "name"]),
    ]
    assert "SQLite: 3 passed, 2 failed, 2 skipped\nPostgreSQL: 3 passed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "ci", "status"), [([], "", 0), (["--all"], "", 1), ([], "true", 1)]
)
def test_a_missing_postgresql_is_named_last(suite, monkeypatch, capsys, arguments, ci, status):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(run, "find_binaries", lambda: None)
    assert run.main(arguments) == status
    assert [database for database, _, _ in suite] == ["SQLite"]
    last = capsys.readouterr().out.splitlines()[-4:]
    assert last[0] == "Not run: the whole suite on PostgreSQL. To install it:"
    assert "apt-get install postgresql" in last[1]


def test_tests_that_need_a_missing_program_are_counted_and_named():
    outcome = run.Outcome("SQLite", 0, left_out={"browser": 12})
    lines = run.missing_lines([outcome], postgresql_ran=True)
    assert lines[0] == "Not run: 12 tests that need Chromium. To install it:"
    assert "apt-get install chromium" in lines[1]


def test_every_program_has_its_marker(pytestconfig):
    known = {line.partition(":")[0] for line in pytestconfig.getini("markers")}
    assert set(MARKED) <= known


def test_a_failed_run_fails(monkeypatch):
    monkeypatch.setattr(run, "run_suite", lambda *_: run.Outcome("SQLite", 1))
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://localhost/trial")
    assert run.main([]) == 1


@pytest.mark.parametrize(
    "address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0), ("example.org", 80)]
)
def test_the_network_is_closed(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as plug, pytest.raises(NetworkUsed):
        plug.connect(address)
