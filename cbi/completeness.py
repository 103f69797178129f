"""How complete an assessment is: which indicators have points, by component and in all."""

from dataclasses import dataclass
from itertools import pairwise

from .models import Component
from .totals import Total, total


@dataclass(frozen=True, slots=True)
class Part:
    """A component, or (with None) the whole assessment.

    `without` are the numbers of the indicators that do not count yet.
    """

    component: Component | None
    total: Total
    without: tuple[int, ...]

    @property
    def missing(self):
        return ranges(self.without)


@dataclass(frozen=True, slots=True)
class Completeness:
    whole: Part
    parts: tuple[Part, ...]


def completeness(assessment):
    """The `Completeness` of an assessment.

    Costs no query if the results and the edition with its indicators are prefetched.
    """
    by_indicator = {result.indicator_id: result for result in assessment.results.all()}
    groups = [
        (component, shown_indicators(component, by_indicator))
        for component in shown_components(assessment, by_indicator)
    ]
    everything = [row for _component, rows in groups for row in rows]
    return Completeness(
        whole=build_part(None, everything, by_indicator),
        parts=tuple(build_part(component, rows, by_indicator) for component, rows in groups),
    )


def build_part(component, indicators, by_indicator):
    results = [by_indicator[row.pk] for row in indicators if row.pk in by_indicator]
    without = [
        row.number
        for row in indicators
        if row.pk not in by_indicator or not by_indicator[row.pk].counts
    ]
    of = sum(not row.retired for row in indicators)
    return Part(component, total(results, of), tuple(sorted(without)))


def shown_components(assessment, by_indicator):
    """The components of the edition, in order; retired ones only with a result."""
    rows = sorted(assessment.edition.components.all(), key=lambda row: (row.position, row.code))
    return [row for row in rows if not row.retired or shown_indicators(row, by_indicator)]


def shown_indicators(component, by_indicator):
    """The indicators in order; retired ones only with a result. `by_indicator`: id → result."""
    rows = [row for row in component.indicators.all() if not row.retired or row.pk in by_indicator]
    return sorted(rows, key=lambda row: row.number)


def ranges(numbers):
    """Numbers as text: 1, 2, 3, 5 give "1–3, 5"."""
    numbers = sorted(numbers)
    breaks = [i for i, (low, high) in enumerate(pairwise(numbers), 1) if high != low + 1]
    edges = [0, *breaks, len(numbers)]
    runs = [numbers[start:end] for start, end in pairwise(edges) if start < end]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
