"""Sums of points. Indicators without points are left out of the sum and of its maximum."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Total:
    """`points` out of `max_points` for `scored` indicators out of `of`."""

    points: int
    max_points: int
    scored: int
    of: int

    @property
    def is_started(self):
        return self.scored > 0


def total(results, of):
    """The `Total` of those results (`Scored`) that count, out of `of` indicators."""
    counted = [result for result in results if result.counts]
    return Total(
        points=sum(result.points for result in counted),
        max_points=sum(result.indicator.max_points for result in counted),
        scored=len(counted),
        of=of,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """Points before and after, over the `shared` indicators that have points both times."""

    before: int
    after: int
    shared: int

    @property
    def difference(self):
        return self.after - self.before


def change(first, later):
    """The `Change` from the results `first` to the results `later` of one edition."""
    then = {result.indicator.code: result.points for result in first if result.counts}
    now = {result.indicator.code: result.points for result in later if result.counts}
    shared = then.keys() & now.keys()
    return Change(
        before=sum(then[key] for key in shared),
        after=sum(now[key] for key in shared),
        shared=len(shared),
    )
