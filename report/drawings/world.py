"""Computes positions on the map of the world (`static/img/land.svg`): Equal Earth projection.

Šavrič, Patterson and Jenny, "The Equal Earth map projection", 2018. Areas keep their proportion.
"""

import math

WIDTH, HEIGHT = 1000, 435
SCALE = 184.7316
"""Units of the drawing in one unit of the projected plane."""
LEFT, TOP = 2.70663, 1.3067131
"""The edges of the drawing on the plane: the far south, without cities, is cut off."""
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = math.sqrt(3) / 2


def project(latitude, longitude):
    """(x, y) in the drawing of a place given in degrees, to a tenth of a unit."""
    x, y = on_plane(latitude, longitude)
    return round(x, 1), round(y, 1)


def on_plane(latitude, longitude):
    """The same as exactly as a near map needs it."""
    angle = math.asin(M * math.sin(math.radians(latitude)))
    square = angle * angle
    sixth = square**3
    slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
    x = math.radians(longitude) * math.cos(angle) / (M * slope)
    y = angle * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return (x + LEFT) * SCALE, (TOP - y) * SCALE


def unproject(x, y):
    """(latitude, longitude) in degrees of a place in the drawing; Newton's method."""
    up = TOP - y / SCALE
    angle = up / A1
    for _step in range(8):
        square = angle * angle
        sixth = square**3
        height = angle * (A1 + A2 * square + sixth * (A3 + A4 * square))
        slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
        angle -= (height - up) / slope
    square = angle * angle
    slope = A1 + 3 * A2 * square + square**3 * (7 * A3 + 9 * A4 * square)
    latitude = math.degrees(math.asin(max(-1, min(1, math.sin(angle) / M))))
    return latitude, math.degrees((x / SCALE - LEFT) * M * slope / math.cos(angle))


def dot_radius(cities):
    """The dot's area grows with the number of cities."""
    return round(min(14, 3.2 * math.sqrt(cities)), 1)
