"""The map of a list of cities: where its marks stand, which cities each is for, and where it leads.

Marks that would touch are one mark with a number. It leads to the same map nearer by, where they
stand apart. Cities that have not said where they lie share a mark in the middle of their country.
"""

import math
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse

from profiles.models import Country
from report.drawings.land import land_in, middle_of, outline_of
from report.drawings.world import HEIGHT, WIDTH, on_plane

from .map_words import words_of_group

STEPS = (1, 3, 9, 27, 81)
"""How many times nearer each step of `zoom` is."""

SPACING = 0.05
"""The least distance of two marks as a share of the map's width: 27 pixels on a phone."""

MOST_NAMED = 120

AT = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,5})?),(-?[0-9]{1,3}(?:\.[0-9]{1,5})?)")

SOUTH, NORTH = -47, 68
"""Between these latitudes people live. A region is shown without the islands beyond them."""

MARGIN = 1.3
"""A map of some cities is so many times as wide as the place that they take."""


class Place(NamedTuple):
    """A city on the map. `at`: latitude and longitude, `point`: the same on the plane.

    `is_given`: whether the city says where it lies; else it stands where its country does, or has
    no point.
    """

    slug: str
    name: str
    country: Any
    is_given: bool
    at: tuple[float, float] | None
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the plane that a map shows; `step` is an index of `STEPS`."""

    x: float = 0
    y: float = 0
    width: float = WIDTH
    height: float = HEIGHT
    step: int = 0

    @classmethod
    def around(cls, x, y, factor):
        """So many times nearer, and within the world."""
        width, height = WIDTH / factor, HEIGHT / factor
        left = min(max(x - width / 2, 0), WIDTH - width)
        top = min(max(y - height / 2, 0), HEIGHT - height)
        step = max(n for n, one in enumerate(STEPS) if one <= factor)
        return cls(round(left, 2), round(top, 2), width, height, step)

    @classmethod
    def over(cls, points, most=STEPS[-2]):
        """The nearest that shows all these points, at most so many times nearer."""
        (left, right), (top, bottom) = _extent(points)
        share = max((right - left) / WIDTH, (bottom - top) / HEIGHT) * MARGIN
        factor = min(max(1 / share if share else most, 1), most)
        return cls.around((left + right) / 2, (top + bottom) / 2, factor)

    @property
    def box(self):
        return self.x, self.y, self.width, self.height

    @property
    def spacing(self):
        return self.width * SPACING

    def holds(self, point):
        return (
            self.x <= point[0] <= self.x + self.width and self.y <= point[1] <= self.y + self.height
        )

    def share(self, point):
        """The position as two percentages, which hold for every size of the drawing."""
        across = (point[0] - self.x) / self.width * 100
        down = (point[1] - self.y) / self.height * 100
        return f"{across:.2f}%", f"{down:.2f}%"


WORLD = Window()


def asked_window(query):
    """The part of the world that a request asks for by `zoom` and `at`; None where it does not."""
    step = query.get("zoom", "")
    found = AT.fullmatch(query.get("at", ""))
    if not found or step not in {str(number) for number in range(len(STEPS))}:
        return None
    latitude, longitude = map(float, found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Window.around(*on_plane(latitude, longitude), STEPS[int(step)])


def _extent(points):
    across, down = zip(*points, strict=True)
    return (min(across), max(across)), (min(down), max(down))


@dataclass(frozen=True, slots=True)
class Mark:
    """`kind`: `city`, `cities` or `country`: those of a country that do not say where they lie."""

    kind: str
    x: str
    y: str
    count: int
    url: str
    words: str

    @property
    def radius(self):
        """In pixels, with room for the number."""
        return 7 if self.count == 1 else 10 + 2 * len(str(self.count))


@dataclass(frozen=True, slots=True)
class WorldMap:
    """`country`: the code of the one that the map is about, or "".

    `within`: the places that this part of the world has; `list_url`: the same as a list;
    `at_country`: how many stand in the middle of their country; `nowhere`: how many on no map.
    """

    window: Window
    country: str
    marks: tuple[Mark, ...]
    within: tuple[Place, ...]
    total: int
    at_country: int
    nowhere: int
    list_url: str
    world_url: str

    @property
    def is_near(self):
        return self.window != WORLD

    @property
    def land(self):
        """The path of the land; the whole world has a file of its own."""
        return land_in(*self.window.box)

    @property
    def own_land(self):
        """The path of the country that the map is about."""
        return land_in(*self.window.box, self.country) if self.country else ""

    @property
    def nearest(self):
        """The cities that are named below a near map."""
        return self.within[:MOST_NAMED]


def places_of(cities, countries=None):
    """The `Place`s of these `PublicCity`s, in their order; one query.

    `countries`: key → `Country`; another query where it is not given.
    """
    if countries is None:
        countries = Country.objects.only("code", "name", "translations").in_bulk()
    columns = "slug", "name", "latitude", "longitude", "country_id"
    places = []
    for slug, name, latitude, longitude, key in cities.values_list(*columns):
        country = countries[key]
        is_given = latitude is not None and longitude is not None
        at = (float(latitude), float(longitude)) if is_given else middle_of(country.code)
        places.append(Place(slug, name, country, is_given, at, at and on_plane(*at)))
    return places


def window_of_country(code, places):
    """The part of the world with a country and these places."""
    points = [*_together(outline_of(code)), *(place.point for place in places if place.point)]
    return Window.over(points, most=STEPS[-1]) if points else WORLD


def window_of_region(codes, places):
    """The part of the world with these places, and the middle of each of these countries."""
    found = filter(None, map(middle_of, codes))
    middles = [on_plane(*at) for at in found if SOUTH < at[0] < NORTH]
    points = _together(middles)
    points += [place.point for place in places if place.point]
    return Window.over(points) if points else WORLD


def _together(points):
    """The most points that lie together from west to east: none beyond longitude 180."""
    runs = [[]]
    for point in sorted(points):
        if runs[-1] and point[0] - runs[-1][-1][0] > WIDTH / 4:
            runs.append([])
        runs[-1].append(point)
    return max(runs, key=len)


def build_map(places, window=WORLD, query=None):
    """The `WorldMap` of these places; `query`: the filters of the list, a `QueryDict`."""
    asked = Asked(query)
    placed = [place for place in places if place.point]
    within = [place for place in placed if window.holds(place.point)]
    groups = sorted(grouped(within, window.spacing), key=lambda group: group.point)
    return WorldMap(
        window=window,
        country=asked.query.get("country", ""),
        marks=tuple(mark_of(group, window, asked) for group in groups),
        within=tuple(within),
        total=len(places),
        at_country=sum(not place.is_given for place in placed),
        nowhere=len(places) - len(placed),
        list_url=asked.as_list(),
        world_url=asked.as_map(zoom=0, at="0,0"),
    )


class Asked:
    """The addresses of list and map with the filters of a request."""

    def __init__(self, query=None):
        self.query = QueryDict(mutable=True) if query is None else query.copy()
        for name in ("view", "zoom", "at", "page"):
            self.query.pop(name, None)
        self.path = reverse("website:city_list")

    def as_list(self, **more):
        return self._address(more)

    def as_map(self, **more):
        return self._address({"view": "map", **more})

    def _address(self, more):
        query = self.query.copy()
        query.update(more)
        return f"{self.path}?{query.urlencode(safe=',')}" if query else self.path


# Groups of places


@dataclass(slots=True)
class Group:
    """Places that share a mark, in the middle of them."""

    places: list
    point: tuple[float, float]

    @classmethod
    def of(cls, places):
        across, down = zip(*(place.point for place in places), strict=True)
        return cls(places, (sum(across) / len(places), sum(down) / len(places)))

    @property
    def is_of_country(self):
        """Whether it stands for a country: none of its cities says where it lies."""
        countries = {place.country.code for place in self.places}
        return len(countries) == 1 and not any(place.is_given for place in self.places)


def grouped(places, spacing):
    """The `Group`s of these places: none of them nearer to another than `spacing`."""
    cells = {}
    for place in places:
        cell = int(place.point[0] / spacing), int(place.point[1] / spacing)
        cells.setdefault(cell, []).append(place)
    groups = [Group.of(found) for found in cells.values()]
    while pairs := _too_near(groups, spacing):
        merged = {id(one) for pair in pairs for one in pair}
        groups = [group for group in groups if id(group) not in merged]
        groups += [Group.of(one.places + other.places) for one, other in pairs]
    return groups


def _too_near(groups, spacing):
    """Pairs of groups that are nearer to each other than `spacing`, each group in one at most."""
    ordered = sorted(groups, key=lambda group: group.point)
    found = []
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.point[0] - one.point[0] >= spacing:
                break
            distance = math.dist(one.point, other.point)
            if distance < spacing:
                found.append((distance, one, other))
    taken, pairs = set(), []
    for _distance, one, other in sorted(found, key=lambda pair: pair[0]):
        if taken.isdisjoint({id(one), id(other)}):
            taken |= {id(one), id(other)}
            pairs.append((one, other))
    return pairs


def mark_of(group, window, asked):
    x, y = window.share(group.point)
    count = len(group.places)
    kind = "country" if group.is_of_country else "city" if count == 1 else "cities"
    return Mark(kind, x, y, count, _leads_to(group, window, asked), words_of_group(group))


def _leads_to(group, window, asked):
    """One city: its page. Several: the nearest map that shows all of them, else a list."""
    if len(group.places) == 1:
        return reverse("website:city", args=[group.places[0].slug])
    if group.is_of_country:
        return asked.as_list(country=group.places[0].country.code)
    nearest = Window.over([place.point for place in group.places])
    step = max(nearest.step, window.step + 1)
    if step >= len(STEPS):
        return "#in-view"
    (south, north), (west, east) = _extent([place.at for place in group.places])
    return asked.as_map(zoom=step, at=f"{(south + north) / 2:.2f},{(west + east) / 2:.2f}")
