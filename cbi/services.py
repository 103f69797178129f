"""Writes of the index that touch several rows."""

import contextlib

from .formulas import InputError
from .models import IndicatorResult


def rescore_comparisons(city_id, edition_id):
    """Compute again what is compared with the first assessment, where another is the first now.

    Runs inside `recording`, after an assessment came, went or moved to another year.
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
        # Half-filled, it is without a value before and after.
        with contextlib.suppress(InputError):
            row.fill()
        if (row.value, row.computed_points) != before:
            row.save()
