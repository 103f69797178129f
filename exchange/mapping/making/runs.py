"""Makes the workbook of a list: little ones at once, large ones in the worker.

As with imports, a run has a number: a worker that is late finds another one and writes nothing.
"""

import contextlib
import hashlib
import json
import logging
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import OperationalError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.refusals import UnreadableWorkbook
from profiles.garbage import rarely_collected
from profiles.models import City
from profiles.outages import is_disk_full

from ...jobs import files
from ...jobs.api import ROWS_AT_ONCE, busy_as_not_now
from ...jobs.heartbeat import Heartbeat
from ...jobs.states import NO_ROOM, Superseded
from ...lookups.context import chunks
from ...models import Job, MappedFile, Worker
from ...writing.layout import NotWritten
from ..draft import Draft
from .book import name_of, write_made
from .made import make
from .result import by_kind

State = MappedFile.State
PROGRESS_SECONDS = 1
MOST_SHOWN = 100
"""Doubts, and rows that were left out, which the page of the result shows."""

logger = logging.getLogger(__name__)


class NotMade(RuntimeError):
    """No workbook can be made. The message says why and what to do."""


def begin(mapped, draft, enqueue):
    """Have the workbook made of a draft; whether this call began it.

    `enqueue`: has a worker do the run of this number. Raises NotNow where the database is busy.
    """
    mapped.refresh_from_db()
    if mapped.is_running:
        return False
    with busy_as_not_now(), transaction.atomic():
        began = of_run(mapped).update(
            state=State.MAKING,
            run=F("run") + 1,
            rows_total=len(draft.rows),
            rows_done=0,
            message="",
            started_at=None,
            heartbeat=None,
            finished_at=None,
        )
        mapped.refresh_from_db()
        here = runs_here(mapped)
        if began and not here:
            enqueue(mapped.pk, mapped.run, draft.user.pk)
    if began and here:
        execute(mapped, draft)
    return bool(began)


def runs_here(mapped):
    if mapped.rows_total <= ROWS_AT_ONCE:
        return True
    return mapped.rows_total <= settings.ROWS_WITHOUT_WORKER and not Worker.is_any_alive()


def of_run(mapped):
    """A queryset of the row, empty if it is in another state or run by now, or deleted."""
    return MappedFile.objects.filter(pk=mapped.pk, run=mapped.run, state=mapped.state)


def execute(mapped, draft):
    """Do the present run, unless another process does or has done it."""
    try:
        now = timezone.now()
        if not of_run(mapped).filter(started_at=None).update(started_at=now, heartbeat=now):
            raise Superseded
        with Heartbeat(mapped):
            attempt(mapped, draft)
    except Superseded:
        logger.info("Run %d of list %d is not to be done any more.", mapped.run, mapped.pk)
    with contextlib.suppress(MappedFile.DoesNotExist):
        mapped.refresh_from_db()


def attempt(mapped, draft):
    try:
        make_workbook(mapped, draft)
    except Superseded:
        raise
    except (NotMade, NotWritten, UnreadableWorkbook) as error:
        finish(mapped, State.FAILED, message=str(error))
    except Exception as error:
        logger.exception("The workbook of list %d could not be made.", mapped.pk)
        words = _(
            "Something went wrong on our side. Try again; if it happens again, tell the people who "
            "run the platform: they find the reason in their log."
        )
        finish(mapped, State.FAILED, message=str(NO_ROOM) if is_disk_full(error) else words)


@rarely_collected()
def make_workbook(mapped, draft):
    made = make(draft, progress=Progress(mapped))
    rows = sum(made.counts.values())
    if rows > settings.WORKBOOK_MAX_ROWS:
        words = _(
            "It would be %(rows)s rows, and an import takes %(most)s. Leave out some tables or "
            "columns, or divide the list."
        )
        raise NotMade(words % {"rows": f"{rows:,}", "most": f"{settings.WORKBOOK_MAX_ROWS:,}"})
    former = mapped.workbook.name
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        book = write_made(made, file.name, draft.user)
        mapped.workbook.save(name_of(mapped.file_name), File(file), save=False)
    findings = findings_of(made, draft, book)
    findings["sha256"] = files.digest_of(mapped.workbook.path)
    results = {"workbook": mapped.workbook.name, "counts": made.counts}
    results |= {"findings": findings, "rows_done": mapped.rows_total}
    try:
        finish(mapped, State.MADE, job=None, **results)
    except BaseException:
        files.remove(mapped.workbook)
        raise
    if former:
        mapped.workbook.storage.delete(former)


def findings_of(made, draft, book):
    """What the page of the result tells of a `Made`, as JSON. `cell`: the address of ours."""
    open_doubts = made.open_doubts
    kinds = by_kind(open_doubts)
    return {
        "doubts": [line_of(kind, book) for kind in kinds[:MOST_SHOWN]],
        "doubt_kinds": len(kinds),
        "doubt_count": len(open_doubts),
        "note_count": len(made.doubts) - len(open_doubts),
        "left_out": [list(one) for one in made.left_out[:MOST_SHOWN]],
        "left_out_count": len(made.left_out),
        "decisions": digest_of(draft.decisions),
        "new_from": made.new_from,
    }


def line_of(kind, book):
    """A kind of doubts as JSON: the first of it, how many there are, their rows."""
    one = kind.first
    cell = book.address(one.sheet, one.our_row, one.header)
    return {**asdict(one), "cell": cell, "count": kind.count, "rows": kind.rows}


def digest_of(decisions):
    """By which it is known whether the answers have changed since."""
    return hashlib.sha256(json.dumps(decisions, sort_keys=True).encode()).hexdigest()


def is_current(mapped):
    """Whether its workbook is there and may be checked as it is."""
    return not why_outdated(mapped)


def why_outdated(mapped):
    """Why its workbook has to be made again, in a sentence; "" where it has not."""
    if mapped.state != State.MADE or not mapped.workbook:
        return _("There is no workbook of it: make it again.")
    is_there = Path(mapped.workbook.path).exists()
    if not is_there or mapped.findings.get("decisions") != digest_of(mapped.decisions):
        return _(
            "The answers have changed since this workbook was made, or it is gone: make it again."
        )
    if are_taken(free_numbers(mapped)):
        return _(
            "Other actions have come meanwhile and have numbers that stand in this workbook: make "
            "it again."
        )
    return ""


def free_numbers(mapped):
    """Address of a city → the first number that was free when its workbook was made. Nothing where
    that was written: the numbers are those of its own actions now."""
    written = Job.objects.filter(sha256=mapped.findings.get("sha256"), state=Job.State.APPLIED)
    return {} if written.exists() else mapped.findings.get("new_from", {})


def are_taken(new_from):
    """Whether an action has, or had, a number from these on."""
    for slugs in chunks(new_from):
        last = City.objects.filter(slug__in=slugs).annotate(highest=Max("actions__number"))
        for slug, *numbers in last.values_list("slug", "last_action_number", "highest"):
            if max(filter(None, numbers), default=0) >= new_from[slug]:
                return True
    return False


def finish(mapped, state, **fields):
    """End the run. Raises Superseded if another one has begun, or the list was thrown away."""
    if not of_run(mapped).update(state=state, finished_at=timezone.now(), **fields):
        raise Superseded


class Progress:
    """Stores how many rows are done, once a second at most."""

    def __init__(self, mapped):
        self.mapped = mapped
        self.due = time.monotonic() + PROGRESS_SECONDS

    def __call__(self, rows_done):
        if time.monotonic() < self.due:
            return
        # While an import writes for a long time, SQLite takes no other write: go on unreported.
        with contextlib.suppress(OperationalError):
            if not of_run(self.mapped).update(rows_done=rows_done, heartbeat=timezone.now()):
                raise Superseded
        self.due = time.monotonic() + PROGRESS_SECONDS


def resume(mapped_id, number, user):
    """What the worker does: the run of this number, unless it was taken over or thrown away."""
    mapped = MappedFile.objects.filter(pk=mapped_id, run=number, state=State.MAKING).first()
    if mapped is not None:
        execute(mapped, Draft.of(mapped, user))
