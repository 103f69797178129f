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
    """(x, y) in the drawing of a place given in degrees."""
    angle = math.asin(M * math.sin(math.radians(latitude)))
    square = angle * angle
    sixth = square**3
    slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
    x = math.radians(longitude) * math.cos(angle) / (M * slope)
    y = angle * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return round((x + LEFT) * SCALE, 1), round((TOP - y) * SCALE, 1)


def dot_radius(cities):
    """The dot's area grows with the number of cities."""
    return round(min(14, 3.2 * math.sqrt(cities)), 1)
