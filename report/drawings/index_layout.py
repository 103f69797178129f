"""Computes the coordinates of the drawings of chapter 4."""

from dataclasses import dataclass

from cbi.entries import CourseEntry

from .descriptions import describe_assessments
from .scale import scale

WIDTH, HEIGHT = 300, 150
EDGE, TOP, GROUND = 24, 30, 124
"""Margins for the texts beside the marks, and the height of the line above the years."""
OVER, UNDER = -10, 20
"""From a mark to the baseline of the text above it, and of the text below it."""
A_YEAR = 36
"""The width of a year below the ground line."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Shares of a bar from 0 to 1: `points` earned, `scored` the most that could be earned."""

    points: float
    scored: float


def lay_out_bar(total, max_points):
    """The `Bar` of a `Total` of an edition or component with `max_points`; empty for None."""
    if total is None:
        return Bar(0, 0)
    whole = max(max_points, total.max_points, 1)
    return Bar(round(total.points / whole, 4), round(total.max_points / whole, 4))


@dataclass(frozen=True, slots=True)
class Dot:
    """The mark of an assessment; `label` and `year` are empty if there is no room for them."""

    x: float
    y: float
    entry: CourseEntry
    is_first: bool
    label: str
    label_y: float
    year: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart: marks of later assessments above or below `level`, the height of the first."""

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
        """The text at the line of the first assessment."""
        return self.dots[0].entry.change

    @property
    def name_x(self):
        return self.dots[0].x - 5

    @property
    def name_y(self):
        """Above the line if the next mark is below it, else below."""
        is_below = self.later[0].y <= self.level
        return round(self.level + (UNDER if is_below else OVER), 1)


def lay_out_chart(course):
    """The `Chart` of a course; None if no assessment can be compared with the first."""
    known = [
        entry for index, entry in enumerate(course) if not index or entry.difference is not None
    ]
    if len(known) < 2:
        return None
    years = [entry.year for entry in known]
    differences = [entry.difference or 0 for entry in known]
    across = scale(years[0], years[-1], EDGE, WIDTH - EDGE)
    up = scale(min(differences), max(differences), GROUND - 34, TOP)
    labelled = marks_with_room([across(year) for year in years])
    dots = [
        make_dot(entry, across(entry.year), up(value), index in labelled, is_first=not index)
        for index, (entry, value) in enumerate(zip(known, differences, strict=True))
    ]
    return Chart(tuple(dots), round(up(0), 1), describe_assessments(known))


def make_dot(entry, x, y, is_labelled, *, is_first):
    is_lower = entry.difference is not None and entry.difference < 0
    return Dot(
        x=round(x, 1),
        y=round(y, 1),
        entry=entry,
        is_first=is_first,
        label=entry.difference_text if is_labelled and not is_first else "",
        label_y=round(y + (UNDER if is_lower else OVER), 1),
        year=str(entry.year) if is_labelled else "",
    )


def marks_with_room(xs):
    """The indexes of marks that get a label: the last one, and others from the left with room."""
    last = len(xs) - 1
    labelled = {last}
    free_from = xs[0]
    for index, x in enumerate(xs[:-1]):
        if x >= free_from and x <= xs[last] - A_YEAR:
            labelled.add(index)
            free_from = x + A_YEAR
    return labelled
