"""The lines of latitude and longitude on a near map, where there may be nothing else to see."""

import math
from dataclasses import dataclass

from report.drawings.world import WIDTH, on_plane, unproject

STEPS = (30, 20, 10, 5, 2, 1, 0.5, 0.2)
"""Degrees between two lines."""

FEWEST = 4
POINTS = 8
"""Of a line, which bends."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`path`: in a drawing as large as that of the whole world; `labels`: (x, y, words), at the
    edges, as percentages."""

    path: str
    labels: tuple


def grid_of(window):
    (south, north), (west, east) = degrees_of(window)
    step = next((one for one in STEPS if (east - west) / one >= FEWEST), STEPS[-1])
    lines, labels = [], []
    for longitude in multiples(west, east, step):
        latitudes = between(south, north)
        lines.append([on_plane(one, longitude) for one in latitudes])
        labels.append((at_edge(window, lines[-1], 1), "E" if longitude > 0 else "W", longitude))
    for latitude in multiples(south, north, step):
        lines.append([on_plane(latitude, one) for one in between(west, east)])
        labels.append((at_edge(window, lines[-1], 0), "N" if latitude > 0 else "S", latitude))
    return Grid(
        "".join(path_of(line, window) for line in lines),
        tuple(
            (*place, f"{abs(number):g}°{letter if number % 180 else ''}")
            for place, letter, number in labels
            if place
        ),
    )


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
    """Where a line meets the top (`axis` 1) or the left of the window, as two percentages; None
    where it does not."""
    edge = (window.x, window.y)[axis]
    first, second = min(zip(line, line[1:], strict=False), key=lambda pair: far(pair, axis, edge))
    span = second[axis] - first[axis]
    part = (edge - first[axis]) / span if span else 0
    other = first[1 - axis] + (second[1 - axis] - first[1 - axis]) * part
    share = (other - (window.x, window.y)[1 - axis]) / (window.width, window.height)[1 - axis] * 100
    if not 4 < share < 94:
        return None
    return (f"{share:.2f}%", "0%") if axis else ("0%", f"{share:.2f}%")


def far(pair, axis, edge):
    """How far from the edge both ends of a part of a line are."""
    return sum(abs(point[axis] - edge) for point in pair)
