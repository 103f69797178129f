"""The state of a target: one rule for every measure. The rule is our own, not official.

The newest progress is compared with a straight line from the start of the action to the target at
the end of its due year. The line is read at the day of that progress, not at the day of reading,
because a city that reports late is not behind: it has not reported yet. See `state_of`.
"""

import datetime
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

STATUS_NUMBERS = {"no": Decimal(0), "partly": Decimal("0.5"), "yes": Decimal(1)}
"""Status → its number, so that the rule for amounts holds for it too."""

STEPS = {"status": Decimal("0.5"), "count": Decimal(1)}
"""Kind of a measure → its smallest step; measures of other kinds change continuously."""


class TargetState(models.TextChoices):
    """The states of a target, from the best to the gravest."""

    REACHED = "reached", _("reached")
    ON_TRACK = "on-track", _("on track")
    NO_DATA = "no-data", _("no data")
    BEHIND = "behind", _("behind")
    OVERDUE = "overdue", _("overdue")


GRAVITY = {state: rank for rank, state in enumerate(TargetState)}


@dataclass(frozen=True, slots=True)
class Point:
    """A measured amount (in the measure's own unit) and the day to which it refers.

    `day`: None for a baseline of an unknown day, from before all progress.
    """

    day: datetime.date | None
    amount: Decimal


def day_of_year(year):
    """The day by which data of a whole year are dated: its middle."""
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
    `falls`: whether less is better; used if the baseline is missing or equals the target, else the
    two tell the direction. `step`: the smallest step of the measure, if it has one.

    - reached: the newest amount (of progress, else of the baseline) is at the target or beyond.
    - overdue: the due year is over and the target is not reached.
    - no data: no due year, no progress, or nothing earlier to draw a line from.
    - on track, behind: the newest progress lies on the line, or beyond it; or short of it.

    Progress of a year before the baseline's is ignored. Precision ("about", "more than") is
    ignored too: only the number counts.
    """
    since = since_baseline(progress, baseline)
    known = [*filter(None, (baseline,)), *since]
    if not known:
        return TargetState.OVERDUE if is_over(due_year, on) else TargetState.NO_DATA
    newest = known[-1]
    falls = is_to_fall(target, baseline, falls)
    if is_at_least(newest.amount, target, falls):
        return TargetState.REACHED
    if is_over(due_year, on):
        return TargetState.OVERDUE
    start = next((point for point in known if point.day), newest)
    if due_year is None or not since or newest.day <= start.day:
        return TargetState.NO_DATA
    expected = expected_amount(start, Point(due_day(due_year), target), newest.day, step)
    is_enough = is_at_least(newest.amount, expected, falls)
    return TargetState.ON_TRACK if is_enough else TargetState.BEHIND


def share_of_way(target, baseline, progress, *, falls=False):
    """How much of the way to a target is done, 0 to 1; None where no amount is known.

    The arguments are those of `state_of`. The way begins at the baseline, else at the first
    progress; it ends with the newest amount. The share is 1 where `state_of` says reached, and
    only there; it is 0 where the newest amount lies behind the start.
    """
    known = [*filter(None, (baseline,)), *since_baseline(progress, baseline)]
    if not known:
        return None
    start, newest = known[0].amount, known[-1].amount
    if is_at_least(newest, target, is_to_fall(target, baseline, falls)):
        return Decimal(1)
    if start == target:
        return Decimal(0)
    share = (newest - start) / (target - start)
    # Rounded down: what is not reached is never whole.
    return min(max(share, Decimal(0)), Decimal(1)).quantize(Decimal("0.01"), ROUND_DOWN)


def since_baseline(progress, baseline):
    """The points of `progress` by time, without those of a year before the baseline's."""
    return sorted((p for p in progress if not is_before_baseline(p, baseline)), key=lambda p: p.day)


def is_to_fall(target, baseline, falls):
    """Whether the amount is to fall: as baseline and target tell, else as `falls` says."""
    if baseline is not None and target != baseline.amount:
        return target < baseline.amount
    return falls


def state_in_words(due_year, reports, on):
    """The state of a target in words; `reports`: the number of progress reports.

    Only people can tell whether such a target is reached. It is overdue if it is due and nothing
    was reported, else there is no data.
    """
    is_silent = is_over(due_year, on) and not reports
    return TargetState.OVERDUE if is_silent else TargetState.NO_DATA


def is_before_baseline(point, baseline):
    has_day = baseline is not None and baseline.day is not None
    return has_day and point.day.year < baseline.day.year


def is_at_least(amount, limit, falls):
    return amount <= limit if falls else amount >= limit


def expected_amount(start, end, day, step=None):
    """The amount on the straight line from `start` to `end` at `day`; from `end` on its amount.

    With a `step` only whole steps count, rounded towards `start`.
    """
    whole = (end.day - start.day).days
    if whole <= 0 or day >= end.day:
        return end.amount
    way = (end.amount - start.amount) * (day - start.day).days / whole
    return start.amount + (int(way / step) * step if step else way)


def gravest(states):
    """The gravest state among those of a target's measures; no data if there are none.

    So a target is reached only if all its measures are, and one measure without data does not hide
    another that is behind.
    """
    return max(states, key=GRAVITY.get, default=TargetState.NO_DATA)
