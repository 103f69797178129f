"""Points by the shipped bands, at every printed edge, on both sides of it, and in every gap.

The rows were written by hand from the printed labels, not computed: a value, its points and, for a
value in a gap, the points of the band below it.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from cbi.bands import band_points, check_bands

SHIPPED = json.loads(
    (Path(__file__).parents[2] / "cbi" / "catalogue.json").read_text(encoding="utf-8")
)
BANDS = {row["code"]: row["bands"] for row in SHIPPED["cbi.indicator"] if row.get("bands")}

EXPECTED = {
    # "< 1.0%", "1.0 to 6.9%", "7.0 to 13.9%", "14.0 to 20.0%", "> 20.0%"
    "2021-natural-areas": """
        0 0 / 0.94 0 / 0.95 1 / 0.99 1 / 1 1 / 1.04 1 / 6.9 1 / 6.94 1 / 6.95 2 / 7 2
        13.9 2 / 13.94 2 / 13.95 3 / 14 3 / 19.9 3 / 20 3 / 20.04 3 / 20.05 4 / 20.1 4 / 100 4
    """,
    # "< 20%", "20 to 39.9%", "40 to 59.9%", "60 to 79%", "> 79%"
    "2021-connectivity": """
        0 0 / 19 0 / 19.4 0 / 19.5 1 / 20 1 / 39.9 1 / 39.94 1 / 39.95 2 / 40 2 / 59.9 2
        59.94 2 / 59.95 3 / 60 3 / 78.9 3 / 79 3 / 79.4 3 / 79.5 4 / 80 4 / 100 4
    """,
    # "< 6%", "6 to 10.9%", "11 to 15.9%", "16 to 20%", "> 20%"
    "2021-birds-in-built-up-areas": """
        0 0 / 5 0 / 5.4 0 / 5.5 1 / 6 1 / 10.9 1 / 10.94 1 / 10.95 2 / 11 2 / 15.9 2
        15.94 2 / 15.95 3 / 16 3 / 20 3 / 20.4 3 / 20.5 4 / 21 4 / 100 4
    """,
    # "< 20%", "20 to 39.9%", "40 to 59.9%", "60 to 79.9%", "> 80%"
    "2021-habitat-restoration": """
        0 0 / 19.4 0 / 19.5 1 / 20 1 / 39.9 1 / 39.94 1 / 39.95 2 / 40 2 / 59.94 2 / 59.95 3
        60 3 / 79.9 3 / 79.94 3 / 79.95 4<3 / 80 4<3 / 80.04 4<3 / 80.05 4 / 80.1 4 / 100 4
    """,
    # "< 1%", "1 to 6%", "6.1 to 11%", "11.1 to 17%", "> 17%"
    "2021-protected-natural-areas": """
        0 0 / 0.4 0 / 0.5 1 / 1 1 / 6 1 / 6.04 1 / 6.05 2 / 6.1 2 / 11 2 / 11.04 2
        11.05 3 / 11.1 3 / 17 3 / 17.4 3 / 17.5 4 / 18 4 / 100 4
    """,
    # "< 30%", "30 to 39.9%", "40 to 49.9%", "50 to 59.9%", "> 60%"
    "2021-water-quantity": """
        0 0 / 29.4 0 / 29.5 1 / 30 1 / 39.94 1 / 39.95 2 / 40 2 / 49.9 2 / 49.94 2 / 49.95 3
        50 3 / 59.9 3 / 59.94 3 / 59.95 4<3 / 60 4<3 / 60.04 4<3 / 60.05 4 / 60.1 4 / 100 4
    """,
    # "< 10%", "10.1 to 24.9%", "25 to 39.9%", "40 to 54.9%", "> 55%"
    "2021-climate-regulation": """
        0 0 / 9.9 0 / 9.94 0 / 9.95 1<0 / 10 1<0 / 10.04 1<0 / 10.05 1 / 10.1 1 / 24.9 1
        24.94 1 / 24.95 2 / 25 2 / 39.94 2 / 39.95 3 / 40 3 / 54.9 3 / 54.94 3 / 54.95 4<3
        55 4<3 / 55.04 4<3 / 55.05 4 / 55.1 4 / 100 4
    """,
    # "< 0.1", "0.1 to 0.3", "0.4 to 0.6", "0.7 to 0.9", "> 0.9" hectares for 1,000 persons
    "2021-recreation": """
        0 0 / 0.04 0 / 0.05 1 / 0.1 1 / 0.3 1 / 0.34 1 / 0.35 2 / 0.4 2 / 0.6 2 / 0.64 2
        0.65 3 / 0.7 3 / 0.9 3 / 0.94 3 / 0.95 4 / 1 4 / 30 4
    """,
    # "< 30%", "30 to 49.9%", "50 to 69.9%", "70 to 89.9%", "> 90%"
    "2021-proximity-to-parks": """
        0 0 / 29.4 0 / 29.5 1 / 30 1 / 49.9 1 / 49.94 1 / 49.95 2 / 50 2 / 69.94 2 / 69.95 3
        70 3 / 89.9 3 / 89.94 3 / 89.95 4<3 / 90 4<3 / 90.04 4<3 / 90.05 4 / 90.1 4 / 100 4
    """,
}


def cases():
    for code, table in EXPECTED.items():
        for row in table.replace("\n", "/").split("/"):
            if row.strip():
                value, points = row.split()
                upper, _, lower = points.partition("<")
                yield code, Decimal(value), int(upper), int(lower) if lower else None


def test_all_nine_banded_indicators_are_here():
    assert set(EXPECTED) == set(BANDS)
    assert len(BANDS) == 9


@pytest.mark.parametrize(("code", "value", "points", "lower"), list(cases()))
def test_points(code, value, points, lower):
    banded = band_points(value, BANDS[code])
    assert (banded.points, banded.lower) == (points, lower)
    assert banded.is_unclear == (lower is not None)
    assert banded.chosen(False) == points
    assert banded.chosen(True) == (points if lower is None else lower)


@pytest.mark.parametrize("code", list(BANDS))
def test_more_is_never_worth_less(code):
    points = [band_points(Decimal(step) / 20, BANDS[code]).points for step in range(2_001)]
    assert points == sorted(points)
    assert set(points) == {0, 1, 2, 3, 4}


def test_no_bands_no_points():
    assert band_points(Decimal(3), []) is None


def test_bands_of_which_less_is_better():
    falling = [
        band(4, None, "5", max_in=False),
        band(2, "5", "10", min_in=True, max_in=True),
        band(0, "10", None, min_in=False),
    ]
    check_bands(falling, 4)
    found = [band_points(Decimal(value), falling).points for value in ("4", "5", "10", "10.6")]
    assert found == [4, 2, 2, 0]


def band(points, low, high, min_in=None, max_in=None):
    ends = {"min": low, "max": high, "min_inclusive": min_in, "max_inclusive": max_in}
    return {"points": points, "label": "", **ends}


@pytest.mark.parametrize("code", list(BANDS))
def test_the_shipped_bands_pass_the_check(code):
    check_bands(BANDS[code], 4)


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ([{"points": 0}], "Each row needs"),
        ([band(0, "1", None, min_in=True)], "has no min"),
        ([band(0, None, "x", max_in=True), band(1, "2", None, min_in=True)], "Each row needs"),
        ([band(0, None, "3", max_in=True), band(1, "2", None, min_in=True)], "overlapping"),
        ([band(0, None, "2", max_in=True), band(7, "2", None, min_in=False)], "between 0 and 4"),
        ([band(0, None, "2"), band(1, "2", None, min_in=False)], "belongs to its row"),
    ],
)
def test_bands_that_cannot_be_read_are_refused(bands, words):
    with pytest.raises(ValidationError, match=words):
        check_bands(bands, 4)


def test_a_band_that_ends_below_its_start_is_refused():
    ends = [(None, "1"), ("9", "7.9"), ("8", None)]
    bands = [
        {"points": n, "min": low, "max": high, "label": "", "min_inclusive": True}
        | {"max_inclusive": True}
        for n, (low, high) in enumerate(ends)
    ]
    with pytest.raises(ValidationError, match="without overlapping"):
        check_bands(bands, 4)
