"""Cuts polygons off at the sides of a box (Sutherland and Hodgman)."""

from itertools import pairwise


def clip(points, box):
    """The part of a ring of points (x, y) within `box`: (left, low, right, high).

    Where the ring leaves the box and comes back, the part has edges along the side of the box.
    """
    for axis, limit, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        if all(sign * point[axis] >= sign * limit for point in points):
            continue
        points = _cut(points, axis, limit, sign)
        if len(points) < 3:
            return []
    return points


def _cut(points, axis, limit, sign):
    kept = []
    for start, end in pairwise((points[-1], *points)):
        is_in, was_in = sign * end[axis] >= sign * limit, sign * start[axis] >= sign * limit
        if is_in != was_in:
            part = (limit - start[axis]) / (end[axis] - start[axis])
            kept.append(
                tuple(one + part * (two - one) for one, two in zip(start, end, strict=True))
            )
        if is_in:
            kept.append(end)
    return kept
