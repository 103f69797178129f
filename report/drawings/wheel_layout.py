"""Computes the coordinates and paths of the wheel of the Nature Pathway.

Angles are degrees, clockwise from twelve o'clock. A segment begins at the hub and ends at the rim;
it is filled from the hub outwards, as far as `Fill.share` says.
"""

import math
from dataclasses import dataclass
from itertools import accumulate, pairwise

WIDTH, HEIGHT = 400, 426
CENTRE = (200, 216)
HUB, RIM = 62, 168
NUMBERS, CHECKS = 145, 104
"""The distances from the centre to the numbers of steps, and to the ticks of done ones."""
ARC, ARC_GAP = 177, 1.6
"""The radius of the line of a phase, and by how many degrees it is shorter at each end."""
GAP = 2.5
"""The gap between two segments; as wide at the hub as at the rim, so that edges are parallel."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A part of a segment in one state, `share` (0 to 1) of its depth."""

    state: str
    share: float


FILLS = {
    "not-started": (),
    "under-way": (Fill("under-way", 0.5),),
    "done": (Fill("done", 1),),
}
"""State of a step of one city → the fills of its segment: none, half, whole."""


@dataclass(frozen=True, slots=True)
class Band:
    state: str
    path: str


@dataclass(frozen=True, slots=True)
class Segment:
    """The segment of a step: outline, filled parts, position of its number, path of its tick."""

    start: float
    end: float
    outline: str
    bands: tuple[Band, ...]
    x: float
    y: float
    check: str


@dataclass(frozen=True, slots=True)
class Arc:
    """The line outside the steps of a phase."""

    start: float
    end: float
    path: str


@dataclass(frozen=True, slots=True)
class Wheel:
    segments: tuple[Segment, ...]
    arcs: tuple[Arc, ...]
    width: int = WIDTH
    height: int = HEIGHT
    centre: tuple[int, int] = CENTRE


def lay_out_wheel(phases):
    """The `Wheel` of `phases`: for each of them the fills of each of its steps, in their order."""
    steps = [fills for phase in phases for fills in phase]
    angle = 360 / max(len(steps), 1)
    segments = [
        segment(index * angle, (index + 1) * angle, fills) for index, fills in enumerate(steps)
    ]
    edges = pairwise(accumulate((len(phase) for phase in phases), initial=0))
    arcs = [arc(start * angle, end * angle) for start, end in edges if end > start]
    return Wheel(tuple(segments), tuple(arcs))


def segment(start, end, fills):
    depth = RIM - HUB
    reached = accumulate((fill.share * depth for fill in fills), initial=HUB)
    bands = [
        Band(fill.state, ring_piece(start, end, inner, outer))
        for fill, (inner, outer) in zip(fills, pairwise(reached), strict=True)
        if outer > inner
    ]
    middle = (start + end) / 2
    x, y = point(NUMBERS, middle)
    outline = ring_piece(start, end, HUB, RIM)
    return Segment(start, end, outline, tuple(bands), x, y, check(middle))


def ring_piece(start, end, inner, outer):
    """The path of a piece of a ring between two angles and two distances from the centre."""
    (inner_start, inner_end), (outer_start, outer_end) = (
        (start + margin, end - margin) for margin in (margin_at(inner), margin_at(outer))
    )
    is_large = int(end - start > 180)
    return (
        f"M{coordinates(inner, inner_start)}L{coordinates(outer, outer_start)}"
        f"A{outer:g} {outer:g} 0 {is_large} 1 {coordinates(outer, outer_end)}"
        f"L{coordinates(inner, inner_end)}"
        f"A{inner:g} {inner:g} 0 {is_large} 0 {coordinates(inner, inner_start)}Z"
    )


def margin_at(distance):
    """Half of `GAP` as an angle."""
    return math.degrees(math.asin(GAP / 2 / distance))


def arc(start, end):
    first, last = start + ARC_GAP, end - ARC_GAP
    is_large = int(last - first > 180)
    path = f"M{coordinates(ARC, first)}A{ARC} {ARC} 0 {is_large} 1 {coordinates(ARC, last)}"
    return Arc(start, end, path)


def check(angle):
    x, y = point(CHECKS, angle)
    return f"M{x - 9:.1f} {y:.1f}l6.5 6.5l12-13"


def point(distance, angle):
    """(x, y) at this distance from the centre."""
    turn = math.radians(angle)
    x, y = CENTRE
    return round(x + distance * math.sin(turn), 1), round(y - distance * math.cos(turn), 1)


def coordinates(distance, angle):
    return "{:g} {:g}".format(*point(distance, angle))
