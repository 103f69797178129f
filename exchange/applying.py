"""Writes a plan to the database: all of it in one short transaction, or nothing.

Writing an uploaded workbook happens in `apply` alone. Undo (`jobs.steps.run_undo`) and the demo
have recordings of their own.
"""

from contextlib import contextmanager

from django.db import DatabaseError, IntegrityError
from django.utils.translation import gettext as _

from actions.services import raise_counters
from profiles.changes import lock, recording
from profiles.garbage import rarely_collected
from profiles.models import ChangeSet, City


class NotApplied(RuntimeError):
    """Nothing was written. The message says why and what to do."""


class Overtaken(NotApplied):
    """What is stored is no longer what was planned upon."""


@rarely_collected()
def apply(plan, reason="", kind=ChangeSet.Kind.IMPORT, finish=None):
    """Write a plan that `is_sound` and return its change set; None if there is nothing to write.

    `finish` is called in the same transaction with what will be returned, also where there is
    nothing to write. What it raises undoes the import and reaches the caller as it is.
    """
    if not plan.is_sound:
        raise NotApplied(_("There are wrong cells: nothing was written."))
    if finish is None and not plan.changes_anything:
        return None
    files = plan.context.files
    with files.removing_on_failure(), recording(plan.context.user, kind, reason) as session:
        change_set = write_rows(plan, session) if plan.changes_anything else None
        if finish is not None:
            finish(change_set)
    return change_set


def write_rows(plan, session):
    """Write the rows of all sheets as part of the recording `session`; returns its change set."""
    with explained_refusals():
        lock_cities(plan)
        for sheet in plan.sheets:
            sheet.save()
        raise_counters(City.objects.filter(pk__in=session.city_ids))
        return session.change_set


@contextmanager
def explained_refusals():
    """Raise what the database refuses as `NotApplied`, with words for who imports."""
    try:
        yield
    except IntegrityError as error:
        raise Overtaken(
            _("Somebody else wrote the same rows meanwhile: check the workbook again.")
        ) from error
    except DatabaseError as error:
        raise NotApplied(
            _("The database did not take the rows, or was busy: try again.")
        ) from error


def lock_cities(plan):
    """Lock the cities of the plan. Raises Overtaken where one has changed or is closed by now."""
    locked = lock(City.objects.filter(pk__in=plan.versions))
    if {city.pk: city.content_version for city in locked} != plan.versions:
        raise Overtaken(_("A city was changed meanwhile: check the workbook again."))
    if plan.context.editable_cities().filter(pk__in=plan.versions).count() != len(plan.versions):
        raise Overtaken(_("You may no longer edit one of these cities."))
