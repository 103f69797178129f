"""Computes the petals of a rosette: the mark of a city, drawn from what it reports.

The drawing is a square with its centre at (0, 0). Petals stand clockwise from twelve o'clock.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

RADIUS = 100
"""Half the side of the drawing."""
SHORT, MIDDLE, LONG = 46, 64, 98
"""The distances from the centre to the tip of a petal: of an action that is described, of one with
a starting point, of one with a target."""
HUB, SMALL_HUB = 25, 14
"""Where petals begin: around the number, and in a small drawing, which has none."""
MOST_PETALS = 120
"""Above so many actions there is one petal for each commitment."""
DENSE = 60
SLIMNESS = 0.19
"""The greatest half width of a petal, as a share of its length."""
ROOM, FOOT = 0.84, 0.62
"""The shares of the room between its neighbours that a petal takes: at its widest, at its foot."""
INSET = 0.8
"""The width of what is filled within a longer outline, as a share of the width of the outline."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A petal of the drawing. Its tip is at `outline`, what is filled ends at `fill`, or is 0."""

    area: int
    outline: float
    fill: float


@dataclass(frozen=True, slots=True)
class Part:
    """The petals of one area and kind, as one path. `kind`: short, long or full."""

    area: int
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Rosette:
    """`count` is the number of actions, for the middle; a small drawing has no room for it.

    `is_dense`: whether so many petals stand beside each other that lines have to be thin.
    """

    parts: tuple[Part, ...]
    count: int
    is_small: bool
    is_dense: bool


def lay_out_rosette(petals, *, is_small=False):
    return _lay_out(tuple(petals), is_small)


@lru_cache(maxsize=2048)
def _lay_out(petals, is_small):
    """A list of cities has a page of rosettes; each takes about a millisecond."""
    hub = SMALL_HUB if is_small else HUB
    shapes = shapes_of(petals, hub)
    found = {}
    for index, shape in enumerate(shapes):
        angle = 2 * math.pi * index / len(shapes)
        for kind, path in _paths(shape, angle, hub, len(shapes)):
            found.setdefault((shape.area, kind), []).append(path)
    parts = tuple(Part(*key, "".join(paths)) for key, paths in found.items())
    return Rosette(parts, len(petals), is_small, len(shapes) > DENSE)


@lru_cache(maxsize=256)
def petal_room(place, count):
    """The path of the room of a petal, as long as the longest: what one touches to choose it."""
    return "".join(
        path for _kind, path in _paths(Shape(0, LONG, 0), 2 * math.pi * place / count, HUB, count)
    )


def is_grouped(petals):
    """Whether a petal stands for a commitment, as there are too many actions."""
    return len(petals) > MOST_PETALS


def shapes_of(petals, hub):
    if not is_grouped(petals):
        return [Shape(petal.area, *_lengths([petal], hub)) for petal in petals]
    groups = groupby(petals, key=attrgetter("area", "commitment"))
    return [Shape(area, *_lengths(list(group), hub)) for (area, _commitment), group in groups]


def _lengths(petals, hub):
    """(outline, fill) of some actions together: as long as the longest, filled as on average."""
    average = sum(max(0, _fill(petal) - hub) for petal in petals) / len(petals)
    fill = hub + average if average else 0
    if any(petal.has_target for petal in petals):
        return LONG, fill
    return (MIDDLE if any(petal.has_start for petal in petals) else SHORT), fill


def _fill(petal):
    """How far the petal of one action is filled; 0 for not at all."""
    if petal.share is not None and petal.has_target:
        return MIDDLE + (LONG - MIDDLE) * float(petal.share)
    return MIDDLE if petal.has_start else 0


def _paths(shape, angle, hub, count):
    """(kind, path) of the outline and of what is filled."""
    if shape.fill < shape.outline:
        kind = "short" if shape.outline < LONG else "long"
        yield kind, _petal(angle, hub, shape.outline, count)
    if shape.fill:
        inset = INSET if shape.fill < shape.outline else 1
        yield "full", _petal(angle, hub, shape.fill, count, inset)


def _petal(angle, hub, tip, count, inset=1):
    """The path of a petal from the hub to its tip: two curves that meet there."""
    length = tip - hub
    half_slot = math.tan(min(math.pi / count, 0.7))
    belly = min(SLIMNESS * length, ROOM * (hub + 0.5 * length) * half_slot) * inset
    foot = min(0.35 * belly, FOOT * hub * half_slot) if count > 1 else 0.35 * belly
    middle = hub + 0.55 * length
    # A curve comes half as near to its control point as the straight line is away from it.
    bend = 2 * belly - foot / 2

    def at(along, across):
        x = along * math.sin(angle) + across * math.cos(angle)
        y = across * math.sin(angle) - along * math.cos(angle)
        return x, y

    start, end = at(hub, -foot), at(hub, foot)
    points = [at(middle, -bend), at(tip, 0), at(middle, bend), end]
    return f"M{_numbers([start])}Q{_numbers(points)}z"


def _numbers(points):
    """Coordinates as short as SVG lets them be: a minus separates too."""
    words = " ".join(_short(number) for point in points for number in point)
    return words.replace(" -", "-")


def _short(number):
    """A number with one decimal, without a zero before the dot."""
    word = f"{round(number, 1) + 0:g}"  # minus zero becomes zero
    return word.replace("0.", ".", 1) if abs(number) < 1 else word
