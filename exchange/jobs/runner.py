"""Executes a run, in a request or in a worker, and stores in the job how it ended."""

import logging

from django.db import DatabaseError
from django.utils.translation import gettext as _

from profiles.outages import is_disk_full

from ..models import Job
from ..reading import UnreadableWorkbook
from . import states, steps
from .files import NotTheFile
from .heartbeat import Heartbeat

logger = logging.getLogger(__name__)

State = Job.State

WORK = {
    State.CHECKING: steps.run_check,
    State.APPLYING: steps.run_apply,
    State.UNDOING: steps.run_undo,
}


def execute_run(job, user, **prepared):
    """Do the work of the job's present run, unless another process does.

    `prepared`: as in `start_run`.
    """
    try:
        states.claim_work(job)
        with Heartbeat(job):
            attempt(job, user, prepared)
    except states.Superseded:
        logger.info("Run %d of import %d is not to be done any more.", job.run, job.pk)
    except DatabaseError:
        logger.exception("Run %d of import %d failed with the database.", job.run, job.pk)
    finally:
        job.refresh_from_db()


def attempt(job, user, prepared):
    try:
        WORK[State(job.state)](job, user, **prepared)
    except states.Superseded:
        raise
    except states.Cancelled:
        states.finish(job, State.CANCELLED)
    except steps.RunRefused as error:
        states.finish(job, error.state, str(error))
    except (NotTheFile, UnreadableWorkbook) as error:
        states.finish(job, State.FAILED, str(error))
    except Exception as error:
        logger.exception("Run %d of import %d failed.", job.run, job.pk)
        fail(job, error)
    except BaseException:
        # Such as KeyboardInterrupt: the process was told to end.
        fail(job)
        raise


def fail(job, error=None):
    """End the run as failed. A job whose undo has failed is applied as before."""
    state = State.APPLIED if job.state == State.UNDOING else State.FAILED
    message = _(
        "Something went wrong on our side, and nothing was changed. Try again; if it happens "
        "again, tell the people who run the platform: they find the reason in their log."
    )
    if is_disk_full(error):
        message = str(states.NO_ROOM)
    states.finish(job, state, message)
