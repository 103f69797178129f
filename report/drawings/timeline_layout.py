"""Where the marks of a course stand in a small chart: plain numbers for page and PDF alike."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from actions.courses import Course, CourseMark
from actions.models import Statement

from .scale import scale
from .style import CHART_TEXT

WIDTH, HEIGHT = 300, 156
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 32, 46
"""Room around the marks, for what is written beside them."""
LINE = 16
NARROW, WIDE = 6.8, 12.5
"""How wide letters are taken to be, and signs of East Asia."""
UNDATED = 40
"""How far to the left of all others a baseline stands whose year nobody has given."""
OVER, UNDER = -9, 19
"""From a mark to the foot of the words above it, and of those below it."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark at its place."""

    x: float
    y: float
    mark: CourseMark


@dataclass(frozen=True, slots=True)
class Label:
    """Words in the chart. `anchor`: which end of them stands at `x`, as in SVG; `y`: their foot."""

    x: float
    y: float
    anchor: str
    words: tuple[str, ...]

    @property
    def box(self):
        """(left, top, right, bottom), about."""
        width = width_of(" ".join(self.words))
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - CHART_TEXT, left + width, self.y + 3


@dataclass(frozen=True)
class Chart:
    """`dots` are what was measured, in time; each of `targets` is a level at its due year's end.

    Every mark stands in the table beside; named here are the first, the newest and the targets,
    as far as there is room.
    """

    course: Course
    dots: tuple[Dot, ...]
    targets: tuple[Dot, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    ground: int = HEIGHT - BOTTOM + 24

    @property
    def line(self):
        """What was measured, from mark to mark; nothing for a single one."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots) if len(self.dots) > 1 else ""

    @property
    def description(self):
        """Every mark in words."""
        return "; ".join(
            " ".join(filter(None, (str(mark.label), f"{mark.when}:" if mark.when else "")))
            + f" {mark.text}"
            for mark in self.course.marks
        )

    @cached_property
    def named(self):
        ends = dict.fromkeys((self.dots[0], self.dots[-1])) if self.dots else ()
        return *ends, *self.targets

    @cached_property
    def labels(self):
        """The names and amounts of what is named, where they cover no other and no mark."""
        marks = (*self.dots, *self.targets)
        taken = [(dot.x - 5, dot.y - 5, dot.x + 5, dot.y + 5) for dot in marks]
        taken += [(self.left, dot.y - 1, dot.x, dot.y + 1) for dot in self.targets]
        taken += [box for ends in pairwise(self.dots) for box in boxes_between(*ends)]
        placed = []
        for dot in self.named:
            label = next((at for at in label_places(dot) if fits(at, taken)), None)
            if label:
                taken.append(label.box)
                placed.append(label)
        return tuple(placed)

    @cached_property
    def years(self):
        """The years of what is named, each once, under the ground line, as far as there is room."""
        placed = []
        for dot in self.named:
            if dot.mark.day is None:
                continue
            year = Label(
                at_the_edge(dot.x, anchor(dot.x)),
                self.ground + LINE,
                anchor(dot.x),
                (str(dot.mark.day.year),),
            )
            is_new = all(year.words != other.words for other in placed)
            if is_new and not any(overlap(year.box, other.box) for other in placed):
                placed.append(year)
        return tuple(placed)


def chart(course):
    """The chart of a `Course`, times to the right and amounts upwards, both to scale.

    Without a day, a target stands at the right edge and a baseline at the left one.
    """
    marks = course.marks
    days = [mark.day.toordinal() for mark in marks if mark.day]
    amounts = [mark.amount for mark in marks]
    start, end = LEFT + 4, WIDTH - RIGHT - 4
    has_undated = any(mark.day is None and not is_target(mark) for mark in marks)
    first = start + UNDATED if has_undated else start
    across = scale(min(days, default=0), max(days, default=0), first, end)
    up = scale(min(amounts), max(amounts), HEIGHT - BOTTOM, TOP)
    dots, targets = [], []
    for mark in marks:
        x = across(mark.day.toordinal()) if mark.day else end if is_target(mark) else start
        dot = Dot(round(x, 1), round(up(mark.amount), 1), mark)
        (targets if is_target(mark) else dots).append(dot)
    return Chart(course, tuple(dots), tuple(targets))


def is_target(mark):
    return mark.kind == Statement.Kind.TARGET


def anchor(x):
    """Words at the edges stay within the chart."""
    if x < WIDTH / 3:
        return "start"
    return "end" if x > WIDTH * 2 / 3 else "middle"


def at_the_edge(x, wanted):
    """Words begin or end where their mark does, not at its middle."""
    return round(x + {"start": -5, "middle": 0, "end": 5}[wanted], 1)


def label_places(dot):
    """Where the label of a mark may stand, the best place first: near it, within the chart."""
    words = (str(dot.mark.label), str(dot.mark.short))
    wanted = anchor(dot.x)
    x = at_the_edge(dot.x, wanted)
    for step in range(3):
        for y in (dot.y + OVER - step * LINE, dot.y + UNDER + step * LINE):
            if CHART_TEXT <= y <= HEIGHT - BOTTOM + 20:
                yield Label(x, round(y, 1), wanted, words)


def boxes_between(one, other):
    """Small boxes that together cover the line between two marks."""
    steps = max(1, round(max(abs(other.x - one.x), abs(other.y - one.y)) / 4))
    for step in range(steps + 1):
        x = one.x + (other.x - one.x) * step / steps
        y = one.y + (other.y - one.y) * step / steps
        yield x - 1, y - 1, x + 1, y + 1


def fits(label, taken):
    left, _top, right, _bottom = label.box
    return left >= 0 and right <= WIDTH and not any(overlap(label.box, box) for box in taken)


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def width_of(words):
    """About how wide words are: signs of East Asia are twice as wide as letters."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in words)
    return wide * WIDE + (len(words) - wide) * NARROW
