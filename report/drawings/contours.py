"""Contour lines of invented hills, computed from a word; `city_mark` draws them.

The same word always gives the same lines.
"""

import hashlib
from itertools import pairwise
from math import cos, dist, exp, pi, sin

CELLS = 40
LEVELS = 15
MOST_LINES = 20
SHORTEST = 0.12
TOLERANCE = 0.0005


def contours(word):
    """The contour lines of `word`, from low to high: tuples of (x, y), both 0 to 1, y downwards.

    A closed line ends where it begins; an open one ends at the border. 12 to 20 lines, the same
    on every machine.
    """
    heights = _heights(word)
    low, high = min(map(min, heights)), max(map(max, heights))
    levels = [low + (high - low) * (step + 0.5) / LEVELS for step in range(LEVELS)]
    lines = [line for level in levels for line in _lines(heights, level)]
    longest = sorted(map(_length, lines), reverse=True)[:MOST_LINES]
    shortest = max(SHORTEST, longest[-1])
    return tuple(_simplified(line) for line in lines if _length(line) >= shortest)


def _heights(word):
    """Heights on a grid: six oval hills and a tilt, taken from the digest of `word`."""
    numbers = _numbers(word)
    angle = 2 * pi * next(numbers)
    tilt_x, tilt_y = 0.35 * cos(angle), 0.35 * sin(angle)
    hills = [_hill(numbers) for _ in range(6)]
    steps = [step / CELLS for step in range(CELLS + 1)]
    return [
        [tilt_x * x + tilt_y * y + sum(hill(x, y) for hill in hills) for x in steps] for y in steps
    ]


def _numbers(word):
    """Pseudo-random numbers from 0 to 1, without end, from SHA-256 digests of `word`."""
    digest = word.encode()
    while True:
        digest = hashlib.sha256(digest).digest()
        for index in range(0, len(digest), 2):
            yield int.from_bytes(digest[index : index + 2], "big") / 0xFFFF


def _hill(numbers):
    """A function (x, y) → height of one oval hill."""
    centre_x, centre_y = 1.2 * next(numbers) - 0.1, 1.2 * next(numbers) - 0.1
    along, across = 0.16 + 0.22 * next(numbers), 0.12 + 0.12 * next(numbers)
    turn, height = pi * next(numbers), 0.45 + 0.55 * next(numbers)
    cosine, sine = cos(turn), sin(turn)

    def at(x, y):
        x, y = x - centre_x, y - centre_y
        u, v = (x * cosine + y * sine) / along, (y * cosine - x * sine) / across
        return height * exp(-(u * u + v * v))

    return at


def _lines(heights, level):
    """The lines at the height `level`, by marching squares: open ones first, then closed ones."""
    neighbours = {}
    above = [[height > level for height in row] for row in heights]
    for row, (upper, lower) in enumerate(pairwise(above)):
        for column in range(CELLS):
            corners = (upper[column], upper[column + 1], lower[column + 1], lower[column])
            if any(corners) and not all(corners):
                for start, end in _crossings(heights, level, row, column, corners):
                    neighbours.setdefault(start, []).append(end)
                    neighbours.setdefault(end, []).append(start)
    ends = [edge for edge, others in neighbours.items() if len(others) == 1]
    starts = (*ends, *neighbours)
    paths = [_path(neighbours, edge) for edge in starts if edge in neighbours]
    return [[_point(heights, level, edge) for edge in path] for path in paths]


def _crossings(heights, level, row, column, above):
    """The pieces of line in one cell, as pairs of edges that they connect.

    An edge is (row, column, is across). `above`: whether each corner, clockwise from the upper
    left, is higher than `level`.
    """
    edges = (
        (row, column, True),
        (row, column + 1, False),
        (row + 1, column, True),
        (row, column, False),
    )
    crossed = [edge for side, edge in enumerate(edges) if above[side] != above[(side + 1) % 4]]
    if len(crossed) == 2:
        return (tuple(crossed),)
    top, right, bottom, left = crossed
    if above[0] == (_middle(heights, row, column) > level):
        return (top, right), (bottom, left)
    return (top, left), (right, bottom)


def _middle(heights, row, column):
    upper, lower = heights[row], heights[row + 1]
    return (upper[column] + upper[column + 1] + lower[column] + lower[column + 1]) / 4


def _path(neighbours, edge):
    """The edges of the line that begins at `edge`; removes them from `neighbours`."""
    path = [edge]
    while others := neighbours.pop(edge, None):
        following = next((other for other in others if other in neighbours), None)
        if following is None:
            if len(path) > 2 and path[0] in others:
                path.append(path[0])
            break
        path.append(following)
        edge = following
    return path


def _point(heights, level, edge):
    row, column, is_across = edge
    here = heights[row][column]
    there = heights[row][column + 1] if is_across else heights[row + 1][column]
    part = (level - here) / (there - here)
    x, y = (column + part, row) if is_across else (column, row + part)
    return (x / CELLS, y / CELLS)


def _length(line):
    return sum(dist(start, end) for start, end in pairwise(line))


def _simplified(line):
    """`line` without points that are less than `TOLERANCE` beside it, with four decimals."""
    kept = [line[0]]
    start = 0
    for index in range(2, len(line)):
        between = line[start + 1 : index]
        if any(_distance(point, line[start], line[index]) > TOLERANCE for point in between):
            start = index - 1
            kept.append(line[start])
    kept.append(line[-1])
    return tuple((round(x, 4), round(y, 4)) for x, y in kept)


def _distance(point, start, end):
    """How far `point` lies from the straight line between `start` and `end`."""
    base = dist(start, end)
    if base == 0:
        return dist(point, start)
    (x, y), (x1, y1), (x2, y2) = point, start, end
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / base
