"""Optimistic locking: finds what somebody else has changed since a form was opened.

A form carries the version of its row: the newest history id of each of the row's trails (the
histories of the row itself and of the rows edited with it, see `CityRowAdmin.trails`). City rows
are written with their city locked, so these ids only grow while a form is open.
"""

from django.db.models import Max

from .history import entries_of


def version_of(trails):
    newest = (trail.aggregate(newest=Max("history_id"))["newest"] or 0 for trail in trails)
    return "-".join(str(history_id) for history_id in newest)


def is_own(entries, user):
    """Whether `user` alone has made these changes; False if there are none."""
    return bool(entries) and all(entry.change_set.user_id == user.pk for entry in entries)


def changes_since(model_admin, request, row, seen):
    """The history entries of `row` after version `seen`; None if `seen` is no version of it."""
    trails = model_admin.trails(row)
    parts = seen.split("-")
    if len(parts) != len(trails) or not all(part.isdecimal() for part in parts):
        return None
    # The version comes from the browser: a larger number would overflow the database's integer.
    records = [
        list(trail.filter(history_id__gt=min(int(part), 2**62)))
        for trail, part in zip(trails, parts, strict=True)
    ]
    return entries_of(model_admin, request, row, records)
