"""What the rest of the platform asks of jobs, and the choice where the work runs."""

from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from .. import tasks
from ..models import Job, Worker
from ..reading import read
from . import files, states, steps
from .runner import carry_out

State = Job.State

ROWS_AT_ONCE = 500
"""So few rows run in the request even where a worker lives: the work is done in a moment."""

BYTES_AT_ONCE = 20_000_000
"""Likewise files that come with them: images are read and written anew."""


def receive(user, file, *, sheet="", clears=False, enclosed=None):
    """Keep an uploaded file, with the .zip of files that it names, and check it.

    Raises `UnreadableWorkbook` (for the .zip `UnreadableFiles`), or `NotNow` where the database is
    busy, and then keeps nothing.
    """
    job = Job(user=user, sheet=sheet, clears=clears, state=State.CANCELLED)
    with writable(), files.storing(job, file, enclosed):
        workbook = read(job.file.path, name=job.file_name, sheet=sheet)
        files.enclosed_of(job)
        job.rows_total = workbook.rows
        job.save()
    begin(job, user, State.CHECKING, workbook=workbook)
    return job


def keep(user, file, workbook, plan, enclosed=None):
    """A checked job of a workbook that was read and planned in this process, just now."""
    job = Job(user=user, state=State.READY, rows_total=workbook.rows, rows_done=workbook.rows)
    for name, value in steps.result_of_check(workbook, plan).items():
        setattr(job, name, value)
    with files.storing(job, file, enclosed), transaction.atomic():
        job.save()
        job.cities.set(plan.versions)
    return job


def check(job, user):
    """Check again, or check anew what a dead worker left behind."""
    look_up(job, user)
    begin(job, user, State.CHECKING)


def confirm(job, user, plan=None):
    """Write what the check has shown. `plan`: the one given to `keep`."""
    look_up(job, user)
    if job.state == State.READY and not job.has_changes:
        raise states.NotNow(_("There is nothing to write: everything is stored already."))
    begin(job, user, State.APPLYING, plan=plan)


def undo(job, user):
    """Take back what the job wrote."""
    look_up(job, user)
    states.allow_undo(job, user)
    begin(job, user, State.UNDOING)


def cancel(job, user):
    """Stop the check, or call off what no worker has begun."""
    look_up(job, user)
    with writable():
        states.call_off(job)
    job.refresh_from_db()


def look_up(job, user):
    """The job as it is now, if it is one of the user's."""
    job.refresh_from_db()
    states.allow(job, user)


@contextmanager
def writable():
    """While somebody writes a long import, SQLite takes no other word: that is no error."""
    try:
        yield
    except OperationalError as error:
        raise states.NotNow(
            _("The database is busy, perhaps with another import: try again in a minute.")
        ) from error


def begin(job, user, state, **at_hand):
    """Start a run, here and now or in the background.

    `at_hand`: what its work would have to read or plan again; it cannot be sent to a worker.
    """
    at_hand = {name: value for name, value in at_hand.items() if value is not None}
    with writable(), transaction.atomic():
        if not states.start(job, state):
            return
        here = "plan" in at_hand or runs_here(job)
        if not here:
            tasks.run.enqueue(job.pk, job.run, None if user is None else user.pk)
    if here:
        carry_out(job, user, **at_hand)


def runs_here(job):
    is_small = not job.enclosed or job.enclosed.size <= BYTES_AT_ONCE
    if is_small and job.rows_total <= ROWS_AT_ONCE:
        return True
    return job.rows_total <= settings.ROWS_WITHOUT_WORKER and not Worker.is_any_alive()
