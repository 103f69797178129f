"""Draws the mark of a city: its contour lines, as one path for pages and as an SVG for the PDF."""

from functools import lru_cache
from itertools import pairwise

from .contours import contours

MARK_SIZE = 500
"""The side of the box in which a page draws a mark; whole numbers make short paths."""

PRINTED_SIZE = 1000
EVERY = 5
"""Every fifth line is printed thicker, as on maps."""
PRINTED_FINE, PRINTED_STRONG = 0.9, 1.7


@lru_cache(maxsize=4096)
def mark_path(slug):
    """The contour lines of a city as the path of one SVG element in a box of `MARK_SIZE`.

    It takes longer to find than the page around it, and 4 kB to keep; the lines take 75 kB.
    """
    return "".join(_curve(line) for line in contours(slug))


def _curve(line):
    """A line as a smooth path of quadratic curves, as short as possible.

    The points of the line are the control points; the curve passes through the middles between
    them. Points are rounded to even numbers, so that the middles are whole. The SVG command `t`
    takes the control point that mirrors the last one; that is the next point, so one pair of
    numbers per point is enough.
    """
    points = [(2 * round(x * MARK_SIZE / 2), 2 * round(y * MARK_SIZE / 2)) for x, y in line]
    is_closed = points[0] == points[-1]
    if is_closed:
        points.append(points[1])
    middles = [((x1 + x2) // 2, (y1 + y2) // 2) for (x1, y1), (x2, y2) in pairwise(points)]
    start = "M{} {}".format(*middles[0])
    if not is_closed:
        start = "M{} {}L{} {}".format(*points[0], *middles[0])
    if len(middles) < 2:
        return start
    curve = "Q{} {} {} {}".format(*points[1], *middles[1])
    steps = ((x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(middles[1:]))
    curve += "".join(f"t{x} {y}" for x, y in steps)
    return start + curve if is_closed else start + curve + "L{} {}".format(*points[-1])


def printed_mark(slug):
    """The contour lines as an SVG for the PDF, in `currentColor`."""
    paths = []
    for index, line in enumerate(contours(slug)):
        width = PRINTED_STRONG if index % EVERY == 2 else PRINTED_FINE
        paths.append(f'<path d="{_printed_path(line)}" stroke-width="{width}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PRINTED_SIZE} {PRINTED_SIZE}">'
        f'<g fill="none" stroke="currentColor">{"".join(paths)}</g></svg>'
    )


def _printed_path(line):
    points = [(x * PRINTED_SIZE, y * PRINTED_SIZE) for x, y in line]
    bends = (
        f"Q{x1:.1f} {y1:.1f} {(x1 + x2) / 2:.1f} {(y1 + y2) / 2:.1f}"
        for (x1, y1), (x2, y2) in pairwise(points[1:])
    )
    (x, y), (end_x, end_y) = points[0], points[-1]
    return f"M{x:.1f} {y:.1f}{''.join(bends)}L{end_x:.1f} {end_y:.1f}"
