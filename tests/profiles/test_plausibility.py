"""What looks wrong about a city and may be right, and which reason answers it. No database."""

from decimal import Decimal

import pytest

from profiles.models import City
from profiles.plausibility import (
    Doubt,
    cannot_be_area,
    doubts_about_city,
    is_jump,
    unanswered,
)


def kinds(population=None, area=None, before=None):
    city = City(population=population, area_km2=area and Decimal(area))
    before = before and City(population=before[0], area_km2=Decimal(before[1]))
    return [(doubt.kind, doubt.field) for doubt in doubts_about_city(city, before)]


@pytest.mark.parametrize(
    ("population", "area", "expected"),
    [
        (1_902_590, "42.34", []),  # Manila
        (1_902_590, "4.234", [("density", "area_km2")]),
        (1_902_590, None, []),
        (None, "0.001", []),
        (0, "10", [("nobody", "population")]),
        (50_000_000, None, [("too-many-people", "population")]),
    ],
)
def test_people_have_room(population, area, expected):
    assert kinds(population, area) == expected


def test_people_and_area_do_not_jump_when_they_are_edited():
    assert kinds(500_000, "188632", before=(50_000, "1886.32")) == [
        ("jump", "population"),
        ("jump", "area_km2"),
    ]
    assert kinds(499_999, "1886", before=(50_000, "1886.32")) == []


@pytest.mark.parametrize(
    ("old", "new", "jumps"),
    [(1, 10, True), (10, 1, True), (1, 9, False), (0, 9, False), (None, 9, False), (9, 0, True)],
)
def test_a_figure_falls_to_nought_and_is_not_compared_with_it(old, new, jumps):
    assert is_jump(old, new) is jumps


@pytest.mark.parametrize(
    ("area", "known", "people", "cannot_be"),
    [
        ("1886", "1900", None, False),
        ("1.886", "1900", None, True),
        ("1.886", None, 600_000, True),
        ("1.886", None, 3_000, False),
        ("1886", None, 3_000, False),
        ("0", None, 3_000, True),
        ("1.886", None, None, False),
    ],
)
def test_an_area_cannot_be_far_from_the_one_known_or_hold_too_many(area, known, people, cannot_be):
    assert cannot_be_area(Decimal(area), known and Decimal(known), people) is cannot_be


def test_a_reason_answers_what_it_was_given_for():
    heavy, dense = Doubt("jump", "A", field="population"), Doubt("density", "B", field="area_km2")
    both = [heavy, dense]
    assert unanswered(both, [], reason="", is_reason_new=False) == both
    assert unanswered(both, [], reason="It is so.", is_reason_new=True) == []
    again = [Doubt("density", "In other words.", field="area_km2")]
    assert unanswered(both, again, reason="It is so.", is_reason_new=False) == [heavy]
    assert unanswered(both, again, reason="", is_reason_new=True) == both
