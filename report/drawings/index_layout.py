"""Where the marks of the index stand in its drawings: plain numbers for page and PDF alike."""

from dataclasses import dataclass

from cbi.entries import CourseEntry

from .scale import scale

WIDTH, HEIGHT = 300, 150
EDGE, TOP, GROUND = 24, 30, 124
"""Room around the marks, for what is written beside them, and where the years stand."""
OVER, UNDER = -10, 20
"""From a mark to the foot of the words above it, and of those below it."""
A_YEAR = 36
"""How much room a year takes below the ground line."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Shares of a bar from 0 to 1: `points` earned, `scored` the most that could be earned."""

    points: float
    scored: float


def bar(total, max_points):
    """The bar of a `Total` of an edition or component with `max_points`; empty where not begun."""
    if total is None:
        return Bar(0, 0)
    whole = max(max_points, total.max_points, 1)
    return Bar(round(total.points / whole, 4), round(total.max_points / whole, 4))


@dataclass(frozen=True, slots=True)
class Dot:
    """An assessment at its place; `label` and `year` are empty where there is no room for them."""

    x: float
    y: float
    entry: CourseEntry
    is_first: bool
    label: str
    label_y: float
    year: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The points of later assessments above or below those of the first, which is the line."""

    dots: tuple[Dot, ...]
    level: float
    description: str
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = GROUND
    left: int = 4
    right: int = WIDTH - 4

    @property
    def later(self):
        return self.dots[1:]

    @property
    def name(self):
        """What the level is."""
        return self.dots[0].entry.change

    @property
    def name_x(self):
        return self.dots[0].x - 5

    @property
    def name_y(self):
        """On that side of the level on which the next mark is not."""
        is_below = self.later[0].y <= self.level
        return round(self.level + (UNDER if is_below else OVER), 1)


def chart(course):
    """The `Chart` of a course; None where nothing can be compared with the first assessment."""
    known = [
        entry for place, entry in enumerate(course) if not place or entry.difference is not None
    ]
    if len(known) < 2:
        return None
    years = [entry.year for entry in known]
    differences = [entry.difference or 0 for entry in known]
    across = scale(years[0], years[-1], EDGE, WIDTH - EDGE)
    up = scale(min(differences), max(differences), GROUND - 34, TOP)
    named = with_room([across(year) for year in years])
    dots = [
        dot(entry, across(entry.year), up(value), place in named, is_first=not place)
        for place, (entry, value) in enumerate(zip(known, differences, strict=True))
    ]
    words = "; ".join(f"{entry.year}: {entry.change}" for entry in known)
    return Chart(tuple(dots), round(up(0), 1), words)


def dot(entry, x, y, is_named, *, is_first):
    falls = entry.difference is not None and entry.difference < 0
    return Dot(
        x=round(x, 1),
        y=round(y, 1),
        entry=entry,
        is_first=is_first,
        label=entry.difference_text if is_named and not is_first else "",
        label_y=round(y + (UNDER if falls else OVER), 1),
        year=str(entry.year) if is_named else "",
    )


def with_room(places):
    """Which marks may be named: the last one, and from the first on those that do not crowd."""
    last = len(places) - 1
    named = {last}
    free_from = places[0]
    for number, x in enumerate(places[:-1]):
        if x >= free_from and x <= places[last] - A_YEAR:
            named.add(number)
            free_from = x + A_YEAR
    return named
