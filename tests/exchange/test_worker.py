"""Long imports in the background: a real worker, one that is killed, and how they are started."""

import contextlib
import datetime
import errno
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from unittest.mock import Mock
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.utils import timezone

from exchange import jobs
from exchange.jobs import api, steps
from exchange.management.commands.run_worker import PatientWorker, Presence
from exchange.models import Job, Worker
from profiles.models import ChangeSet, City

State = Job.State
PATIENCE = 30
"""Seconds until something that should happen at once counts as not happening."""

HANGING = """
import pathlib, signal, sys
import django
django.setup()
from django.core.management import call_command
import exchange.applying, exchange.planning, exchange.jobs.steps

def hang(*arguments, **options):
    pathlib.Path(sys.argv[2]).touch()
    signal.pause()

module, name = sys.argv[1].rsplit(".", 1)
setattr(sys.modules[module], name, hang)
call_command("run_worker", interval=0.05)
"""
"""A worker that comes to a stop in the middle of its work."""


def until(happened):
    """Wait for `happened`, looking often."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := happened()):
        assert time.monotonic() < deadline, "It did not happen."
        time.sleep(0.02)
    return answer


def database_url():
    """The address of the database that this test is using, for another process."""
    name = quote(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture
def start():
    """A function that starts Python beside the test, on the same database and files."""
    started = []
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "citiesnature.settings.testing",
    }

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def queued(officer, send, monkeypatch):
    """A job whose check waits for a worker."""
    monkeypatch.setattr(api, "runs_here", lambda job: False)
    return send(officer, Cities=[["City", "Population"], ["anji-county", 7]])


def reload(job):
    job.refresh_from_db()
    return job


def let_a_minute_pass(job):
    """Put all signs of life an hour back."""
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(started_at=long_ago, heartbeat=long_ago)
    Worker.objects.update(seen_at=long_ago)
    os.utime(job.heartbeat_path, (long_ago.timestamp(), long_ago.timestamp()))
    job.refresh_from_db()


@pytest.mark.django_db(transaction=True)
def test_a_worker_checks_and_writes_and_leaves_in_good_order(queued, officer, start):
    worker = start("manage.py", "run_worker", "--interval", "0.05")
    job = until(lambda: reload(queued).state == State.READY and queued)
    assert Worker.is_any_alive()
    jobs.confirm(job, officer)
    until(lambda: reload(job).state == State.APPLIED)
    assert City.objects.get(slug="anji-county").population == 7
    worker.terminate()
    worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0
    assert not Path(job.heartbeat_path).exists()
    assert not Worker.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "where", ["exchange.jobs.steps.make_plan", "exchange.applying.raise_counters"]
)
def test_a_worker_killed_in_the_middle(where, queued, officer, start, tmp_path, monkeypatch):
    """In the middle of the check, and of the writing: all rows are sent, nothing is committed."""
    job, act, end = queued, jobs.check_again, State.READY
    if where == "exchange.applying.raise_counters":
        api.execute_run(job, officer)
        jobs.confirm(job, officer)
        act, end = jobs.confirm, State.APPLIED
    assert job.is_waiting
    sets = ChangeSet.objects.count()
    reached = tmp_path / "reached"
    worker = start("-c", HANGING, where, str(reached))
    until(reached.exists)
    assert reload(job).is_running
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate(timeout=PATIENCE)
    assert reload(job).is_running
    let_a_minute_pass(job)
    assert job.is_silent
    assert City.objects.get(slug="anji-county").population == 600000
    assert ChangeSet.objects.count() == sets
    monkeypatch.undo()
    act(job, officer)
    assert job.state == end
    assert City.objects.get(slug="anji-county").population == (7 if act is jobs.confirm else 600000)


def at_once(*acts):
    """Run these in threads, each with a connection of its own; what they raise."""

    def in_thread(act):
        try:
            act()
        except jobs.NotNow as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [raised for raised in threads.map(in_thread, acts) if raised]


@pytest.fixture
def ready(officer, send):
    """A function that sends a new population of Anji County and returns the checked job."""
    head = ["City", "Population"]
    return lambda population: send(officer, Cities=[head, ["anji-county", population]])


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_at_once_one_writes(ready, officer, monkeypatch):
    """Both have found all as it was at their check before either begins to write."""
    first, second = ready(7), ready(8)
    together, apply = Barrier(2, timeout=PATIENCE), steps.applying.apply

    def wait_and_apply(*arguments, **options):
        together.wait()
        return apply(*arguments, **options)

    monkeypatch.setattr(steps.applying, "apply", wait_and_apply)
    at_once(lambda: jobs.confirm(first, officer), lambda: jobs.confirm(second, officer))
    by_state = {job.state: job for job in (first, second)}
    assert set(by_state) == {State.APPLIED, State.OUTDATED}
    assert str(by_state[State.APPLIED]) in by_state[State.OUTDATED].message
    written = 7 if by_state[State.APPLIED] == first else 8
    assert City.objects.get(slug="anji-county").population == written


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_writes(ready, officer):
    job = ready(7)
    sets = ChangeSet.objects.count()
    tabs = [Job.objects.get(pk=job.pk) for _tab in range(4)]
    refusals = at_once(*[partial(jobs.confirm, tab, officer) for tab in tabs])
    assert all("written already" in str(refusal) for refusal in refusals)
    assert (reload(job).state, ChangeSet.objects.count()) == (State.APPLIED, sets + 1)


@pytest.fixture
def worker():
    names = {"queue_names": ["*"], "excluded_queue_names": [], "backend_name": "default"}
    return PatientWorker(
        **names, interval=0.25, batch=False, startup_delay=False, max_tasks=None, worker_id="one"
    )


@pytest.fixture
def looks(monkeypatch, worker):
    """What each look for work of the worker raises (None: nothing); it stops after the last."""
    outcomes = []

    def run(worker):
        worker.running = len(outcomes) > 1
        if outcome := outcomes.pop(0):
            raise outcome

    monkeypatch.setattr(PatientWorker.__mro__[1], "run", run)
    for what in ("publish_lagging", "make_rounds"):
        monkeypatch.setattr(PatientWorker, what, lambda worker: None)
    return outcomes


@pytest.fixture
def slept(monkeypatch):
    """How long the worker slept, each time."""
    times = []
    monkeypatch.setattr("exchange.management.commands.run_worker.time.sleep", times.append)
    return times


def test_a_worker_waits_for_its_database_longer_each_time_and_says_so(
    worker, looks, slept, caplog, db
):
    away = [
        OperationalError("the connection was refused"),
        InterfaceError("connection already closed"),
        OperationalError("database is locked"),
        OSError(errno.ENOSPC, "No space left on device"),
        *[OperationalError("database or disk is full")] * 3,
    ]
    looks += [None, *away, None, away[0], None]
    worker.run()
    assert slept == [0.25, 1, 2, 4, 8, 16, 30, 30, 0.25, 1]
    assert caplog.text.count("the worker tries again in") == 8
    assert caplog.text.count("The database is back") == 2


def test_a_worker_ends_where_waiting_does_not_help(worker, looks, db):
    looks.append(ProgrammingError("there is no such column"))
    with pytest.raises(ProgrammingError):
        worker.run()


def test_a_worker_is_told_to_stop_while_it_waits(worker, looks, monkeypatch, db):
    looks += [OperationalError("the connection was refused"), None]

    def interrupt(seconds):
        worker.shutdown(signal.SIGTERM, None)

    monkeypatch.setattr("exchange.management.commands.run_worker.time.sleep", interrupt)
    with pytest.raises(SystemExit) as left:
        worker.run()
    assert left.value.code == 0


def test_a_worker_without_a_database_gives_no_sign_of_life_and_leaves(monkeypatch):
    def refuse(*arguments, **options):
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(Worker.objects, "filter", refuse)
    monkeypatch.setattr("exchange.management.commands.run_worker.connection", Mock())
    presence = Presence("one")
    with presence:
        assert presence.thread.is_alive()
    assert not presence.thread.is_alive()


MANAGE = """#!/bin/sh
case $1 in
    run_worker|runserver) trap "echo $1 ended >> {log}; exit" TERM; echo "$1" >> {log};;
    *) exit 0;;
esac
while :; do sleep 0.05; done
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_make_run_starts_and_stops_server_and_worker(tmp_path, number):
    """Ctrl-C reaches the whole group of processes; SIGTERM is sent to make alone."""
    log, manage, installed = tmp_path / "log", tmp_path / "manage", tmp_path / "installed"
    installed.touch()
    manage.write_text(MANAGE.format(log=log))
    manage.chmod(0o755)
    environment = {name: text for name, text in os.environ.items() if not name.startswith("MAKE")}
    make = subprocess.Popen(
        ["make", "run", f"MANAGE={manage}", f"INSTALLED={installed}"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # A program that was started in the background may have been told to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        until(lambda: log.exists() and len(log.read_text().splitlines()) == 2)
        os.killpg(make.pid, number) if number == signal.SIGINT else make.terminate()
        make.wait(PATIENCE)
        until(lambda: log.read_text().count("ended") == 2)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(make.pid, signal.SIGKILL)
        make.wait()
