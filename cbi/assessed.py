"""The assessments of a profile record, with what the catalogue says of their indicators."""

from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from .lists import FrozenIndicator
from .record import AssessmentRecord, ResultRecord
from .scoring import Scored


@dataclass(eq=False, slots=True)
class Assessed:
    """An assessment with its results in the order of the catalogue.

    `is_first`: whether it is the first published one, with results, by this edition.
    """

    record: AssessmentRecord
    is_first: bool
    results: list["AssessedResult"] = field(default_factory=list)


class AssessedResult(Scored):
    """A result with its indicator. All other fields are those of the `ResultRecord`."""

    def __init__(self, assessment: Assessed, record: ResultRecord, indicator: FrozenIndicator):
        self.assessment = assessment
        self.record = record
        self.indicator = indicator

    def __getattr__(self, name):
        return getattr(self.record, name)

    @property
    def is_first_count(self):
        """Whether this is only the count with which later assessments are compared: not scored.

        The first published assessment may be compared with one that the city keeps back: then its
        results are scored. A record has neither value nor points of what is a first count.
        """
        return super().is_first_count and self.value is None and self.points is None


@lru_cache(maxsize=8)
def indicators_by_edition(catalogue):
    """Code of an edition → its indicators, all in the order of the catalogue.

    Retired editions are the last; editions without indicators are left out. Do not change it: it
    is made once for a `Catalogue`.
    """

    def place(indicator):
        component = catalogue.components[indicator.component]
        edition = catalogue.editions[component.edition]
        return (
            *(edition.retired, edition.position, edition.code),
            *(component.position, component.code, indicator.number),
        )

    found = {}
    for indicator in sorted(catalogue.indicators.values(), key=place):
        edition = catalogue.components[indicator.component].edition
        found.setdefault(edition, []).append(indicator)
    return found


def assessments_of(record, editions):
    """Code of an edition → the `Assessed` of a profile record by it, the oldest first.

    `editions`: those of `indicators_by_edition`. Results that are not of their indicators are left
    out, and assessments without results.
    """
    found = {}
    for assessment in sorted(record.assessments, key=attrgetter("year")):
        results = {result.indicator: result for result in assessment.results}
        known = [row for row in editions.get(assessment.edition, ()) if row.code in results]
        if not known:
            continue
        assessed = Assessed(assessment, is_first(assessment, record.assessments, editions))
        assessed.results += [AssessedResult(assessed, results[row.code], row) for row in known]
        found.setdefault(assessment.edition, []).append(assessed)
    return found


def is_first(assessment, assessments, editions):
    """Whether an `AssessmentRecord` is the first with results among those by its edition.

    `editions`: as in `assessments_of`; results that are not of their indicators do not matter.
    """
    known = {row.code for row in editions.get(assessment.edition, ())}
    return not any(
        one.edition == assessment.edition
        and one.year < assessment.year
        and any(result.indicator in known for result in one.results)
        for one in assessments
    )


def assessed_indicators(indicators, results):
    """The indicators of an assessment: the current ones, and retired ones with a result."""
    with_result = {result.indicator.code for result in results}
    return [row for row in indicators if not row.retired or row.code in with_result]
