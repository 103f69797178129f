"""Which part of the world a map shows."""

import re
from dataclasses import dataclass

from report.drawings.land import middle_of, outline_of
from report.drawings.world import HEIGHT, WIDTH, on_plane

STEPS = (1, 3, 9, 27, 81)
"""How many times nearer each step of `zoom` is."""

SPACING, NEAR_SPACING = 0.05, 0.075
"""The least distance of two marks as a share of the width: 27 pixels on a phone, where the whole
world is wider than the screen and a near map is not."""

AT = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,5})?),(-?[0-9]{1,3}(?:\.[0-9]{1,5})?)")

SOUTH, NORTH = -47, 68
"""Between these latitudes people live. A region is shown without the islands beyond them."""

MARGIN = 1.3
"""A map of some cities is so many times as wide as the place that they take."""


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the plane that a map shows; `step` is an index of `STEPS`."""

    x: float = 0
    y: float = 0
    width: float = WIDTH
    height: float = HEIGHT
    step: int = 0

    @classmethod
    def around(cls, x, y, factor):
        """So many times nearer, and within the world."""
        width, height = WIDTH / factor, HEIGHT / factor
        left = min(max(x - width / 2, 0), WIDTH - width)
        top = min(max(y - height / 2, 0), HEIGHT - height)
        step = max(n for n, one in enumerate(STEPS) if one <= factor)
        return cls(round(left, 2), round(top, 2), width, height, step)

    @classmethod
    def over(cls, points, most=STEPS[-2]):
        """The nearest that shows all these points, at most so many times nearer."""
        (left, right), (top, bottom) = extent(points)
        share = max((right - left) / WIDTH, (bottom - top) / HEIGHT) * MARGIN
        factor = min(max(1 / share if share else most, 1), most)
        return cls.around((left + right) / 2, (top + bottom) / 2, factor)

    @property
    def box(self):
        return self.x, self.y, self.width, self.height

    @property
    def is_near(self):
        return self != WORLD

    @property
    def spacing(self):
        """The least distance of two marks on the plane."""
        return self.width * (NEAR_SPACING if self.is_near else SPACING)

    def holds(self, point):
        return (
            self.x <= point[0] <= self.x + self.width and self.y <= point[1] <= self.y + self.height
        )

    def share(self, point):
        """The position as two percentages, which hold for every size of the drawing."""
        across = (point[0] - self.x) / self.width * 100
        down = (point[1] - self.y) / self.height * 100
        return f"{across:.2f}%", f"{down:.2f}%"


WORLD = Window()


def asked_window(query):
    """The part of the world that a request asks for by `zoom` and `at`; None where it does not."""
    step = query.get("zoom", "")
    found = AT.fullmatch(query.get("at", ""))
    if not found or step not in {str(number) for number in range(len(STEPS))}:
        return None
    latitude, longitude = map(float, found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Window.around(*on_plane(latitude, longitude), STEPS[int(step)])


def extent(points):
    """((least, greatest) first coordinate, (least, greatest) second) of these pairs."""
    across, down = zip(*points, strict=True)
    return (min(across), max(across)), (min(down), max(down))


def window_of(codes, places):
    """The part of the world with these countries, at least the middle of each, and these places."""
    own = [place.point for place in places if place.point]
    if len(codes) == 1:
        points = [*_together(outline_of(codes[0])), *own]
        return Window.over(points, most=STEPS[-1]) if points else WORLD
    middles = filter(None, map(middle_of, codes))
    points = _together([on_plane(*at) for at in middles if SOUTH < at[0] < NORTH]) + own
    return Window.over(points) if points else WORLD


def _together(points):
    """The most points that lie together from west to east: none beyond longitude 180."""
    runs = [[]]
    for point in sorted(points):
        if runs[-1] and point[0] - runs[-1][-1][0] > WIDTH / 4:
            runs.append([])
        runs[-1].append(point)
    return max(runs, key=len)
