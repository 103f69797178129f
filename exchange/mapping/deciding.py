"""Stores what a person decided at a step, also where another page decides at the same time."""

from django.db import transaction

from ..models import MappedFile
from .answers import UNSEEN

MISSING = object()


def decide(mapped, step, decided, *, is_looked_at=True):
    """Store the decisions of one step; None takes them away. Whether the list is still there.

    `is_looked_at`: whether a person saw the whole step; else it is still to be looked at.

    What was decided elsewhere since `mapped` was read stays, at this step and at all others.
    """
    with transaction.atomic():
        row = MappedFile.objects.select_for_update().filter(pk=mapped.pk).first()
        if row is None:
            return False
        before, now = (one.decisions.get(step, {}) for one in (mapped, row))
        if decided is None:
            row.decisions.pop(step, None)
        else:
            row.decisions[step] = merged(before, decided, now)
        if is_looked_at and step in (unseen := row.decisions.get(UNSEEN, ())):
            row.decisions[UNSEEN] = [one for one in unseen if one != step]
        elif not is_looked_at:
            row.decisions[UNSEEN] = sorted({*row.decisions.get(UNSEEN, ()), step})
        row.save(update_fields=["decisions"])
    mapped.decisions = row.decisions
    return True


def merged(before, mine, now):
    """What `mine` changes of `before`, and for the rest what it is `now`."""
    if mine == before:
        return now
    if not all(isinstance(one, dict) for one in (before, mine, now)):
        return mine
    found = {}
    for key in dict.fromkeys([*mine, *now]):
        value = merged(*(one.get(key, MISSING) for one in (before, mine, now)))
        if value is not MISSING:
            found[key] = value
    return found
