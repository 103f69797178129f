"""`make test` itself: its numbers, and its honesty about what did not run."""

import signal
import socket
import subprocess
import threading
from operator import itemgetter
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from tests import run
from tests.conftest import ON_BOTH, NetworkUsed, files_of_tests, module_name
from tests.programs import MARKED


@pytest.fixture
def suite(monkeypatch):
    """Replaces the runs of pytest; returns the databases that were run."""
    ran = []

    def run_suite(database, url, arguments):
        ran.append((database, url, arguments))
        return run.Outcome(database, 0, {"tests": 7, "failures": 1, "errors": 1, "skipped": 2})

    monkeypatch.setattr(run, "run_suite", run_suite)
    monkeypatch.setattr(run, "in_random_order", lambda arguments: arguments)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    return ran


@pytest.mark.parametrize(
    ("given", "on_sqlite"),
    [(["-k", "name"], ["-k", "name", "--only=sql"]), (["--both-whole"], [])],
)
def test_prefers_the_given_server(suite, monkeypatch, capsys, given, on_sqlite):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://localhost/trial")
    assert run.main(given) == 0
    on_postgresql = [argument for argument in given if argument != "--both-whole"]
    assert sorted(suite, key=itemgetter(0)) == [
        ("PostgreSQL", "postgres://localhost/trial", on_postgresql),
        ("SQLite", None, on_sqlite),
    ]
    assert "PostgreSQL: 3 passed, 2 failed, 2 skipped\nSQLite: 3 passed" in capsys.readouterr().out


def test_the_order_is_told_and_can_be_asked_for_again(capsys):
    *given, seed = run.in_random_order(["tests/cbi"])
    assert given == ["tests/cbi"]
    assert seed in capsys.readouterr().out
    assert run.in_random_order([seed]) == [seed]


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


@pytest.mark.parametrize(
    ("on_postgresql", "on_sqlite", "status"),
    [(1, 1, 1), (0, 1, 1), (0, 5, 0), (5, 5, 1), (0, 2, 1)],
)
def test_a_failed_run_fails(monkeypatch, on_postgresql, on_sqlite, status):
    """5 is what pytest answers where a choice of tests has none for one of the databases."""
    statuses = {"PostgreSQL": on_postgresql, "SQLite": on_sqlite}
    monkeypatch.setattr(run, "run_suite", lambda name, *_: run.Outcome(name, statuses[name]))
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://localhost/trial")
    monkeypatch.delenv("CI", raising=False)
    assert run.main([]) == status


def test_being_told_to_stop_ends_both_runs(monkeypatch):
    """The pool would wait for the run that goes on."""
    started = threading.Event()

    def run_suite(database, *_given):
        if database == "SQLite":
            with subprocess.Popen(["sleep", "20"]) as process:
                monkeypatch.setattr(run, "RUNNING", [process])
                started.set()
            return run.Outcome(database, process.returncode)
        started.wait(60)
        raise SystemExit(143)

    monkeypatch.setattr(run, "run_suite", run_suite)
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://localhost/trial")
    with pytest.raises(SystemExit):
        run.run_suites([], both_whole=False)
    assert run.RUNNING[0].returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("argument", "some"),
    [
        ("tests", "tests.exchange.test_export"),
        ("tests/project/test_runner.py::test_a_failed_run_fails[0-1-1]", __name__),
    ],
)
def test_the_files_that_processes_load_are_those_that_are_chosen(argument, some):
    config = SimpleNamespace(
        args=[argument], invocation_params=SimpleNamespace(dir=settings.BASE_DIR)
    )
    names = [module_name(path) for path in files_of_tests(config)]
    assert some in names
    assert set(names) == {some} or argument == "tests"


def test_every_process_may_keep_what_it_compiled(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    shown = []
    monkeypatch.setattr(run, "_show", lambda command, given, database: shown.append(given) or 0)
    run.run_suite("SQLite", None, [])
    assert "PYTHONDONTWRITEBYTECODE" not in shown[0]
    assert shown[0]["PATH"]


def test_every_named_file_of_tests_is_there():
    missing = [path for path in ON_BOTH if not Path(settings.BASE_DIR, path).exists()]
    assert not missing


@pytest.mark.parametrize(
    "address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0), ("example.org", 80)]
)
def test_the_network_is_closed(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as plug, pytest.raises(NetworkUsed):
        plug.connect(address)
