"""Describes what has changed between the check of an import and its writing."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.changes import latest_change_set
from profiles.models import City
from profiles.people import display_name

MOST_DESCRIBED = 3
"""For so many cities the message says who changed them."""


def describe_difference(job, plan, digest):
    """What the check did not know, in a sentence; an empty text where nothing has changed."""
    return (
        changed_cities(job, plan.context.editable_cities())
        or new_problems(plan)
        or added_cities(job, plan)
        or (digest != job.digest and _("What this file would change is not what was shown."))
        or ""
    )


def changed_cities(job, editable):
    """The cities that were changed or removed since the check, or are closed to the user now."""
    versions = {int(pk): version for pk, version in job.versions.items()}
    there = City.objects.in_bulk(list(versions))
    if len(there) < len(versions):
        return _("A city of this import is no longer there.")
    lost = set(versions) - set(editable.filter(pk__in=versions).values_list("pk", flat=True))
    if lost:
        return _("You may no longer edit %s.") % join_names(there[pk] for pk in sorted(lost))
    changed = [city for pk, city in there.items() if city.content_version != versions[pk]]
    parts = [who_changed(city) for city in changed[:MOST_DESCRIBED]]
    if len(changed) > MOST_DESCRIBED:
        rest = len(changed) - MOST_DESCRIBED
        parts.append(ngettext("So was %d other city.", "So were %d other cities.", rest) % rest)
    return " ".join(parts)


def who_changed(city):
    change_set = latest_change_set(city)
    if change_set is None:
        return _("%s was changed since the check.") % city
    moment = timezone.localtime(change_set.created_at)
    return _("%(city)s was changed by %(person)s on %(when)s (%(change)s).") % {
        "city": city,
        # The job is read by others too: names as somebody without any rights may know them.
        "person": display_name(change_set.user, AnonymousUser()),
        "when": date_format(moment, "DATETIME_FORMAT"),
        "change": change_set,
    }


def new_problems(plan):
    if plan.is_sound:
        return ""
    count = len(plan.problems)
    message = ngettext(
        "One cell is wrong by now (%(first)s).",
        "%(count)d cells are wrong by now; the first: %(first)s.",
        count,
    )
    first = plan.problems[0]
    return message % {"count": count, "first": f"{first.where}: {first.message}".rstrip(".")}


def added_cities(job, plan):
    """The cities of the plan that somebody else has added since the check."""
    new = set(plan.versions) - {int(pk) for pk in job.versions}
    if not new:
        return ""
    return _("These cities were added by somebody else: %s.") % join_names(
        city for city in plan.context.cities.values() if city.pk in new
    )


def join_names(cities):
    return ", ".join(str(city) for city in cities)
