"""The countries of the world as polygons, for locator maps.

The data in `countries.json` is Natural Earth (public domain); `manage.py make_countries` makes it.
Borders are Natural Earth's and express no position.
"""

import json
import math
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

DATA = Path(__file__).with_name("countries.json")
UNIT = 0.01
"""Degrees in one unit of the data."""
FINEST = 0.01
"""The size of a bend in degrees at level 0; two levels double it."""
LEVELS = "0123456789abcdefghijk"


def level_of(size):
    """The highest level that has bends of this size, in degrees."""
    if size <= FINEST:
        return 0
    highest = len(LEVELS) - 1
    return highest if math.isinf(size) else min(highest, math.floor(2 * math.log2(size / FINEST)))


@cache
def _data():
    return json.loads(DATA.read_text(encoding="utf-8"))


@cache
def boxes(code):
    """The box (west, south, east, north) of each polygon of a country; none for an unknown code."""
    return [_box(polygon(code, number)[0]) for number in range(len(_countries().get(code, ())))]


@cache
def all_boxes():
    """[(code, number of the polygon, its box)] of all land."""
    return [(code, number, box) for code in _countries() for number, box in enumerate(boxes(code))]


def _box(points):
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _countries():
    return _data()["countries"]


def polygon(code, number, level=0, own=frozenset(), own_level=0):
    """The rings of a polygon as points (longitude, latitude): the outline, then holes.

    Without the bends that are smaller than those of `level`; of the arcs `own`, of `own_level`, so
    that one country can be finer than its neighbours and still share its borders with them.
    Longitudes go beyond 180 where a ring crosses it.
    """
    return [
        _ring([(one, own_level if max(one, ~one) in own else level) for one in ring])
        for ring in _countries()[code][number]
    ]


def arcs_of(code):
    """The numbers of the arcs of a country."""
    polygons = _countries()[code]
    return frozenset(max(one, ~one) for rings in polygons for ring in rings for one in ring)


def _ring(arcs):
    """The points of arcs, given as (number, level), that together are a ring."""
    points = []
    for number, level in arcs:
        arc = _arc(max(number, ~number), level)
        if number < 0:
            arc = arc[::-1]
        if points:
            turn = round((points[-1][0] - arc[0][0]) / 360) * 360
            arc = [(x + turn, y) for x, y in arc[1:]] if turn else arc[1:]
        points += arc
    (first, _north), (last, _south) = points[0], points[-1]
    if abs(last - first) > 180:  # Antarctica goes round the pole
        points += [(last, -90), (first, -90)]
    return points


@lru_cache(maxsize=4096)
def _arc(index, level):
    levels, *steps = _data()["arcs"][index]
    xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
    return [
        (x * UNIT, y * UNIT)
        for x, y, own in zip(xs, ys, levels, strict=True)
        if LEVELS.index(own) >= level
    ]
