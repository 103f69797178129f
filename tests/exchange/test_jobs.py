"""The life of an import: received, checked, written; by whom, and what stops it."""

import datetime
import hashlib

import pytest
from django.core.files import File
from django.db import OperationalError
from django.utils import timezone

from exchange import jobs, tasks
from exchange.jobs import api, states, steps
from exchange.jobs.heartbeat import Heartbeat
from exchange.models import Job, Worker
from exchange.reading import UnreadableWorkbook
from profiles.models import Assignment, ChangeSet, City
from tests.factories import make_city, make_user, writing

pytestmark = pytest.mark.django_db
ACTION = ["City", "Number", "Action type", "Description"]
State = Job.State


def population(number):
    return {"Cities": [["City", "Population"], ["anji-county", number]]}


def stored_population():
    return City.objects.get(slug="anji-county").population


def silence(job):
    """As if the job's worker had been killed a while ago."""
    long_ago = timezone.now() - datetime.timedelta(minutes=5)
    Job.objects.filter(pk=job.pk).update(started_at=long_ago, heartbeat=long_ago)
    job.refresh_from_db()


class TestCheck:
    def test_a_sound_file_is_ready_and_writes_nothing(self, officer, anji, send):
        sheets = population(7) | {"Actions": [ACTION, ["anji-county", 31, "carbon", "New"]]}
        job = send(officer, **sheets)
        assert (job.state, job.message, job.file_name) == (State.READY, "", "my cities.xlsx")
        assert (job.totals["changed"], job.totals["new"]) == (1, 1)
        assert (job.rows_total, job.rows_done, job.problem_count) == (2, 2, 0)
        assert list(job.cities.all()) == [anji]
        assert job.preview["changes"]["Cities"] == [
            {"row": 2, "key": "anji-county", "cells": [["Population", "600000", "7"]]}
        ]
        (new,) = job.preview["new"]["Actions"]
        assert (new["row"], new["key"]) == (2, "anji-county · 31")
        assert ["Description", "New"] in new["cells"]
        assert stored_population() == 600000
        assert not job.marked_file

    def test_a_wrong_file_says_where_and_comes_back_marked(self, officer, send):
        job = send(officer, **population("many"))
        assert (job.state, job.problem_count) == (State.WRONG, 1)
        assert job.preview["problems"][0]["cell"] == "B2"
        assert job.marked_file.size
        assert job.marked_file.name != job.file.name
        with pytest.raises(jobs.NotNow, match="wrong cells"):
            jobs.confirm(job, officer)

    def test_without_a_marked_file_the_problems_are_told(self, officer, send, monkeypatch, caplog):
        def fail(*arguments):
            raise ZeroDivisionError

        monkeypatch.setattr("exchange.jobs.files.write_corrections", fail)
        job = send(officer, **population("many"))
        assert (job.state, job.problem_count, bool(job.marked_file)) == (State.WRONG, 1, False)
        assert "ZeroDivisionError" in caplog.text

    def test_an_unreadable_file_leaves_nothing(self, officer, tmp_path, settings):
        settings.MEDIA_ROOT = tmp_path / "media"
        path = tmp_path / "cities.xlsx"
        path.write_bytes(b"<html></html>")
        with path.open("rb") as file, pytest.raises(UnreadableWorkbook):
            jobs.receive(officer, File(file))
        assert not Job.objects.exists()
        assert not list((tmp_path / "media").rglob("*.*"))

    def test_the_stored_name_has_nothing_of_the_senders(self, officer, send):
        job = send(officer, **population(7))
        assert "cities" not in job.file.name
        assert job.file.name.endswith(".xlsx")
        with job.file.open("rb") as file:
            assert job.sha256 == hashlib.sha256(file.read()).hexdigest()

    def test_values_that_no_database_takes_can_be_told(self, officer, send):
        job = send(officer, **population("\ufffe\x0b"))
        assert job.state == State.WRONG
        assert "\ufffe" not in job.preview["problems"][0]["value"]

    def test_long_texts_are_shown_where_they_differ(self, officer, anji, send):
        with writing():
            City.objects.filter(pk=anji.pk).update(about="a" * 2000 + "old")
        job = send(officer, Cities=[["City", "About"], ["anji-county", "a" * 2000 + "new"]])
        (cell,) = job.preview["changes"]["Cities"][0]["cells"]
        _header, old, new = cell
        assert (old[-4:], new[-4:]) == ("aold", "anew")
        assert max(len(old), len(new)) < 1100

    def test_a_hundred_rows_are_shown(self, officer, send):
        rows = [["anji-county", 100 + n, "carbon", "New"] for n in range(120)]
        job = send(officer, Actions=[ACTION, *rows])
        assert job.counts["Actions"]["new"] == 120
        assert len(job.preview["new"]["Actions"]) == 100


class TestApply:
    def test_writes_under_one_change_set_that_names_the_job(self, officer, anji, send):
        job = send(officer, **population(7))
        jobs.confirm(job, officer)
        assert (job.state, stored_population()) == (State.APPLIED, 7)
        assert job.change_set.reason == f"Import {job.pk}: my cities.xlsx"
        assert (job.change_set.user, job.change_set.kind) == (officer, "import")
        assert anji.history.first().change_set == job.change_set

    def test_twice_writes_once(self, officer, send):
        job = send(officer, **population(7))
        again = Job.objects.get(pk=job.pk)
        jobs.confirm(job, officer)
        sets = ChangeSet.objects.count()
        with pytest.raises(jobs.NotNow, match="written already"):
            jobs.confirm(again, officer)
        assert ChangeSet.objects.count() == sets

    def test_a_double_click_while_it_is_written_leaves_the_job(self, officer, send):
        job = send(officer, **population(7))
        assert states.claim_state(job, State.APPLYING)
        run = job.run
        jobs.confirm(Job.objects.get(pk=job.pk), officer)
        job.refresh_from_db()
        assert (job.state, job.run, job.change_set) == (State.APPLYING, run, None)

    def test_of_two_workers_with_one_run_one_works(self, officer, send):
        job = send(officer, **population(7))
        states.claim_state(job, State.APPLYING)
        states.claim_work(job)
        with pytest.raises(states.Superseded):
            states.claim_work(Job.objects.get(pk=job.pk))

    def test_a_changed_file_is_refused(self, officer, send, workbook):
        job = send(officer, **population(7))
        other = workbook(**population(8))
        with open(job.file.path, "wb") as stored:
            stored.write(other.read_bytes())
        jobs.confirm(job, officer)
        assert (job.state, stored_population()) == (State.FAILED, 600000)
        assert "The stored file has changed" in job.message
        jobs.check_again(job, officer)
        assert job.state == State.FAILED

    def test_a_change_meanwhile_is_named_and_not_overwritten(
        self, undated, officer, anji, send, staff
    ):
        job = send(officer, **population(7))
        with writing("by hand") as session:
            session.user = staff
            anji.refresh_from_db()
            anji.population = 5
            anji.save()
        jobs.confirm(job, officer)
        assert (job.state, stored_population()) == (State.OUTDATED, 5)
        assert "Anji County was changed by Sam Staff on " in job.message
        assert "by hand" in job.message
        assert job.message.endswith("Nothing was written: check the file again.")
        jobs.check_again(job, officer)
        assert job.preview["changes"]["Cities"][0]["cells"] == [["Population", "5", "7"]]
        jobs.confirm(job, officer)
        assert (job.state, stored_population()) == (State.APPLIED, 7)

    def test_of_two_imports_at_once_the_second_is_told(self, officer, send):
        first, second = send(officer, **population(7)), send(officer, **population(8))
        jobs.confirm(first, officer)
        jobs.confirm(second, officer)
        assert (second.state, stored_population()) == (State.OUTDATED, 7)
        assert f"Import {first.pk}: my cities.xlsx" in second.message

    def test_a_change_between_planning_and_locking_is_seen(
        self, officer, anji, send, monkeypatch, staff
    ):
        job = send(officer, **population(7))
        apply = steps.applying.apply

        def late(*arguments, **options):
            with writing("just now"):
                City.objects.get(pk=anji.pk).save()
            return apply(*arguments, **options)

        monkeypatch.setattr(steps.applying, "apply", late)
        jobs.confirm(job, officer)
        assert (job.state, stored_population()) == (State.OUTDATED, 600000)
        assert "just now" in job.message

    def test_what_was_shown_is_what_is_written(self, officer, send, monkeypatch):
        job = send(officer, **population(7))
        Job.objects.filter(pk=job.pk).update(digest="of something else")
        jobs.confirm(job, officer)
        assert (job.state, stored_population()) == (State.OUTDATED, 600000)
        assert "not what was shown" in job.message

    def test_an_error_writes_nothing_and_is_logged(self, officer, send, monkeypatch, caplog):
        job = send(officer, **population(7))

        def fail(cities):
            raise ZeroDivisionError

        monkeypatch.setattr("exchange.applying.raise_counters", fail)
        jobs.confirm(job, officer)
        assert (job.state, stored_population()) == (State.FAILED, 600000)
        assert "nothing was changed" in job.message
        assert "ZeroDivisionError" in caplog.text
        assert not Job.objects.get().change_set

    def test_a_busy_database_is_no_error(self, officer, send, monkeypatch):
        job = send(officer, **population(7))

        def busy(*arguments):
            raise OperationalError("database is locked")

        monkeypatch.setattr(states, "claim_state", busy)
        with pytest.raises(jobs.NotNow, match="busy"):
            jobs.confirm(job, officer)

    def test_nothing_to_write(self, officer, send):
        job = send(officer, **population(600000))
        with pytest.raises(jobs.NotNow, match="nothing to write"):
            jobs.confirm(job, officer)

    def test_after_midnight(self, officer, send, monkeypatch):
        job = send(officer, Actions=[ACTION, ["anji-county", 31, "carbon", "New"]])
        tomorrow = timezone.now().date() + datetime.timedelta(days=1)
        monkeypatch.setattr("exchange.lookups.context.today", lambda: tomorrow)
        jobs.confirm(job, officer)
        assert job.state == State.APPLIED

    def test_a_new_city_belongs_to_the_job(self, staff, catalogue, send):
        job = send(staff, Cities=[["City", "Name", "Country"], ["new-town", "New Town", "DE"]])
        jobs.confirm(job, staff)
        assert [city.slug for city in job.cities.all()] == ["new-town"]


class TestRights:
    @pytest.mark.parametrize("named", ["other-town", "Other Town"])
    def test_a_row_of_another_city_writes_nothing(self, officer, send, named):
        make_city("Other Town")
        sheets = population(7) | {"Actions": [ACTION, [named, 1, "carbon", "Mine"]]}
        job = send(officer, **sheets)
        assert job.state == State.WRONG
        (problem,) = job.preview["problems"]
        assert "no such city" in problem["message"]
        assert stored_population() == 600000

    def test_a_colleague_of_another_city_has_no_access(self, officer, send):
        other = make_user(officer_of=make_city("Other Town"))
        job = send(officer, **population(7))
        for act in (jobs.confirm, jobs.check_again, jobs.cancel, jobs.undo):
            with pytest.raises(jobs.NotNow, match="not yours"):
                act(job, other)
        assert stored_population() == 600000

    def test_a_colleague_of_the_same_city_may_write_it(self, officer, anji, send):
        colleague = make_user(officer_of=anji)
        job = send(officer, **population(7))
        jobs.confirm(job, colleague)
        assert (job.state, job.change_set.user) == (State.APPLIED, colleague)

    def test_a_job_of_staff_is_closed_to_officers(self, officer, staff, send):
        job = send(staff, Cities=[["City", "Sample"], ["anji-county", "yes"]])
        with pytest.raises(jobs.NotNow, match="not yours"):
            jobs.confirm(job, officer)

    def test_what_staff_checked_is_planned_anew_for_the_officer(self, officer, staff, send):
        job = send(officer, Cities=[["City", "Sample"], ["anji-county", "yes"]])
        assert job.state == State.WRONG
        jobs.check_again(job, staff)
        assert job.state == State.READY
        jobs.confirm(job, officer)
        assert job.state == State.OUTDATED
        assert "Only platform staff can change this" in job.message
        assert not City.objects.get(slug="anji-county").is_sample

    def test_rights_lost_before_the_click(self, officer, send):
        job = send(officer, **population(7))
        with writing():
            Assignment.objects.all().delete()
        with pytest.raises(jobs.NotNow, match="may not edit"):
            jobs.confirm(job, officer)

    def test_rights_lost_between_the_click_and_the_worker(self, officer, send, monkeypatch):
        job = send(officer, **population(7))
        monkeypatch.setattr(api, "runs_here", lambda job: False)
        jobs.confirm(job, officer)
        assert job.is_waiting
        with writing():
            Assignment.objects.all().delete()
        tasks.run.call(job.pk, job.run, officer.pk)
        job.refresh_from_db()
        assert (job.state, stored_population()) == (State.OUTDATED, 600000)
        assert "may no longer edit Anji County" in job.message

    def test_a_closed_account_does_nothing(self, officer, send):
        job = send(officer, **population(7))
        officer.is_active = False
        officer.save()
        with pytest.raises(jobs.NotNow):
            jobs.confirm(job, officer)


class TestSilence:
    def test_a_silent_check_can_be_run_again(self, officer, send):
        job = send(officer, **population(7))
        states.claim_state(job, State.CHECKING)
        states.claim_work(job)
        assert not job.is_silent
        silence(job)
        assert job.is_silent
        run = job.run
        jobs.check_again(job, officer)
        assert (job.state, job.run) == (State.READY, run + 1)

    def test_a_worker_that_comes_back_writes_nothing(self, officer, send):
        late = send(officer, **population(7))
        states.claim_state(late, State.APPLYING)
        states.claim_work(late)
        job = Job.objects.get(pk=late.pk)
        silence(job)
        jobs.confirm(job, officer)
        sets = ChangeSet.objects.count()
        with pytest.raises(states.Superseded):
            states.finish(late, State.APPLIED)
        assert (job.state, ChangeSet.objects.count()) == (State.APPLIED, sets)

    def test_a_late_apply_is_rolled_back_whole(self, officer, send, monkeypatch):
        job = send(officer, **population(7))
        write_rows = steps.applying.write_rows

        def overtaken(*arguments):
            """While the rows are written, somebody runs the job again."""
            changes = write_rows(*arguments)
            Job.objects.filter(pk=job.pk).update(run=job.run + 2)
            return changes

        monkeypatch.setattr(steps.applying, "write_rows", overtaken)
        sets = ChangeSet.objects.count()
        jobs.confirm(job, officer)
        assert (stored_population(), ChangeSet.objects.count()) == (600000, sets)
        assert job.state == State.APPLYING

    def test_a_beating_pulse_keeps_a_job_alive(self, officer, send):
        job = send(officer, **population(7))
        states.claim_state(job, State.APPLYING)
        states.claim_work(job)
        silence(job)
        with Heartbeat(job):
            assert job.is_running
        assert job.is_silent


class TestCancel:
    def test_a_running_check_stops_at_its_next_rows(self, officer, send, monkeypatch):
        monkeypatch.setattr(steps, "PROGRESS_SECONDS", 0)
        monkeypatch.setattr("exchange.lookups.context.PROGRESS_EVERY", 2)
        seen = []
        advance = states.advance

        def watch(job, rows_done):
            jobs.cancel(Job.objects.get(pk=job.pk), officer)
            seen.append(rows_done)
            advance(job, rows_done)

        monkeypatch.setattr(states, "advance", watch)
        rows = [["anji-county", 100 + n, "carbon", "New"] for n in range(9)]
        job = send(officer, Actions=[ACTION, *rows])
        assert (job.state, seen) == (State.CANCELLED, [2])
        monkeypatch.setattr(states, "advance", advance)
        jobs.check_again(job, officer)
        assert (job.state, job.cancel_asked) == (State.READY, False)

    def test_what_waits_is_called_off_at_once(self, officer, send, monkeypatch):
        job = send(officer, **population(7))
        monkeypatch.setattr(api, "runs_here", lambda job: False)
        jobs.confirm(job, officer)
        run = job.run
        jobs.cancel(job, officer)
        assert job.state == State.READY
        tasks.run.call(job.pk, run, officer.pk)
        assert stored_population() == 600000

    def test_what_has_ended_cannot_be_cancelled(self, officer, send):
        job = send(officer, **population(7))
        with pytest.raises(jobs.NotNow, match="not running"):
            jobs.cancel(job, officer)

    def test_writing_cannot_be_cancelled(self, officer, send):
        job = send(officer, **population(7))
        states.claim_state(job, State.APPLYING)
        states.claim_work(job)
        with pytest.raises(jobs.NotNow, match="being written"):
            jobs.cancel(job, officer)


class TestWhereItRuns:
    @pytest.fixture
    def many(self, officer, send, monkeypatch):
        monkeypatch.setattr(api, "ROWS_AT_ONCE", 1)
        rows = [["anji-county", 100 + n, "carbon", "New"] for n in range(3)]
        return lambda: send(officer, Actions=[ACTION, *rows])

    def test_in_the_request_without_a_worker(self, many):
        assert many().state == State.READY

    def test_in_the_worker_where_one_lives(self, many):
        Worker.objects.create(name="w", seen_at=timezone.now())
        job = many()
        assert (job.state, job.is_waiting, job.is_running) == (State.CHECKING, True, True)

    def test_a_dead_worker_counts_for_nothing(self, many):
        seen = timezone.now() - datetime.timedelta(minutes=2)
        Worker.objects.create(name="w", seen_at=seen)
        assert many().state == State.READY

    def test_too_many_rows_wait_for_a_worker(self, many, settings):
        settings.ROWS_WITHOUT_WORKER = 2
        job = many()
        assert job.is_waiting
        assert not job.is_silent

    def test_progress_is_told(self, many, monkeypatch):
        monkeypatch.setattr(steps, "PROGRESS_SECONDS", 0)
        monkeypatch.setattr("exchange.lookups.context.PROGRESS_EVERY", 1)
        seen = []
        advance = states.advance

        def watch(job, rows_done):
            advance(job, rows_done)
            stored = Job.objects.get(pk=job.pk)
            seen.append((stored.rows_done, stored.rows_total, stored.heartbeat > job.created_at))

        monkeypatch.setattr(states, "advance", watch)
        many()
        assert seen == [(1, 3, True), (2, 3, True), (3, 3, True)]


def test_the_command_leaves_a_job_that_staff_can_undo(anji, staff, workbook, answer):
    said = answer(workbook(**population(7)))
    assert said["written"]
    job = Job.objects.get()
    assert (job.user, job.state, job.totals["changed"]) == (None, State.APPLIED, 1)
    assert list(Job.objects.visible_to(staff)) == [job]
    jobs.undo(job, staff)
    assert stored_population() == 600000


def test_the_command_stores_nothing_for_a_check(anji, workbook, answer):
    assert answer(workbook(**population(7)), "--check")["status"] == 0
    assert answer(workbook(**population("x")))["status"] == 1
    assert not Job.objects.exists()


def test_jobs_of_the_platform_are_not_for_officers(officer, workbook, answer):
    answer(workbook(**population(7)))
    with pytest.raises(jobs.NotNow):
        jobs.undo(Job.objects.get(), officer)
