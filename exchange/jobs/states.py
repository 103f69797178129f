"""How a job moves from state to state: each transition is one conditional update.

A run has a number. Starting a run, also in place of a worker that has died, raises the number: a
worker that is late finds another number in the database and writes nothing.
"""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from profiles.access import is_platform_staff
from profiles.transitions import Transition, TransitionTable

from ..models import Job

State = Job.State

TRANSITIONS = TransitionTable(
    (
        Transition(State.WRONG, State.CHECKING),
        Transition(State.READY, State.CHECKING),
        Transition(State.OUTDATED, State.CHECKING),
        Transition(State.FAILED, State.CHECKING),
        Transition(State.CANCELLED, State.CHECKING),
        Transition(State.READY, State.APPLYING),
        Transition(State.APPLIED, State.UNDOING),
    )
)
"""The starts of runs, open to everybody who may see the job.

How runs end is not here: their work decides it, and `finish` stores it.
"""

TAKEOVERS = TransitionTable(
    (
        Transition(State.CHECKING, State.CHECKING),
        Transition(State.APPLYING, State.CHECKING),
        Transition(State.APPLYING, State.APPLYING),
        Transition(State.UNDOING, State.UNDOING),
    )
)
"""The starts of runs where the worker of the former run has died."""

CALL_OFFS = TransitionTable(
    (
        Transition(State.CHECKING, State.CANCELLED),
        Transition(State.APPLYING, State.READY),
        Transition(State.UNDOING, State.APPLIED),
    )
)
"""The ends of runs that are called off before their work has begun."""

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


NO_ROOM = _(
    "There is no room left on the server’s disk, and nothing was stored. Try again later; if it "
    "goes on, tell the people who run the platform: they have to make room."
)


class NotNow(RuntimeError):
    """The state of the job does not allow this, or the job is not the user's.

    The message is for the user.
    """


class Superseded(RuntimeError):
    """Another run has taken the job over, or it was called off: stop and write nothing."""


class Cancelled(RuntimeError):
    """Somebody asked to stop the check."""


def allow(job, user):
    """Raise NotNow if `user` may not see the job; None is the platform itself."""
    if user is None:
        return
    if not user.is_active or not Job.objects.visible_to(user).filter(pk=job.pk).exists():
        raise NotNow(_("This import is not yours, or has to do with cities you may not edit."))


def allow_undo(job, user):
    """Raise NotNow for an officer where staff wrote the import: it may change more than theirs."""
    if user is None or is_platform_staff(user) or job.change_set is None:
        return
    if job.change_set.user is None or is_platform_staff(job.change_set.user):
        raise NotNow(_("Platform staff wrote this import: only they can take it back."))


def claim_state(job, state, **choices):
    """Move the job to the running state `state`, as a new run; whether this call did it.

    `choices`: fields that change with it.
    """
    job.refresh_from_db()
    if job.state == state and not job.is_silent:
        return False
    table = TAKEOVERS if job.is_silent else TRANSITIONS
    if table.find(job.state, state, by_staff=False) is None:
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
        **choices,
    )
    job.refresh_from_db()
    if not moved and job.state != state:
        raise NotNow(WHY_NOT[job.state])
    return bool(moved)


def of_run(job):
    """A queryset of the job's row, empty if the job is in another state or run by now."""
    return Job.objects.filter(pk=job.pk, run=job.run, state=job.state)


def claim_work(job):
    """Mark the run as at work. Raises Superseded if another process has done so."""
    now = timezone.now()
    if not of_run(job).filter(started_at=None).update(started_at=now, heartbeat=now):
        raise Superseded


def advance(job, rows_done):
    """Store how many rows the check has planned. Raises Cancelled or Superseded."""
    moving = of_run(job).filter(cancel_asked=False)
    if not moving.update(rows_done=rows_done, heartbeat=timezone.now()):
        stop(job)


def stop(job):
    raise Cancelled if of_run(job).filter(cancel_asked=True).exists() else Superseded


def finish(job, state, message="", **fields):
    """End the run in `state`. Raises Superseded if the job is in another run by now."""
    now = timezone.now()
    if not of_run(job).update(state=state, message=message, finished_at=now, **fields):
        raise Superseded


def call_off(job):
    """End a run that waits or has died; ask a check at work to stop at its next rows."""
    job.refresh_from_db()
    ends = CALL_OFFS.open_from(job.state, by_staff=False)
    if not ends:
        raise NotNow(_("It is not running: there is nothing to cancel."))
    if job.is_waiting or job.is_silent:
        moved = of_run(job).filter(started_at=job.started_at)
        ended = moved.update(
            state=ends[0].after, run=F("run") + 1, finished_at=timezone.now(), message=""
        )
        if not ended:
            call_off(job)
    elif job.state != State.CHECKING:
        raise NotNow(WHY_NOT[job.state])
    else:
        of_run(job).update(cancel_asked=True)
