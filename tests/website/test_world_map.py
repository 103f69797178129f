"""The map of the world: where marks stand, for which cities, and where they lead."""

import random
import re
from itertools import combinations
from math import dist
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict

from report.drawings.world import HEIGHT, WIDTH, on_plane
from tests.factories import make_city
from website.map_window import STEPS, WORLD, Window, asked_window, window_of
from website.world_map import Place, build_map, grouped

KENYA, JORDAN = (SimpleNamespace(code=c, label=n) for c, n in (("KE", "Kenya"), ("JO", "Jordan")))


def place(name, latitude, longitude, *, country=KENYA, is_given=True):
    at = latitude, longitude
    return Place(name.lower(), name, country, is_given, at, on_plane(*at))


NAIROBI = place("Nairobi", -1.29, 36.82)
THIKA = place("Thika", -1.03, 37.07)
LIMA = place("Lima", -12.05, -77.04)
SOMEWHERE = place("Al-Waha", 31.2, 36.5, country=JORDAN, is_given=False)


@pytest.fixture
def many():
    numbers = random.Random(5)  # noqa: S311 (nothing secret)
    return [
        place(f"P{n}", numbers.uniform(-50, 65), numbers.uniform(-170, 170)) for n in range(600)
    ]


def test_no_two_marks_touch_and_every_city_has_one(many):
    groups = grouped(many, WORLD.spacing)
    assert sorted(p.name for group in groups for p in group.places) == sorted(p.name for p in many)
    near = [dist(a.point, b.point) for a, b in combinations(groups, 2)]
    assert min(near) >= WORLD.spacing
    assert len(groups) > 70


def test_a_group_leads_to_where_all_of_it_is_seen_nearer(many):
    for group, mark in zip(
        sorted(grouped(many, WORLD.spacing), key=lambda g: g.point),
        build_map(many).marks,
        strict=True,
    ):
        assert mark.count == len(group.places)
        if mark.count > 1:
            query = QueryDict(urlsplit(mark.url).query)
            window = asked_window(query)
            assert window.step > 0
            assert all(window.holds(one.point) for one in group.places), mark


def test_marks_say_their_cities_and_lead_to_them():
    shown = build_map([NAIROBI, THIKA, LIMA], query=QueryDict("language=en&page=3&view=map"))
    lima, kenya = shown.marks
    assert (lima.url, lima.words) == ("/cities/lima/", "Lima, Kenya")
    assert kenya.words == "2 cities near Nairobi: Nairobi, Thika"
    asked = parse_qs(urlsplit(kenya.url).query)
    assert asked["language"] == ["en"] and asked["view"] == ["map"]
    assert asked["at"] == ["-1.16,36.95"]
    assert shown.list_url == "/cities/?language=en"


def test_a_city_that_does_not_say_where_it_lies_stands_in_its_country():
    nowhere = NAIROBI._replace(at=None, point=None)
    shown = build_map([SOMEWHERE, SOMEWHERE._replace(name="Other"), nowhere])
    (mark,) = shown.marks
    assert (mark.kind, mark.url) == ("country", "/cities/?country=JO")
    assert mark.words == "2 cities in Jordan that do not say where: Al-Waha, Other"
    assert (shown.at_country, shown.nowhere, shown.total) == (2, 1, 3)


def test_cities_at_one_place_are_named_below_the_nearest_map():
    window = Window.around(*NAIROBI.point, STEPS[-1])
    shown = build_map([NAIROBI, NAIROBI._replace(name="Twin")], window)
    assert [mark.url for mark in shown.marks] == ["#in-view"]
    assert [one.name for one in shown.within] == ["Nairobi", "Twin"]


@pytest.mark.parametrize(
    "asked", ["", "zoom=2", "at=1,1", "zoom=9&at=1,1", "zoom=1&at=91,0", "zoom=1&at=nan,1"]
)
def test_a_part_of_the_world_that_there_is_not_is_the_whole(asked):
    assert asked_window(QueryDict(asked)) is None


def test_a_part_of_the_world_stays_within_it():
    for corner in ("84,-180", "-55,180"):
        window = asked_window(QueryDict(f"zoom=2&at={corner}"))
        assert window.x >= 0 and window.y >= 0
        assert window.x + window.width < WIDTH + 0.01
        assert window.y + window.height < HEIGHT + 0.01


@pytest.mark.parametrize(
    ("codes", "inside", "outside"),
    [
        (["TH"], [(13.7, 100.5)], [(28.6, 77.2)]),
        (["FJ"], [(-18.1, 178.4)], [(-33.9, 151.2)]),
        (["KE", "JO", "IN", "PF"], [(22, 79), (1, 37)], [(-12, -77)]),
    ],
)
def test_a_map_of_countries_shows_them_near(codes, inside, outside):
    window = window_of(codes, [])
    assert all(window.holds(on_plane(*at)) for at in inside)
    assert not any(window.holds(on_plane(*at)) for at in outside)


def test_land_is_drawn_within_its_part_of_the_world():
    window = window_of(["TH"], [])
    shown = build_map([NAIROBI], window, about=["TH"])
    assert 0 < len(shown.own_land) < len(shown.land) < 12_000
    unmoved = re.findall(r"M(-?\d+)", shown.land)
    assert all(-1 <= int(number) <= WIDTH + 1 for number in unmoved)


def test_the_map_is_drawn_with_links_in_the_order_from_west_to_east(client, catalogue):
    make_city("Lima", country="PE", latitude=-12, longitude=-77)
    make_city("Nairobi", country="KE", latitude=-1.3, longitude=36.8)
    page = client.get("/cities/", {"view": "map"}).content.decode()
    marks = re.findall(r'<a class="map-mark map-city" href="([^"]+)" aria-label="([^"]+)"', page)
    assert marks == [("/cities/lima/", "Lima, Peru"), ("/cities/nairobi/", "Nairobi, Kenya")]
    assert "style=" not in page.partition("</head>")[2]
