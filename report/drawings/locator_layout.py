"""Computes the locator map of a country: its surroundings in an equal-area projection.

Lambert's azimuthal projection around the middle of what is shown: no country is torn at longitude
180, and none is stretched near a pole.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from . import countries
from .clipping import clip

WIDTH, HEIGHT = 480, 360
COUNTRY_SHARE = 0.56
"""The share of the drawing that a country takes, in the direction in which it takes most."""
NARROWEST, WIDEST = 3.2, 32
"""The least and the greatest angle in degrees from the middle to the upper edge."""
NEAR, APART = 0.35, 2
"""Islands are shown with the largest part of a country within this share of its extent, and in any
case within so many degrees."""
LEAST_LAND, WIDER, WIDENED = 0.025, 1.4, 20
"""Where land covers less than this share of the surroundings, they are made wider, up to so many
degrees."""
TINY = 130
"""A country that covers less, in square units, gets a ring."""
RING, RING_GAP = 16, 9
"""The least radius of the ring, and how far it is from the country."""
SPECK = 5
"""Neighbouring islands that cover less are left out; those of a tiny country are drawn larger."""
MOST_CHARACTERS = 5500
BEND = 1.8
"""The smallest bend on the map, where there is room for all."""
COARSE = 6
"""The level of the data that is enough to measure by."""
POLAR = 84
"""Beyond this latitude a map shows all longitudes."""
GRATICULE = (2, 5, 10, 20, 30)
"""Degrees between lines of equal longitude, and of equal latitude: as few as there is room for."""
LONGEST_EDGE = 4
EDGE = 8
"""How far beyond the edge shapes are cut off, so that their cuts are not seen."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Paths, and the place of the dot and of the ring: (x, y), (x, y, radius), or None."""

    graticule: str
    land: str
    country: str
    ring: tuple[float, float, float] | None
    dot: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class View:
    """The middle of the map, and how many units a unit of the sphere's radius takes."""

    longitude: float
    latitude: float
    scale: float

    @property
    def reach(self):
        """The angle in degrees from the middle to a corner of the map."""
        return math.degrees(2 * math.asin(min(1, math.hypot(WIDTH, HEIGHT) / 4 / self.scale)))

    @property
    def level(self):
        """The level of the data whose bends are a unit or so of the map."""
        return countries.level_of(math.degrees(BEND / self.scale))

    def project(self, longitude, latitude):
        x, y = azimuthal(longitude, latitude, self.longitude, self.latitude)
        return WIDTH / 2 + x * self.scale, HEIGHT / 2 - y * self.scale


def azimuthal(longitude, latitude, middle_longitude, middle_latitude):
    """Lambert's equal-area projection on a plane, in radii of the sphere."""
    turn = math.radians(longitude - middle_longitude)
    own, middle = math.radians(latitude), math.radians(middle_latitude)
    along = math.cos(own) * math.cos(turn)
    cosine = math.sin(middle) * math.sin(own) + math.cos(middle) * along
    factor = math.sqrt(2 / max(1 + cosine, 1e-6))
    x = math.cos(own) * math.sin(turn)
    y = math.cos(middle) * math.sin(own) - math.sin(middle) * along
    return factor * x, factor * y


def lay_out_locator(code, place=None):
    """The `Locator` of a country; `place`: (longitude, latitude) of the dot. None if unknown."""
    parts = main_parts(countries.boxes(code), place) if code else []
    if not parts:
        return None
    view, locator = _lay_out(code, tuple(parts))
    if place is None:
        return locator
    x, y = view.project(*place)
    is_seen = 0 < x < WIDTH and 0 < y < HEIGHT
    return replace(locator, dot=(round(x, 1), round(y, 1)) if is_seen else None)


@lru_cache(maxsize=512)
def _lay_out(code, parts):
    """(view, `Locator` without a dot): the same for all cities of a country, or of a part of it."""
    view = view_of(code, parts)
    coarser = 0
    while True:
        level = min(view.level + coarser, len(countries.LEVELS) - 1)
        locator = drawing(code, parts, view, level, view.level + coarser // 3)
        length = sum(map(len, (locator.graticule, locator.land, locator.country)))
        if length <= MOST_CHARACTERS or level == len(countries.LEVELS) - 1:
            return view, locator
        coarser += 1 + int(3 * math.log(length / MOST_CHARACTERS))


def main_parts(boxes, place=None):
    """The numbers of the boxes of a country's largest part and of the islands near to it.

    Of a country with distant parts those around the place, where that is not near the largest.
    """
    if not boxes:
        return []
    largest = cluster(boxes, max(range(len(boxes)), key=lambda number: size(boxes[number])))
    if place is None:
        return largest
    spot = (*place, *place)
    nearest = min(range(len(boxes)), key=lambda number: distance(boxes[number], spot))
    return largest if nearest in largest else cluster(boxes, nearest)


def cluster(boxes, first):
    """The numbers of the boxes that are near to the first, or to another that is."""
    near = max(APART, NEAR * size(boxes[first]))
    found, rest = [first], set(range(len(boxes))) - {first}
    for known in found:
        close = [one for one in rest if distance(boxes[one], boxes[known]) <= near]
        found += close
        rest -= {*close}
    return found


def size(box):
    """The diagonal of a box in degrees."""
    west, south, east, north = box
    return math.hypot((east - west) * shrink(south, north), north - south)


def distance(one, other):
    """The gap between two boxes in degrees."""
    shift = 360 * round((one[0] + one[2] - other[0] - other[2]) / 720)
    across = max(0, other[0] + shift - one[2], one[0] - other[2] - shift)
    up = max(0, other[1] - one[3], one[1] - other[3])
    return math.hypot(across * shrink(one[1], other[3]), up)


def shrink(south, north):
    return math.cos(math.radians((south + north) / 2))


def view_of(code, parts):
    """The view with a country's parts in its middle, and as much around them as tells where."""
    outlines = [point for part in parts for point in countries.polygon(code, part, COARSE)[0]]
    west, south, east, north = countries.boxes(code)[parts[0]]
    longitude, latitude = (west + east) / 2, (south + north) / 2
    for _step in range(6):
        xs, ys = zip(*(azimuthal(*point, longitude, latitude) for point in outlines), strict=True)
        latitude += math.degrees(min(ys) + max(ys)) / 2
        if abs(latitude) > POLAR:
            latitude = math.copysign(90, latitude)
        else:
            longitude += math.degrees(min(xs) + max(xs)) / 2 / math.cos(math.radians(latitude))
    width, height = max(max(xs) - min(xs), 1e-6), max(max(ys) - min(ys), 1e-6)
    scale = min(WIDTH / width, HEIGHT / height) * COUNTRY_SHARE
    scale = min(max(scale, scale_for(WIDEST)), scale_for(NARROWEST))
    view = View(longitude, latitude, scale)
    while view.scale > scale_for(WIDENED) and land_share(code, view) < LEAST_LAND:
        view = View(longitude, latitude, view.scale / WIDER)
    return view


def scale_for(angle):
    """The scale at which the upper edge is so many degrees from the middle."""
    return HEIGHT / 2 / (2 * math.sin(math.radians(angle) / 2))


def land_share(code, view):
    """The share of the map that other countries cover."""
    rings = (ring for own, _number, ring in rings_in(view, max(view.level, COARSE)) if own != code)
    return sum(abs(area(ring)) for ring in rings) / WIDTH / HEIGHT


def drawing(code, parts, view, level, own_level):
    """The `Locator` without a dot; a ring stands around the `parts`, not around distant islands."""
    land, own, main = [], [], []
    for other, number, ring in rings_in(view, level, countries.arcs_of(code), own_level):
        (own if other == code else land).append(ring)
        if other == code and number in parts:
            main.append(ring)
    covered = sum(abs(area(ring)) for ring in own)
    is_tiny = covered < TINY
    return Locator(
        land="".join(path(ring) for ring in land if abs(area(ring)) >= SPECK),
        country="".join(
            path(ring) if abs(area(ring)) >= SPECK else speck(ring)
            for ring in own
            if is_tiny or abs(area(ring)) >= SPECK
        ),
        ring=ring_around(main) if is_tiny else None,
        graticule=graticule(view),
        dot=None,
    )


def rings_in(view, *levels):
    """Yields (code, number of the polygon, ring of points on the map) of all that is seen."""
    frame = frame_of(view)
    for code, number, box in countries.all_boxes():
        for turn in (-360, 0, 360):
            west, south, east, north = box[0] + turn, box[1], box[2] + turn, box[3]
            if west < frame[2] and east > frame[0] and south < frame[3] and north > frame[1]:
                for ring in countries.polygon(code, number, *levels):
                    shifted = [(x + turn, y) for x, y in ring] if turn else ring
                    if points := on_map(clip(shifted, frame), view):
                        yield code, number, points


def graticule(view):
    """The path of lines of equal longitude and latitude, a few of them."""
    apart = next((step for step in GRATICULE if view.reach <= 4 * step), GRATICULE[-1])
    west, south, east, north = frame_of(view)
    across = range(math.ceil(west / apart) * apart, math.floor(east) + 1, apart)
    up = range(math.ceil(south / apart) * apart, math.floor(north) + 1, apart)
    step = apart / 2
    lines = [[(x, y) for y in between(south, min(north, 80), step)] for x in across]
    lines += [[(x, y) for x in between(west, east, step)] for y in up if abs(y) < 90]
    return "".join(
        line_path(run) for line in lines for run in visible([view.project(*p) for p in line])
    )


def frame_of(view):
    """The box (west, south, east, north) that holds all that the view shows."""
    reach = view.reach * 1.1 + 0.5
    south, north = view.latitude - reach, view.latitude + reach
    across = 180
    if max(abs(south), abs(north)) < POLAR:
        sine = math.sin(math.radians(reach)) / math.cos(math.radians(view.latitude))
        across = math.degrees(math.asin(min(1, sine))) if reach < 90 else 180
    return view.longitude - across, max(south, -90), view.longitude + across, min(north, 90)


def on_map(ring, view):
    """A ring in degrees as one of whole numbers on the map; [] where none of it is seen."""
    if not ring:
        return []
    points = []
    for start, end in pairwise((ring[-1], *ring)):
        # A long edge along a parallel is a curve on the map.
        steps = max(1, math.ceil(abs(end[0] - start[0]) / LONGEST_EDGE))
        for step in range(1, steps + 1):
            part = step / steps
            points.append(
                view.project(*(a + part * (b - a) for a, b in zip(start, end, strict=True)))
            )
    seen = clip(points, (-EDGE, -EDGE, WIDTH + EDGE, HEIGHT + EDGE))
    return without_repetition([(round(x), round(y)) for x, y in seen])


def without_repetition(points):
    """Without points that are on the straight line between their neighbours, or on them."""
    kept = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and is_straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def is_straight(one, two, three):
    across, up = two[0] - one[0], two[1] - one[1]
    return across * (three[1] - one[1]) == up * (three[0] - one[0])


def between(start, end, step):
    """Numbers from `start` to `end`, both included, about `step` apart."""
    steps = max(1, math.ceil((end - start) / step))
    return (start + (end - start) * index / steps for index in range(steps + 1))


def visible(points):
    """The runs of points whose lines may be seen."""
    run = []
    for start, end in pairwise(points):
        left, right = sorted((start[0], end[0]))
        top, bottom = sorted((start[1], end[1]))
        if right > 0 and left < WIDTH and bottom > 0 and top < HEIGHT:
            run = run or [start]
            run.append(end)
        elif run:
            yield run
            run = []
    if run:
        yield run


def line_path(points):
    rounded = without_repetition([(round(x), round(y)) for x, y in points])
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(rounded)]
    return f"M{numbers(rounded[:1])}l{numbers(steps)}" if steps else ""


def area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise((ring[-1], *ring))) / 2


def path(ring):
    """A ring as the path of SVG, in steps from point to point."""
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(ring)]
    return f"M{numbers(ring[:1])}l{numbers(steps)}z"


def numbers(points):
    """Coordinates as short as SVG lets them be: a minus separates too."""
    words = " ".join(f"{x} {y}" for x, y in points)
    return words.replace(" -", "-")


def speck(ring):
    """A small diamond at the place of a ring that is too small to be seen."""
    x, y = ring[0]
    return f"M{numbers([(x - 2, y)])}l2-2 2 2-2 2z"


def ring_around(rings):
    """(x, y, radius) of a ring around these rings of points; None where there are none."""
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    across, up = max(xs) - min(xs), max(ys) - min(ys)
    radius = max(RING, math.hypot(across, up) / 2 + RING_GAP)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, round(radius, 1)
