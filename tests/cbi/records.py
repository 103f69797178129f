"""Assessments and results as records, with points that are known."""

import datetime
from decimal import Decimal

import msgspec

from cbi.bands import band_points
from cbi.record import AssessmentRecord, ResultRecord
from tests.records import shipped_catalogue

from .inputs import NATURAL

DAY = datetime.date(2026, 4, 8)


def assessment(year, *results, edition="2021", **fields):
    """An assessment; the codes of `results` are within the edition."""
    own = tuple(
        msgspec.structs.replace(result, indicator=f"{edition}-{result.indicator}")
        for result in results
    )
    return AssessmentRecord(edition=edition, year=year, updated_on=DAY, results=own, **fields)


def result(code, **fields):
    return ResultRecord(indicator=code, updated_on=DAY, **fields)


def chosen(code, points=2, **fields):
    """A result for which the city has chosen its points."""
    return result(code, own_points=points, **{"reason": {"en": "The council agreed."}, **fields})


def computed(code, value, **fields):
    """A result with this value and the points for it, by the bands of the 2021 edition."""
    bands = shipped_catalogue().indicators[f"2021-{code}"].bands
    banded = band_points(Decimal(value), bands)
    scored = {"computed_points": banded.points, "is_unclear": banded.is_unclear, "bands": bands}
    return result(code, value=Decimal(value), **scored, **fields)


NATURAL_AREAS = computed("natural-areas", "15", inputs=NATURAL)  # 3 points of 4
MORE_NATURAL_AREAS = computed("natural-areas", "25")  # 4 points of 4
BIRDS = result("native-birds", inputs={"species_baseline": "50"})
BIRDS_AGAIN = chosen("native-birds", value=Decimal(3))
BUDGET, EDUCATION = chosen("budget"), chosen("education")


def retired(rows):
    return [msgspec.structs.replace(row, retired=True) for row in rows]
