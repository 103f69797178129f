"""The locator map shows each country as a whole, in the middle of what surrounds it."""

import re

import pytest
from django_countries import countries as known_countries

from report.drawings import countries
from report.drawings.locator import draw_locator
from report.drawings.locator_layout import HEIGHT, TINY, WIDTH, lay_out_locator
from report.management.commands import make_countries

NUMBER = re.compile(r"-?\d+")


def rings(path):
    """The points of each ring of a path."""
    found = []
    for start, steps in re.findall(r"M([^l]*)l([^z]*)z", path):
        x, y = map(int, NUMBER.findall(start))
        points = [(x, y)]
        numbers = list(map(int, NUMBER.findall(steps)))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        found.append(points)
    return found


def box(path):
    xs, ys = zip(*(point for ring in rings(path) for point in ring), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def test_every_country_has_its_land():
    assert [one.code for one in known_countries if not countries.boxes(one.code)] == []


@pytest.mark.parametrize("code", ["AQ", "CL", "FJ", "KZ", "MT", "NZ", "RU", "SG", "TV", "US"])
def test_a_country_lies_whole_in_the_middle(code):
    locator = lay_out_locator(code)
    left, top, right, bottom = box(locator.country)
    if code != "US":  # Hawaii is shown, and is not what the map is made for
        assert abs((left + right) - WIDTH) < 0.1 * WIDTH
        assert abs((top + bottom) - HEIGHT) < 0.2 * HEIGHT
    assert -10 < left < right < WIDTH + 10
    assert locator.land
    assert 300 < len(draw_locator(code)) < 6000


def test_a_country_that_is_cut_at_longitude_180_is_drawn_in_one_piece():
    fiji = [one for one in countries.boxes("FJ") if one[2] - one[0] > 0.9]
    assert [round(east - west, 1) for west, _south, east, _north in fiji] == [1.5, 1.6]
    russia = max(countries.boxes("RU"), key=lambda one: one[2] - one[0])
    assert 160 < russia[2] - russia[0] < 170


@pytest.mark.parametrize(("code", "has_ring"), [("TV", True), ("MT", True), ("FR", False)])
def test_a_tiny_country_has_a_ring(code, has_ring):
    locator = lay_out_locator(code)
    assert (locator.ring is not None) == has_ring
    if has_ring:
        x, y, radius = locator.ring
        assert (abs(x - WIDTH / 2) < 30, abs(y - HEIGHT / 2) < 30) == (True, True)
        assert TINY**0.5 < 2 * radius < HEIGHT


def test_a_dot_stands_only_where_both_coordinates_are_given():
    anji = draw_locator("CN", "30.638", "119.68", "Anji County, China")
    assert "<title>Anji County, China</title>" in anji
    assert anji.count("<circle") == 1
    for place in ((None, None), ("30.638", None), (None, "119.68")):
        assert "<circle" not in draw_locator("CN", *place)
    x, y = lay_out_locator("CN", (119.68, 30.638)).dot
    assert (WIDTH / 2 < x < 0.8 * WIDTH, HEIGHT / 2 < y < 0.8 * HEIGHT) == (True, True)


def test_a_city_on_distant_islands_is_shown_among_them():
    assert lay_out_locator("PT", (-25.7, 37.7)).dot == pytest.approx(
        (WIDTH / 2, HEIGHT / 2), abs=90
    )
    # The country's part far away is another entry of ISO 3166-1: no dot beside the map.
    assert lay_out_locator("FR", (-52.3, 4.9)).dot is None


@pytest.mark.parametrize("code", ["", "XX", "ZZ"])
def test_an_unknown_country_has_no_map(code):
    assert draw_locator(code, 1, 1, "Nowhere") == ""


def test_the_data_is_made_without_the_cut_of_its_source():
    """Two squares at longitude 180 are one country, of one piece."""
    east = [[178, 0], [2, 0], [0, 2], [-2, 0], [0, -2]]
    west = [[-180, 0], [2, 0], [0, 2], [-2, 0], [0, -2]]
    shape = {"type": "MultiPolygon", "id": "242", "arcs": [[[0]], [[1]]]}
    made = make_countries.make(
        {
            "transform": {"scale": [1, 1], "translate": [0, 0]},
            "arcs": [east, west],
            "objects": {"countries": {"geometries": [shape]}},
        }
    )
    (rings,) = made["countries"]["FJ"]
    assert len(rings) == 1
    # Of the eight sides of the squares, the two at the cut are gone.
    assert sum(len(made["arcs"][max(number, ~number)][0]) - 1 for number in rings[0]) == 6
