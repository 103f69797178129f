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

STEPS = {"status": Decimal("0.5"), "count": Decimal(1)}
"""Kind of a measure → the step in which it moves; others move as little as they like."""


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
    """A measured amount (in the measure's own unit) and the day that it tells of.

    `day`: None for a baseline of an unknown day, from before all progress.
    """

    day: datetime.date | None
    amount: Decimal


def day_of_year(year):
    """The day that stands for data of a whole year: its middle."""
    return datetime.date(year, 7, 1)


def due_day(year):
    """The last day on which a target of this due year is in time."""
    return datetime.date(year, 12, 31)


def is_over(due_year, on):
    return due_year is not None and on > due_day(due_year)


def state_of(target, due_year, baseline, progress, on, *, falls=False, step=None):
    """The `TargetState` of one measure's target.

    `target`: the amount to be reached. `due_year`: an int or None. `baseline`: a `Point` or None.
    `progress`: the `Point`s reported, in any order. `on`: the day on which the state is judged.
    `falls`: whether less is better, for when the baseline does not tell (it is missing, or already
    at the target). `step`: what cannot be divided, such as one thing of those that are counted.

    - reached: the newest amount (of progress, else of the baseline) is at the target or beyond.
    - overdue: the due year is over and the target is not reached.
    - no data: no due year, no progress, or nothing earlier to draw a line from.
    - on track, behind: the newest progress lies on the line, or beyond it; or short of it.

    Progress of a year before the baseline's is the past. Precision ("about", "more than") is not
    weighed: the number itself counts.
    """
    since = sorted((p for p in progress if not is_past(p, baseline)), key=lambda p: p.day)
    known = [*filter(None, (baseline,)), *since]
    if not known:
        return TargetState.OVERDUE if is_over(due_year, on) else TargetState.NO_DATA
    newest = known[-1]
    if baseline is not None and target != baseline.amount:
        falls = target < baseline.amount
    if is_at_least(newest.amount, target, falls):
        return TargetState.REACHED
    if is_over(due_year, on):
        return TargetState.OVERDUE
    start = next((point for point in known if point.day), newest)
    if due_year is None or not since or newest.day <= start.day:
        return TargetState.NO_DATA
    expected = on_the_line(start, Point(due_day(due_year), target), newest.day, step)
    is_enough = is_at_least(newest.amount, expected, falls)
    return TargetState.ON_TRACK if is_enough else TargetState.BEHIND


def state_in_words(due_year, reports, on):
    """The state of a target that no amount can be compared with. `reports`: how much is reported.

    Whether words are reached only people can tell: it is overdue where nothing was said in time.
    """
    is_silent = is_over(due_year, on) and not reports
    return TargetState.OVERDUE if is_silent else TargetState.NO_DATA


def is_past(point, baseline):
    has_day = baseline is not None and baseline.day is not None
    return has_day and point.day.year < baseline.day.year


def is_at_least(amount, mark, falls):
    return amount <= mark if falls else amount >= mark


def on_the_line(start, end, day, step=None):
    """The amount on the straight line from `start` to `end` at `day`; after `end` its amount.

    With a `step`: as many whole steps as have to be made by then.
    """
    whole = (end.day - start.day).days
    if whole <= 0 or day >= end.day:
        return end.amount
    way = (end.amount - start.amount) * (day - start.day).days / whole
    return start.amount + (int(way / step) * step if step else way)


def gravest(states):
    """The state of a target of several measures; no data if there are none.

    Nothing is reached until all is; a measure without data hides no other that is behind.
    """
    return max(states, key=GRAVITY.get, default=TargetState.NO_DATA)
