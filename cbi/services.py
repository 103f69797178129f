"""Writes of the index that touch several rows."""

import contextlib

from django.dispatch import receiver

from profiles.deleted import brought_back

from .formulas import InputError
from .models import Assessment, IndicatorResult


def rescore_comparisons(city_id, edition_id):
    """Score again the results that are compared with the first assessment.

    Another assessment may be the first one after one was added, deleted or moved to another year.
    Runs inside `recording`.
    """
    rows = IndicatorResult.objects.filter(
        assessment__city=city_id,
        assessment__edition=edition_id,
        indicator__needs_earlier=True,
    )
    assessments = {}
    for row in rows.select_related("assessment", "indicator"):
        row.assessment = assessments.setdefault(row.assessment_id, row.assessment)
        before = (row.value, row.computed_points)
        # A half-filled result has no value before and none after.
        with contextlib.suppress(InputError):
            row.score()
        if (row.value, row.computed_points) != before:
            row.save()


@receiver(brought_back, sender=Assessment)
def rescore_beside(sender, row, **kwargs):
    """Another assessment may be the first one now."""
    rescore_comparisons(row.city_id, row.edition_id)
