"""Makes `report/drawings/countries.json`, from which locator maps are drawn.

The source is Natural Earth's map of countries 1:10m (public domain) as TopoJSON, in which countries
share their borders: `countries-10m.json` of the npm package `world-atlas`. The file is read once by
whoever renews the data; the platform never reads it.
"""

import heapq
import json
import math
from collections import defaultdict
from functools import partial
from itertools import pairwise
from pathlib import Path

from django.core.management.base import BaseCommand
from django_countries import countries

from report.drawings.countries import DATA, LEVELS, UNIT, level_of

PARTS = {
    "BQ": ((-68.6, 11.9, -68.0, 12.4), (-63.4, 17.4, -62.8, 17.7)),
    "BV": ((3.0, -55.0, 4.0, -54.0),),
    "CC": ((96.0, -13.0, 97.5, -11.5),),
    "CX": ((105.0, -11.0, 106.0, -10.0),),
    "GF": ((-55.0, 2.0, -51.0, 6.0),),
    "GP": ((-62.0, 15.7, -60.9, 16.6),),
    "MQ": ((-61.4, 14.3, -60.7, 15.0),),
    "RE": ((55.0, -21.5, 56.0, -20.7),),
    "SJ": ((10.0, 73.0, 35.0, 81.5), (-9.5, 70.5, -7.5, 71.5)),
    "TK": ((-173.0, -10.0, -171.0, -8.0),),
    "YT": ((44.9, -13.2, 45.4, -12.5),),
}
"""Code → boxes (west, south, east, north) of places that are part of another country in the source
and have an ISO code of their own."""

FINEST, COARSEST = 0.02, 0.19
"""The smallest bends that are kept, in degrees: of the smallest countries, of the largest."""
BENDS, ISLAND_BENDS = 130, 20
"""How many of the smallest bends go into the extent of a country's largest part, and of others."""
ISLET = 11
"""Islands smaller than so many of a country's bends squared are left out."""
LARGE_ISLAND = 0.08
"""Square degrees from which on an island stays, also of a large country."""
MOST_ISLETS = 12
"""How many islands stay of a country that has only such."""


class Command(BaseCommand):
    help = "Makes the map data of the locator maps from Natural Earth's countries (TopoJSON)."

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="countries-10m.json of npm's world-atlas")

    def handle(self, *args, source, **options):
        made = make(json.loads(source.read_text(encoding="utf-8")))
        DATA.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(made['countries'])} countries, {DATA.stat().st_size} bytes")


def make(topology):
    """What `countries.json` holds: `arcs`, and code → polygons, of rings, of numbers of arcs.

    A negative number is an arc backwards, as in TopoJSON. Land without an ISO code is under "".
    """
    arcs, pieces = without_seams(decoded(topology))
    found = polygons_by_code(topology, arcs, pieces)
    finest, kept = {}, {}
    for code in sorted(found):
        coarsest = smallest_bend(max(found[code], key=partial(area, arcs=arcs)), arcs, BENDS)
        kept[code] = without_islets(found[code], arcs, ISLET * coarsest**2)
        for rings in kept[code]:
            own = min(coarsest, smallest_bend(rings, arcs, ISLAND_BENDS))
            for index in (max(number, ~number) for ring in rings for number in ring):
                finest[index] = min(finest.get(index, own), own)
    places = {index: place for place, index in enumerate(sorted(finest))}

    def renumbered(number):
        return places[number] if number >= 0 else ~places[~number]

    return {
        "source": "Natural Earth (public domain), simplified",
        "arcs": [encoded(arcs[index], finest[index]) for index in sorted(finest)],
        "countries": {
            code: [[[*map(renumbered, ring)] for ring in rings] for rings in polygons]
            for code, polygons in kept.items()
        },
    }


def decoded(topology):
    """The arcs of a TopoJSON in degrees."""
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"][key] for key in ("scale", "translate")
    )
    turn = 360 / scale_x
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            # Where an arc crosses longitude 180, it goes on beyond.
            x, y = x + ((dx + turn / 2) % turn - turn / 2 if points else dx), y + dy
            points.append((round(left + x * scale_x, 4), round(bottom + y * scale_y, 4)))
        yield points


def without_seams(arcs):
    """(arcs, pieces): the arcs without the edges along longitude 180, at which the source cuts.

    `pieces`: number of an arc → the numbers of what is left of it, in order.
    """
    found, pieces = [], []
    for points in arcs:
        numbers, run = [], [points[0]]
        for start, end in pairwise(points):
            if is_seam(start, end):
                keep(run, found, numbers)
                run = []
            run.append(end)
        keep(run, found, numbers)
        pieces.append(numbers)
    return found, pieces


def is_seam(start, end):
    return start[0] % 360 == end[0] % 360 == 180


def keep(run, arcs, numbers):
    if len(run) > 1:
        numbers.append(len(arcs))
        arcs.append(run)


def polygons_by_code(topology, arcs, pieces):
    """Code → the polygons of the country, joined across longitude 180."""
    codes = {countries.numeric(country.code, padded=True): country.code for country in countries}
    found = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        own = codes.get(shape.get("id"), "")
        split = [[whole(ring, pieces) for ring in rings] for rings in polygons]
        for rings in joined(split, arcs):
            found[part_of(rings, arcs) or own].append(rings)
    return found


def whole(ring, pieces):
    """A ring of arcs as one of their pieces."""
    return [
        piece
        for number in ring
        for piece in (
            pieces[number] if number >= 0 else [~piece for piece in reversed(pieces[~number])]
        )
    ]


def joined(polygons, arcs):
    """The polygons of a country, those that the source cuts at longitude 180 made whole."""
    cut = []
    for rings in polygons:
        runs = runs_of(rings[0], arcs)
        if len(runs) == 1 and distance(runs[0], arcs, runs[0]) == 0:
            yield rings
        else:
            cut += runs
    while cut:
        ring = cut.pop()
        # The two sides of a cut differ by a step of the source's grid.
        while (following := min((*cut, ring), key=partial(distance, ring, arcs))) is not ring:
            cut.remove(following)
            ring += following
        yield [ring]


def runs_of(ring, arcs):
    """A ring as runs of arcs that follow on each other; one run where it has no gap."""
    runs = []
    for number in ring:
        if runs and distance(runs[-1], arcs, [number]) == 0:
            runs[-1].append(number)
        else:
            runs.append([number])
    if len(runs) > 1 and distance(runs[-1], arcs, runs[0]) == 0:
        runs[0] = runs.pop() + runs[0]
    return runs


def distance(run, arcs, following):
    """How far the beginning of `following` is from the end of `run`."""
    x, y = ends(run[-1], arcs)[1]
    next_x, next_y = ends(following[0], arcs)[0]
    return abs(round((x - next_x + 180) % 360 - 180, 3)) + abs(y - next_y)


def ends(number, arcs):
    points = arcs[max(number, ~number)]
    return (points[0], points[-1]) if number >= 0 else (points[-1], points[0])


def outline(rings, arcs):
    return [
        point
        for number in rings[0]
        for point in (arcs[number] if number >= 0 else arcs[~number][::-1])
    ]


def part_of(rings, arcs):
    """The code of `PARTS` in one of whose boxes the polygon lies, else ""."""
    points = outline(rings, arcs)
    for code, boxes in PARTS.items():
        for west, south, east, north in boxes:
            if all(west <= x <= east and south <= y <= north for x, y in points):
                return code
    return ""


def area(rings, arcs):
    """About how many square degrees (of latitude) a polygon has."""
    points = outline(rings, arcs)
    twice = sum(
        ((x2 - x1 + 180) % 360 - 180) * (y1 + y2) for (x1, y1), (x2, y2) in pairwise(points)
    )
    return abs(twice) / 2 * math.cos(math.radians(points[0][1]))


def smallest_bend(rings, arcs, bends):
    """The smallest bend to keep of a polygon, so that some `bends` of them are its extent."""
    return min(max(math.sqrt(area(rings, arcs)) * 1.5 / bends, FINEST), COARSEST)


def without_islets(polygons, arcs, smallest):
    """Without islands and lakes of a smaller area; the largest islands stay where all are small."""
    smallest = min(smallest, LARGE_ISLAND)
    in_order = sorted(polygons, key=partial(area, arcs=arcs), reverse=True)
    large = [rings for rings in in_order if area(rings, arcs) >= smallest]
    return [
        [rings[0], *(hole for hole in rings[1:] if area([hole], arcs) >= smallest)]
        for rings in large or in_order[:MOST_ISLETS]
    ]


def encoded(points, smallest):
    """[levels, x, y, dx, dy …]: the points whose bend is large enough.

    `levels` has a letter for each point: the highest level at which it is drawn. Ends always are.
    """
    kept = [
        (round(x / UNIT), round(y / UNIT), level_of(size))
        for (x, y), size in zip(points, sizes(points), strict=True)
        if size >= smallest
    ]
    flat, x, y = [], 0, 0
    for next_x, next_y, _level in kept:
        flat += (next_x - x, next_y - y)
        x, y = next_x, next_y
    return ["".join(LEVELS[level] for _x, _y, level in kept), *flat]


def sizes(points):
    """The size of the bend at each point in degrees, after Visvalingam; infinite at the ends.

    It is the root of the area of the triangle with the neighbours, once all smaller bends have
    gone.
    """
    found = [math.inf] * len(points)
    before = [index - 1 for index in range(len(points))]
    after = [index + 1 for index in range(len(points))]
    heap = [(bend(points, i - 1, i, i + 1), i) for i in range(1, len(points) - 1)]
    current = {index: size for size, index in heap}
    heapq.heapify(heap)
    reached = 0
    while heap:
        size, index = heapq.heappop(heap)
        if current.get(index) != size:
            continue
        reached = found[index] = max(reached, size)
        del current[index]
        left, right = before[index], after[index]
        after[left], before[right] = right, left
        for one in (left, right):
            if one in current:
                current[one] = bend(points, before[one], one, after[one])
                heapq.heappush(heap, (current[one], one))
    return found


def bend(points, one, two, three):
    (x1, y1), (x2, y2), (x3, y3) = points[one], points[two], points[three]
    shrink = math.cos(math.radians(y2))
    return math.sqrt(abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2 * shrink)
