"""The lines of latitude and longitude on a near map, where there may be nothing else to see."""

import math
from dataclasses import dataclass

from report.drawings.world import WIDTH, on_plane, unproject

STEPS = (30, 20, 10, 5, 2, 1, 0.5, 0.2)
"""Degrees between two lines."""

FEWEST = 4
POINTS = 8
"""Of a line, which bends."""

ROOM = 11
"""The share of the map's width that a label takes, in percent: on a phone, where it takes most."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`path`: in a drawing as large as that of the whole world; `labels`: (x, y, words), at the
    edges, as percentages."""

    path: str
    labels: tuple


def grid_of(window):
    (south, north), (west, east) = degrees_of(window)
    step = next((one for one in STEPS if (east - west) / one >= FEWEST), STEPS[-1])
    meridians = [
        (one, [on_plane(latitude, one) for latitude in between(south, north)])
        for one in multiples(west, east, step)
    ]
    parallels = [
        (one, [on_plane(one, longitude) for longitude in between(west, east)])
        for one in multiples(south, north, step)
    ]
    return Grid(
        "".join(path_of(line, window) for _degrees, line in meridians + parallels),
        (
            *((f"{at:.2f}%", "0%", words) for at, words in apart(ends(window, meridians, 1, "EW"))),
            *(("0%", f"{at:.2f}%", words) for at, words in ends(window, parallels, 0, "NS")),
        ),
    )


def ends(window, lines, axis, letters):
    """(percentage along the top, `axis` 1, or the left; words) of each line that ends there."""
    for degrees, line in lines:
        share = at_edge(window, line, axis)
        if share is not None:
            letter = letters[degrees < 0] if degrees % 180 else ""
            yield share, f"{abs(degrees):g}°{letter}"


def apart(labels):
    """Those that have room beside each other: meridians come together towards a pole."""
    end = 0
    for share, words in labels:
        if share >= end:
            end = share + ROOM
            yield share, words


def degrees_of(window):
    """((southern, northern) latitude, (western, eastern) longitude) around the window."""
    x, y, width, height = window.box
    corners = [unproject(a, b) for a in (x, x + width) for b in (y, y + height)]
    latitudes, longitudes = zip(*corners, strict=True)
    return (
        (max(min(latitudes), -90), min(max(latitudes), 90)),
        (max(min(longitudes), -180), min(max(longitudes), 180)),
    )


def multiples(least, most, step):
    return [number * step for number in range(math.ceil(least / step), math.floor(most / step) + 1)]


def between(least, most):
    return [least + (most - least) * part / POINTS for part in range(POINTS + 1)]


def path_of(line, window):
    scale = WIDTH / window.width
    points = (f"{(x - window.x) * scale:.1f} {(y - window.y) * scale:.1f}" for x, y in line)
    return "M" + "L".join(points)


def at_edge(window, line, axis):
    """Where a line meets the top (`axis` 1) or the left of the window, as a percentage; None where
    it does not."""
    edge = (window.x, window.y)[axis]
    first, second = min(zip(line, line[1:], strict=False), key=lambda pair: far(pair, axis, edge))
    span = second[axis] - first[axis]
    part = (edge - first[axis]) / span if span else 0
    other = first[1 - axis] + (second[1 - axis] - first[1 - axis]) * part
    share = (other - (window.x, window.y)[1 - axis]) / (window.width, window.height)[1 - axis] * 100
    return share if 4 < share < 94 else None


def far(pair, axis, edge):
    """How far from the edge both ends of a part of a line are."""
    return sum(abs(point[axis] - edge) for point in pair)
