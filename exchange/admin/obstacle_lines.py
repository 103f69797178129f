"""The rows that prevent an undo, with who worked on them and a link to where."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from profiles.models import CityOwned
from profiles.people import display_name

from ..jobs.obstacles import NAMED_THINGS, described, described_stay
from ..jobs.part import stayed


@dataclass(frozen=True, slots=True)
class ObstacleLine:
    """`url` is empty where the row is gone or the reader may not see its page."""

    label: str
    what: str
    url: str


def obstacle_lines(site, request, obstacles):
    return [
        ObstacleLine(
            one.label, what_happened(one.record, request.user), page_of(site, request, one.row)
        )
        for one in obstacles.rows
    ]


def staying_lines(site, request, part):
    """The `ObstacleLine`s of the things that a `Part` leaves as they are, each with its reason."""
    lines = []
    for thing, cause in described_stay(part.kept):
        what = what_happened(cause.record, request.user)
        if cause.label != thing.label:
            what = f"{cause.label}: {what}"
        lines.append(ObstacleLine(thing.label, what, page_of(site, request, thing.row)))
    return lines


def stayed_lines(site, request, job):
    """Likewise for what has stayed when the rest of `job` was taken back, without a reason."""
    things = described(stayed(job)[:NAMED_THINGS])
    return [ObstacleLine(one.label, "", page_of(site, request, one.row)) for one in things]


def what_happened(record, reader):
    """Who wrote the newest history record of a row, and when; empty for an account."""
    if record is None:
        return ""
    words = {
        "+": _("added by %(person)s on %(when)s"),
        "~": _("changed by %(person)s on %(when)s"),
        "-": _("removed by %(person)s on %(when)s"),
    }
    moment = timezone.localtime(record.change_set.created_at)
    return words[record.history_type] % {
        "person": display_name(record.change_set.user, reader),
        "when": date_format(moment, "DATETIME_FORMAT"),
    }


def page_of(site, request, row):
    """The admin page on which a row is edited: its own, or that of the row above it."""
    while row is not None and type(row) not in site._registry:
        name = row.city_path.partition("__")[0] if isinstance(row, CityOwned) else ""
        row = getattr(row, name) if name else None
    if row is None or not site.get_model_admin(type(row)).has_view_permission(request, row):
        return ""
    opts = row._meta
    return reverse(f"{site.name}:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
