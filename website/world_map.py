"""The map of a list of cities: where its marks stand, which cities each is for, and where it leads.

Marks that would touch are one mark with a number. It leads to the same map nearer by, where they
stand apart. Cities that have not said where they lie share a mark in the middle of their country.
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse

from profiles.models import Country
from report.drawings.land import land_in, middle_of
from report.drawings.world import on_plane

from .map_window import STEPS, WORLD, Window, extent
from .map_words import words_of_group

MOST_NAMED = 120


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

    @property
    def touch(self):
        """The radius of what a finger touches, and of the ring of what has the focus."""
        return max(14, self.radius + 4)


@dataclass(frozen=True, slots=True)
class WorldMap:
    """`about`: the codes of the countries that the map is about, which it shows apart.

    `within`: the places that this part of the world has; `list_url`: the same as a list;
    `at_country`: how many stand in the middle of their country; `nowhere`: how many on no map.
    """

    window: Window
    about: tuple[str, ...]
    marks: tuple[Mark, ...]
    within: tuple[Place, ...]
    total: int
    at_country: int
    nowhere: int
    list_url: str
    world_url: str

    @property
    def land(self):
        """The path of the land; the whole world has a file of its own."""
        return land_in(*self.window.box)

    @property
    def own_land(self):
        """The path of the countries that the map is about."""
        return land_in(*self.window.box, self.about) if self.about else ""

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


def build_map(places, window=WORLD, query=None, about=(), spacing=None):
    """The `WorldMap` of these places; `query`: the filters of the list, a `QueryDict`.

    `spacing`: the least distance of two marks as a share of the width; None: that of the window.
    """
    asked = Asked(query)
    placed = [place for place in places if place.point]
    within = [place for place in placed if window.holds(place.point)]
    least = window.spacing if spacing is None else window.width * spacing
    groups = sorted(grouped(within, least), key=lambda group: group.point)
    return WorldMap(
        window=window,
        about=tuple(about),
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


@dataclass(frozen=True, slots=True)
class Group:
    """Places that share a mark, which stands at `point`, where most of them are."""

    point: tuple[float, float]
    places: list

    @property
    def is_of_country(self):
        """Whether it stands for a country: none of its cities says where it lies."""
        countries = {place.country.code for place in self.places}
        return len(countries) == 1 and not any(place.is_given for place in self.places)


def grouped(places, spacing):
    """The `Group`s of these places: none stands nearer to another than `spacing`.

    Places in one small cell stand together. The fullest cell is where a group stands, then the
    fullest of those that are not too near to it, and so on; others join the nearest group.
    """
    cells = {}
    for place in places:
        cells.setdefault(_cell(place.point, spacing / 4), []).append(place.point)
    middles = {cell: _middle(points) for cell, points in cells.items()}
    near = {}
    groups = {}
    for cell in sorted(cells, key=lambda one: (-len(cells[one]), one)):
        if _nearest(near, middles[cell], spacing) is None:
            groups[middles[cell]] = Group(middles[cell], [])
            near.setdefault(_cell(middles[cell], spacing), []).append(middles[cell])
    stands = {cell: _nearest(near, middle, spacing) for cell, middle in middles.items()}
    for place in places:
        groups[stands[_cell(place.point, spacing / 4)]].places.append(place)
    return list(groups.values())


def _cell(point, size):
    return int(point[0] // size), int(point[1] // size)


def _middle(points):
    across, down = zip(*points, strict=True)
    return sum(across) / len(points), sum(down) / len(points)


def _nearest(near, point, spacing):
    """The nearest of the points in `near`, by their cell, if one is nearer than `spacing`."""
    column, row = _cell(point, spacing)
    around = [
        other
        for x in (column - 1, column, column + 1)
        for y in (row - 1, row, row + 1)
        for other in near.get((x, y), ())
        if math.dist(other, point) < spacing
    ]
    return min(around, key=lambda other: math.dist(other, point), default=None)


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
    (south, north), (west, east) = extent([place.at for place in group.places])
    return asked.as_map(zoom=step, at=f"{(south + north) / 2:.2f},{(west + east) / 2:.2f}")
