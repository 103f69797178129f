"""How far a target is: one rule for every measure, ours and no official one.

A target is compared with the newest progress, not with the day on which it is read: a city that
reports late is not behind, it has said nothing yet. The path is the straight line from where the
action started to the target at the end of its due year. See `state_of`.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

STATUS_NUMBERS = {"no": Decimal(0), "partly": Decimal("0.5"), "yes": Decimal(1)}
"""A status as a share of the way."""


class TargetState(models.TextChoices):
    """The states of a target, the gravest last."""

    REACHED = "reached", _("reached")
    ON_TRACK = "on-track", _("on track")
    NO_DATA = "no-data", _("no data")
    BEHIND = "behind", _("behind")
    OVERDUE = "overdue", _("overdue")


GRAVITY = {state: place for place, state in enumerate(TargetState)}


@dataclass(frozen=True, slots=True)
class Point:
    """A measured amount (in the measure's own unit) and the day that it tells of."""

    day: datetime.date
    amount: Decimal


def day_of_year(year):
    """The day that stands for data of a whole year: its middle."""
    return datetime.date(year, 7, 1)


def due_day(year):
    """The last day on which a target of this due year is in time."""
    return datetime.date(year, 12, 31)


def state_of(target, due_year, baseline, progress, on, *, falls=False):
    """The `TargetState` of one measure's target.

    `target`: the amount to be reached; None where the target is only words. `due_year`: an int or
    None. `baseline`: a `Point` or None. `progress`: the `Point`s reported since, in any order.
    `on`: the day on which the state is judged. `falls`: whether less is better, for when the
    baseline does not tell (it is missing, or already at the target).

    - reached: the newest amount (of progress, else of the baseline) is at the target or beyond.
    - overdue: the due year is over and the target is not reached.
    - no data: no target amount, no due year, no progress, or nothing earlier to draw a line from.
    - on track, behind: the newest progress lies on the line, or beyond it; or short of it.
    """
    points = sorted(filter(None, (baseline, *progress)), key=lambda point: point.day)
    if target is None or not points:
        is_over = target is not None and due_year is not None and on > due_day(due_year)
        return TargetState.OVERDUE if is_over else TargetState.NO_DATA
    newest = max(progress, key=lambda point: point.day) if progress else baseline
    start = baseline or points[0]
    falls = target < start.amount or (falls and (baseline is None or target == start.amount))
    if is_at_least(newest.amount, target, falls):
        return TargetState.REACHED
    if due_year is None:
        return TargetState.NO_DATA
    if on > due_day(due_year):
        return TargetState.OVERDUE
    if not progress or newest.day <= start.day:
        return TargetState.NO_DATA
    expected = on_the_line(start, Point(due_day(due_year), target), newest.day)
    is_enough = is_at_least(newest.amount, expected, falls)
    return TargetState.ON_TRACK if is_enough else TargetState.BEHIND


def is_at_least(amount, mark, falls):
    return amount <= mark if falls else amount >= mark


def on_the_line(start, end, day):
    """The amount on the straight line from `start` to `end` at `day`; after `end` its amount."""
    whole = (end.day - start.day).days
    if whole <= 0 or day >= end.day:
        return end.amount
    return start.amount + (end.amount - start.amount) * (day - start.day).days / whole


def gravest(states):
    """The state of a target of several measures; no data if there are none.

    Nothing is reached until all is; a measure without data hides no other that is behind.
    """
    return max(states, key=GRAVITY.get, default=TargetState.NO_DATA)
