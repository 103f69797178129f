"""What would prevent an undo, found before anybody asks for it; nothing is written."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from profiles.models import City
from profiles.undo import (
    NAMED,
    changes_by_model,
    public_cities,
    row_label,
    rows_in_the_way,
)

from . import states
from .part import misfits, used_accounts
from .steps import withdraw_first

NAMED_THINGS = 25
"""At most so many things that stay are named on a page."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A row that somebody has worked on since: its name, itself and its newest history record.

    `row` is None where it has been removed, `record` where the row has no history.
    """

    label: str
    row: object
    record: object


@dataclass(frozen=True, slots=True)
class Obstacles:
    """`reason`: why the user may not undo at all; `rows`: the first of `count` rows in the way."""

    reason: str = ""
    rows: tuple = ()
    count: int = 0

    def __bool__(self):
        return bool(self.reason or self.count)


def find_obstacles(job, user):
    """The `Obstacles` to an undo of `job` by `user`; false where there are none."""
    try:
        states.allow_undo(job, user)
    except states.NotNow as error:
        return Obstacles(reason=str(error))
    by_model = changes_by_model(job.change_set)
    if public := public_cities(by_model):
        names = [row_label(City, pk) for pk in public[:NAMED]]
        return Obstacles(reason=withdraw_first(names))
    rows = [(model, pk) for model, pk, _record in rows_in_the_way(by_model)]
    rows = rows or misfits(by_model)
    accounts = [] if rows else used_accounts(job, {one.model: one.new for one in by_model})
    named = [*described(rows[:NAMED]), *map(account_obstacle, accounts)]
    return Obstacles(rows=tuple(named), count=len(rows) + len(accounts))


def described(rows):
    """The `Obstacle`s of (model, primary key)."""
    by_model = defaultdict(list)
    for model, pk in rows:
        by_model[model].append(pk)
    for model, keys in by_model.items():
        newest = newest_records(model, keys)
        present = model._base_manager.in_bulk(keys)
        for pk in keys:
            label = row_label(model, pk, newest.get(pk))
            yield Obstacle(label, present.get(pk), newest.get(pk))


def newest_records(model, keys):
    """Primary key → the newest history record of that row."""
    past = model.history.filter(id__in=keys).order_by()
    ids = past.values("id").annotate(newest=Max("history_id")).values("newest")
    records = model.history.filter(history_id__in=ids).select_related("change_set__user")
    return {record.id: record for record in records}


def account_obstacle(user):
    return Obstacle(_("the account of %s") % user, user, None)


def described_stay(kept):
    """(obstacle of the thing that stays, that of the row for which it does) of `Part.kept`."""
    named = list(kept.items())[:NAMED_THINGS]
    return [(*described([thing]), *described([cause])) for thing, cause in named]
