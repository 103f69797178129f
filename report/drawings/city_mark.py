"""Draws the contour lines on the cover of the PDF, a faint texture of the paper."""

import zlib
from functools import cache
from itertools import pairwise

from .contours import contours

TEXTURES = 8
"""Cities share so many: one of its own took each city a twentieth of its document's time."""
PRINTED_SIZE = 1000
EVERY = 5
"""Every fifth line is printed thicker, as on maps."""
PRINTED_FINE, PRINTED_STRONG = 0.9, 1.7


def printed_mark(slug):
    """The contour lines as an SVG for the PDF, in `currentColor`; a city keeps its own."""
    return _texture(zlib.crc32(slug.encode()) % TEXTURES)


@cache
def _texture(number):
    paths = []
    for index, line in enumerate(contours(f"texture {number}")):
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
