"""The mark of a city as SVG, for the cover."""

from itertools import pairwise

from profiles.mark import contours

SIDE = 1000
EVERY = 5
"""Each fifth line is drawn stronger, as on maps."""


def mark(slug):
    """Contour lines in `currentColor`; each bends through the middles of its pieces."""
    paths = (
        f'<path d="{_path(line)}" stroke-width="{1.7 if index % EVERY == 2 else 0.9}"/>'
        for index, line in enumerate(contours(slug))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f'<g fill="none" stroke="currentColor">{"".join(paths)}</g></svg>'
    )


def _path(line):
    points = [(x * SIDE, y * SIDE) for x, y in line]
    bends = (
        f"Q{x1:.1f} {y1:.1f} {(x1 + x2) / 2:.1f} {(y1 + y2) / 2:.1f}"
        for (x1, y1), (x2, y2) in pairwise(points[1:])
    )
    (x, y), (end_x, end_y) = points[0], points[-1]
    return f"M{x:.1f} {y:.1f}{''.join(bends)}L{end_x:.1f} {end_y:.1f}"
