"""Makes the rows that the public pages of the index read from what cities have published."""

from profiles.read_tables import ReadTable, register

from .assessed import assessed_indicators, assessments_of, indicators_by_edition
from .chapter import basis_of
from .models import Edition, Indicator, PublicAssessment, PublicResult
from .totals import total


def assessment_rows(published):
    """The `PublicAssessment`s of these `Published`, unsaved. One query."""
    keys = Edition.objects.keys_by_code()
    for one in published:
        editions = indicators_by_edition(one.catalogue)
        for code, assessments in assessments_of(one.record, editions).items():
            newest = assessments[-1]
            asked = assessed_indicators(editions[code], newest.results)
            scored = total(newest.results, len(asked))
            yield PublicAssessment(
                city=one.city,
                edition_id=keys[code],
                year=newest.record.year,
                scored=scored.scored,
                of=scored.of,
            )


def result_rows(published):
    """The `PublicResult`s of these `Published`, unsaved. One query."""
    keys = Indicator.objects.keys_by_code()
    for one in published:
        by_edition = assessments_of(one.record, indicators_by_edition(one.catalogue))
        for assessments in by_edition.values():
            for assessment in assessments:
                for result in assessment.results:
                    yield PublicResult(
                        city=one.city,
                        year=assessment.record.year,
                        indicator_id=keys[result.indicator.code],
                        is_newest=assessment is assessments[-1],
                        points=result.points if result.counts else None,
                        value=result.value,
                        basis=basis_of(result),
                        evidence_resource=result.evidence_resource,
                    )


register(ReadTable(PublicAssessment, ("city_id", "edition_id"), assessment_rows))
register(ReadTable(PublicResult, ("city_id", "year", "indicator_id"), result_rows))
