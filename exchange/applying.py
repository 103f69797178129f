"""Writes what was planned: all of it in one short transaction, or nothing."""

from django.db import DatabaseError, IntegrityError
from django.utils.translation import gettext as _

from actions.services import raise_counters
from profiles.changes import lock, recording
from profiles.models import ChangeSet, City


class NotApplied(RuntimeError):
    """Nothing was written. The message says why and what to do."""


class Overtaken(NotApplied):
    """What is stored is no longer what was planned upon."""


def apply(plan, reason="", kind=ChangeSet.Kind.IMPORT):
    """Write a sound plan and return its change set; None if there is nothing to write."""
    if not plan.sound:
        raise NotApplied(_("There are wrong cells: nothing was written."))
    if not plan.changes_anything:
        return None
    try:
        with plan.context.files.going_back(), recording(plan.context.user, kind, reason) as session:
            hold(plan)
            for sheet in plan.sheets:
                sheet.write()
            raise_counters(City.objects.filter(pk__in=session.city_ids))
            return session.change_set
    except IntegrityError as error:
        raise Overtaken(
            _("Somebody else wrote the same rows meanwhile: check the workbook again.")
        ) from error
    except DatabaseError as error:
        raise NotApplied(
            _("The database did not take the rows, or was busy: try again.")
        ) from error


def hold(plan):
    """Lock the cities, and see that they are as they were and still open to the user."""
    held = lock(City.objects.filter(pk__in=plan.versions))
    if {city.pk: city.content_version for city in held} != plan.versions:
        raise Overtaken(_("A city was changed meanwhile: check the workbook again."))
    if plan.context.editable_cities().filter(pk__in=plan.versions).count() != len(plan.versions):
        raise Overtaken(_("You may no longer edit one of these cities."))
