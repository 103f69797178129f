"""Draws the land of a part of the world, finer than `static/img/land.svg`, and knows where the
middle of a country is. All of it on the plane of `world`.
"""

import math
from functools import cache, lru_cache
from itertools import pairwise

from . import countries
from .clipping import clip
from .locator_layout import area, main_parts, path, without_repetition
from .world import HEIGHT, WIDTH, on_plane, unproject

BEND = 1.4
"""The smallest bend that is drawn, in units of the drawing."""
SPECK = 2
"""Islands that cover less, in square units of the drawing, are left out."""
COARSE = 12
"""The level of the data that is enough to measure by."""
WORLD = (-180, -90, 180, 84)


@lru_cache(maxsize=256)
def land_in(x, y, width, height, codes=()):
    """The path of the land in this part of the plane, as large as the whole map is drawn.

    `codes`: those of the countries that are drawn, by default all.
    """
    scale = WIDTH / width
    frame = _frame(x, y, width, height)
    level = countries.level_of(math.degrees(BEND / scale * 2 * math.pi / WIDTH))
    paths = []
    for ring in _rings_in(frame, level, codes):
        points = [_drawn(point, x, y, scale) for point in ring]
        seen = clip(points, (-1, -1, WIDTH + 1, HEIGHT + 1))
        kept = without_repetition([(round(across), round(down)) for across, down in seen])
        if len(kept) > 2 and abs(area(kept)) >= SPECK:
            paths.append(path(kept))
    return "".join(paths)


def _drawn(point, x, y, scale):
    across, down = on_plane(point[1], point[0])
    return (across - x) * scale, (down - y) * scale


def _rings_in(frame, level, wanted):
    for code, number, box in countries.all_boxes():
        if wanted and code not in wanted:
            continue
        for turn in (-360, 0, 360):
            west, east = box[0] + turn, box[2] + turn
            if west < frame[2] and east > frame[0] and box[1] < frame[3] and box[3] > frame[1]:
                for ring in countries.polygon(code, number, level):
                    shifted = [(x + turn, y) for x, y in ring]
                    if cut := clip(shifted, frame):
                        yield cut


def _frame(x, y, width, height):
    """The box (west, south, east, north) in degrees that holds this part of the plane."""
    corners = [unproject(a, b) for a in (x, x + width) for b in (y, y + height)]
    if y < on_plane(0, 0)[1] < y + height:
        corners += [unproject(a, on_plane(0, 0)[1]) for a in (x, x + width)]
    latitudes, longitudes = zip(*corners, strict=True)
    return (
        max(WORLD[0], min(longitudes)),
        max(WORLD[1], min(latitudes)),
        min(WORLD[2], max(longitudes)),
        min(WORLD[3], max(latitudes)),
    )


@cache
def middle_of(code):
    """Latitude and longitude of the middle of a country's largest part; None if it is unknown."""
    boxes = countries.boxes(code)
    if not boxes:
        return None
    number = max(range(len(boxes)), key=lambda one: _size(boxes[one]))
    x, y = _centroid(countries.polygon(code, number, COARSE)[0]) or _middle(boxes[number])
    return y, (x + 180) % 360 - 180


def _size(box):
    return (box[2] - box[0]) * (box[3] - box[1]) * math.cos(math.radians(box[1] + box[3]) / 2)


def _middle(box):
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _centroid(ring):
    whole = area(ring)
    if not whole:
        return None
    x = y = 0
    for (x1, y1), (x2, y2) in pairwise((ring[-1], *ring)):
        part = x1 * y2 - x2 * y1
        x, y = x + (x1 + x2) * part, y + (y1 + y2) * part
    return x / 6 / whole, y / 6 / whole


@cache
def outline_of(code):
    """Points on the plane around a country's main parts; none if it is unknown."""
    boxes = countries.boxes(code)
    return tuple(
        on_plane(min(y, WORLD[3]), (x + 180) % 360 - 180)
        for number in main_parts(boxes)
        for x, y in countries.polygon(code, number, COARSE)[0]
    )
