"""The functions that the rest of the platform calls.

They decide whether the work runs in this process or in a worker.
"""

from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from profiles.outages import is_disk_full

from .. import tasks
from ..models import Job, Worker
from ..reading import read
from . import files, states, steps
from .runner import execute_run

State = Job.State

ROWS_AT_ONCE = 500
"""Up to so many rows run in the request even where a worker lives: that takes a moment."""

BYTES_AT_ONCE = 20_000_000
"""Likewise the size of the .zip that comes with them: images are re-encoded."""


def receive(
    user,
    file,
    *,
    sheet="",
    clears=False,
    leaves_out_hidden=False,
    enclosed=None,
    accept=None,
    new_from=None,
):
    """Keep an uploaded file, with the .zip of files that it names, and check it.

    `accept`: called with what was read; what it raises ends it. `new_from`: as in `make_plan`.

    Raises `UnreadableWorkbook` (for the .zip `UnreadableFiles`), or `NotNow` where the database is
    busy or the disk is full. Then nothing is kept, unless the database was busy only when the check
    was to start.
    """
    # Only a stored job that is not at work can start a run: `claim_state` leaves one alone that is
    # being checked already. If the start fails, the job stays cancelled and can be checked again.
    job = Job(
        user=user,
        sheet=sheet,
        clears=clears,
        leaves_out_hidden=leaves_out_hidden,
        state=State.CANCELLED,
        preview={"new_from": new_from} if new_from else {},
    )
    with busy_as_not_now(), files.storing(job, file, enclosed):
        workbook = read(job.file.path, name=job.file_name, sheet=sheet)
        if accept:
            accept(workbook)
        files.open_sent_files(job)
        job.rows_total = workbook.rows
        job.save()
    start_run(job, user, State.CHECKING, workbook=workbook)
    return job


def store_checked(user, file, workbook, plan, enclosed=None):
    """Store a checked job for a workbook that this process has read and planned."""
    job = Job(user=user, state=State.READY, rows_total=workbook.rows, rows_done=workbook.rows)
    job.leaves_out_hidden = plan.leaves_out_hidden
    for name, value in steps.result_of_check(workbook, plan).items():
        setattr(job, name, value)
    with files.storing(job, file, enclosed), transaction.atomic():
        job.save()
        job.cities.set(plan.versions)
    return job


def check_again(job, user, **choices):
    """Check again, also where a dead worker has left a check or an import behind.

    `choices`: fields of the job that the sender has chosen anew, such as `leaves_out_hidden`.
    """
    reload_for(job, user)
    start_run(job, user, State.CHECKING, choices)


def confirm(job, user, plan=None):
    """Apply what the check has shown. `plan`: the one given to `store_checked`."""
    reload_for(job, user)
    if job.state == State.READY and not job.has_changes:
        raise states.NotNow(_("There is nothing to write: everything is stored already."))
    start_run(job, user, State.APPLYING, plan=plan)


def undo(job, user, part=False):
    """Undo what the job wrote, or the `part` on which nobody has worked since."""
    reload_for(job, user)
    states.allow_undo(job, user)
    start_run(job, user, State.UNDOING, {"undoes_part": part})


def cancel(job, user):
    """Stop the check, or call off what no worker has begun."""
    reload_for(job, user)
    with busy_as_not_now():
        states.call_off(job)
    job.refresh_from_db()


def reload_for(job, user):
    """Read the job as it is now. Raises NotNow where it is not one of the user's."""
    job.refresh_from_db()
    states.allow(job, user)


@contextmanager
def busy_as_not_now():
    """Raise NotNow where the database is busy (SQLite lets one import write at a time), or the disk
    is full."""
    try:
        yield
    except (OperationalError, OSError) as error:
        if is_disk_full(error):
            raise states.NotNow(states.NO_ROOM) from error
        if isinstance(error, OSError):
            raise
        raise states.NotNow(
            _("The database is busy, perhaps with another import: try again in a minute.")
        ) from error


def start_run(job, user, state, choices=None, **prepared):
    """Start a run, in this process or in a worker.

    `choices`: fields of the job that change with it. `prepared`: the `workbook` or `plan` if this
    process has it already; a worker makes it again.
    """
    prepared = {name: value for name, value in prepared.items() if value is not None}
    with busy_as_not_now(), transaction.atomic():
        if not states.claim_state(job, state, **(choices or {})):
            return
        here = "plan" in prepared or runs_here(job)
        if not here:
            tasks.run.enqueue(job.pk, job.run, None if user is None else user.pk)
    if here:
        execute_run(job, user, **prepared)


def runs_here(job):
    is_small = not job.enclosed or job.enclosed.size <= BYTES_AT_ONCE
    if is_small and job.rows_total <= ROWS_AT_ONCE:
        return True
    return job.rows_total <= settings.ROWS_WITHOUT_WORKER and not Worker.is_any_alive()
