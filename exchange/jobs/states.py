"""The moves of a job from state to state: each is one conditional update.

A run is known by its number. Whoever starts a job, or takes it over from a worker that has died,
raises the number; a worker that is late finds that the run is no longer its own and writes nothing.
"""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from profiles.access import is_platform_staff

from ..models import Job

State = Job.State

ORIGINS = {
    State.CHECKING: {State.WRONG, State.READY, State.OUTDATED, State.FAILED, State.CANCELLED},
    State.APPLYING: {State.READY},
    State.UNDOING: {State.APPLIED},
}
"""Running state → the states from which it is entered."""

TAKEN_OVER = {
    State.CHECKING: {State.CHECKING, State.APPLYING},
    State.APPLYING: {State.APPLYING},
    State.UNDOING: {State.UNDOING},
}
"""Running state → the running states from which it is entered where the worker has died."""

BEFORE = {
    State.CHECKING: State.CANCELLED,
    State.APPLYING: State.READY,
    State.UNDOING: State.APPLIED,
}
"""Running state → where a job goes back to that was called off before it began."""

WHY_NOT = {
    State.CHECKING: _("It is being checked at the moment."),
    State.APPLYING: _("It is being written at the moment."),
    State.UNDOING: _("It is being taken back at the moment."),
    State.WRONG: _("It has wrong cells: mend them and send the file again."),
    State.READY: _("Nothing of it has been written yet."),
    State.APPLIED: _("It has been written already."),
    State.UNDONE: _("It has been taken back. To import it once more, send the file again."),
    State.OUTDATED: _("Something changed after the check: check it again."),
    State.FAILED: _("It failed and wrote nothing: check it again."),
    State.CANCELLED: _("It was cancelled: check it again."),
}


class NotNow(RuntimeError):
    """The job is in no state for this, or not the user's. The message is for who asked."""


class Superseded(RuntimeError):
    """Another run has taken the job over, or it was called off: leave it alone."""


class Cancelled(RuntimeError):
    """Somebody asked to stop the check."""


def allow(job, user):
    """Raise NotNow if the job is not among those of `user`; None is the platform itself."""
    if user is None:
        return
    if not user.is_active or not Job.objects.visible_to(user).filter(pk=job.pk).exists():
        raise NotNow(_("This import is not yours, or has to do with cities you may not edit."))


def allow_undo(job, user):
    """What platform staff wrote may be more than an officer may change, so staff take it back."""
    if user is None or is_platform_staff(user) or job.change_set is None:
        return
    if job.change_set.user is None or is_platform_staff(job.change_set.user):
        raise NotNow(_("Platform staff wrote this import: only they can take it back."))


def start(job, state):
    """Begin a new run in the running state `state`; whether it was this call that did it."""
    job.refresh_from_db()
    if job.state == state and not job.is_silent:
        return False
    if job.state not in (TAKEN_OVER if job.is_silent else ORIGINS)[state]:
        raise NotNow(WHY_NOT[job.state])
    moved = of_run(job).update(
        state=state,
        run=F("run") + 1,
        queued_at=timezone.now(),
        started_at=None,
        heartbeat=None,
        finished_at=None,
        rows_done=0,
        cancel_asked=False,
        message="",
    )
    job.refresh_from_db()
    if not moved and job.state != state:
        raise NotNow(WHY_NOT[job.state])
    return bool(moved)


def of_run(job):
    """The job's row, as long as it is in this state and this run."""
    return Job.objects.filter(pk=job.pk, run=job.run, state=job.state)


def take(job):
    """Begin the work of a run: one process does it, however often it was queued."""
    now = timezone.now()
    if not of_run(job).filter(started_at=None).update(started_at=now, heartbeat=now):
        raise Superseded


def advance(job, rows_done):
    """Say how far the check is. Raises Cancelled or Superseded."""
    moving = of_run(job).filter(cancel_asked=False)
    if not moving.update(rows_done=rows_done, heartbeat=timezone.now()):
        stop(job)


def stop(job):
    raise Cancelled if of_run(job).filter(cancel_asked=True).exists() else Superseded


def finish(job, state, message="", **fields):
    """End the run in `state`. Raises Superseded where it is no longer this run's to end."""
    now = timezone.now()
    if not of_run(job).update(state=state, message=message, finished_at=now, **fields):
        raise Superseded


def call_off(job):
    """Cancel what waits or has died at once; ask a check at work to stop at its next rows."""
    job.refresh_from_db()
    if job.state not in BEFORE:
        raise NotNow(_("It is not running: there is nothing to cancel."))
    if job.is_waiting or job.is_silent:
        moved = of_run(job).filter(started_at=job.started_at)
        ended = moved.update(
            state=BEFORE[job.state], run=F("run") + 1, finished_at=timezone.now(), message=""
        )
        if not ended:
            call_off(job)
    elif job.state != State.CHECKING:
        raise NotNow(WHY_NOT[job.state])
    else:
        of_run(job).update(cancel_asked=True)
