"""The work of the three kinds of runs. Each ends its run itself, or raises an error."""

import contextlib
import time
from functools import partial

from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import Action
from actions.services import lower_counters
from profiles.changes import lock, recording
from profiles.models import ChangeSet, City
from profiles.undo import (
    NotUndone,
    StillPublic,
    changes_by_model,
    cities_of,
    public_cities,
    row_label,
    take_back,
    undo,
)

from .. import applying
from ..models import Job
from ..planning import make_plan
from . import files, staleness, states
from .part import part_of, used_accounts
from .preview import plan_digest, preview

State = Job.State

PROGRESS_SECONDS = 1
LONGEST_REASON = 300


class RunRefused(RuntimeError):
    """The run ends in `state` without having written anything, for the reason given."""

    def __init__(self, state, message):
        super().__init__(message)
        self.state = state


# Check


def run_check(job, user, workbook=None):
    workbook = workbook or files.read_stored(job)
    plan = plan_job(job, workbook, user, progress=Progress(job))
    finish_check(job, workbook, plan)


def plan_job(job, workbook, user, **options):
    return make_plan(
        workbook,
        user,
        clears=job.clears,
        leaves_out_hidden=job.leaves_out_hidden,
        enclosed=files.open_sent_files(job),
        new_from=job.preview.get("new_from"),
        **options,
    )


class Progress:
    """Stores how many rows a check has planned, once a second at most."""

    def __init__(self, job):
        self.job = job
        self.due = time.monotonic() + PROGRESS_SECONDS

    def __call__(self, rows_done):
        if time.monotonic() < self.due:
            return
        # While somebody else writes for a long time, the check goes on unreported.
        with contextlib.suppress(OperationalError):
            states.advance(self.job, rows_done)
        self.due = time.monotonic() + PROGRESS_SECONDS


def finish_check(job, workbook, plan):
    """End a check with what it found."""
    former = job.marked_file
    marked = "" if plan.is_sound else files.store_corrections(job, workbook, plan.problems)
    try:
        with transaction.atomic():
            states.finish(
                job,
                State.READY if plan.is_sound else State.WRONG,
                rows_done=job.rows_total,
                marked_file=marked,
                **result_of_check(workbook, plan),
            )
            job.cities.set(plan.versions)
    except BaseException:
        files.remove(Job(marked_file=marked).marked_file)
        raise
    files.remove(former)


def result_of_check(workbook, plan):
    """What a check found, as fields of the job."""
    return {
        "counts": plan.counts,
        "preview": preview(plan, workbook),
        "problem_count": len(plan.problems),
        "versions": plan.versions,
        "digest": plan_digest(plan),
    }


# Apply


def run_apply(job, user, plan=None):
    """Write what the check has shown, or nothing: planned anew with the rights of now."""
    plan = plan or plan_job(job, files.read_stored(job), user)
    if reason := staleness.describe_difference(job, plan, plan_digest(plan)):
        raise outdated(reason)
    # In the transaction of the rows, so that a run that is late writes neither rows nor state.
    finish = partial(finish_apply, job, plan)
    try:
        applying.apply(plan, str(job)[:LONGEST_REASON], finish=finish)
    except applying.Overtaken as error:
        reason = staleness.changed_cities(job, plan.context.editable_cities())
        raise outdated(reason or str(error)) from error
    except applying.NotApplied as error:
        raise RunRefused(State.FAILED, str(error)) from error


def finish_apply(job, plan, change_set):
    job.made_users.set(plan.made_users())
    job.cities.add(*(city.pk for city in plan.context.cities.values()))
    states.finish(job, State.APPLIED, change_set=change_set)


def outdated(reason):
    rest = _("Nothing was written: check the file again.")
    return RunRefused(State.OUTDATED, f"{reason} {rest}")


# Undo


def run_undo(job, user):
    """Undo what the job wrote, and remove the people it made.

    All of it or nothing, or the part on which nobody has worked since, if that was asked for.
    """
    reason = _("Taken back: %s") % job
    try:
        states.allow(job, user)
        states.allow_undo(job, user)
        with recording(user, ChangeSet.Kind.UNDO, reason[:LONGEST_REASON]) as session:
            is_part = undo_part(job) if job.undoes_part else undo(job.change_set)
            cities = City.objects.filter(pk__in=session.city_ids)
            refuse_misfits(cities)
            remove_made_users(job, is_part)
            lower_counters(cities)
            written = {"undo_change_set": session.change_set, "undoes_part": bool(is_part)}
            states.finish(job, State.UNDONE, enclosed="", **written)
        # The job cannot be checked again, so nobody needs its files.
        files.remove(job.enclosed)
    except states.NotNow as error:
        raise RunRefused(State.APPLIED, str(error)) from error
    except StillPublic as error:
        raise RunRefused(State.APPLIED, withdraw_first(error.rows)) from error
    except NotUndone as error:
        raise RunRefused(State.APPLIED, describe(error)) from error
    except IntegrityError as error:
        message = _("It cannot be taken back: what it changed has been used elsewhere since.")
        raise RunRefused(State.APPLIED, message) from error
    except DatabaseError as error:
        message = _("The database was busy, and nothing was changed: try again.")
        raise RunRefused(State.APPLIED, message) from error


def withdraw_first(cities):
    """Why an import cannot be taken back; `cities`: names of public cities that it made."""
    return ngettext(
        "It made a city that everybody can read now. Withdraw it on its page, then the "
        "import can be taken back: %(cities)s",
        "It made cities that everybody can read now. Withdraw them on their pages, then the "
        "import can be taken back: %(cities)s",
        len(cities),
    ) % {"cities": ", ".join(cities)}


def refuse_misfits(cities):
    """Raise NotUndone where an action gets back its type but has new values of the other one."""
    actions = Action.objects.filter(city__in=cities).with_values_of_other_type()
    if actions:
        raise NotUndone([_("action “%s”") % action for action in actions])


def undo_part(job):
    """Take back what nobody has worked on; whether something stays. Raises NotUndone."""
    lock(City.objects.filter(pk__in=cities_of(job.change_set)))
    if public := public_cities(changes_by_model(job.change_set)):
        raise StillPublic([row_label(City, pk) for pk in public])
    part = part_of(job)
    if not part.by_model:
        raise NotUndone([row_label(*thing) for thing in part.kept])
    take_back(part.by_model)
    return bool(part.kept or used_accounts(job))


def remove_made_users(job, is_part):
    """Remove the accounts that the import made; of those that are used, only a part keeps them.

    Else raises NotUndone.
    """
    used = used_accounts(job)
    if used and not is_part:
        raise NotUndone([_("the account of %s") % user for user in used])
    job.made_users.exclude(pk__in=[user.pk for user in used]).delete()


def describe(error):
    """The rows for which nothing was undone, one a line."""
    lines = [
        ngettext(
            "It cannot be taken back, and nothing was changed: since the import somebody has "
            "worked on this row, or added it:",
            "It cannot be taken back, and nothing was changed: since the import somebody has "
            "worked on these %(count)d rows, or added them:",
            error.count,
        )
        % {"count": error.count},
        *error.rows,
    ]
    if error.count > len(error.rows):
        lines.append(_("… and %d more.") % (error.count - len(error.rows)))
    return "\n".join(lines)
