"""Computes the coordinates of the chart of a course: a measure over the years."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from actions.courses import Course, CourseMark
from actions.models import Statement

from .descriptions import describe_course
from .scale import scale
from .style import CHART_TEXT

WIDTH, HEIGHT = 300, 156
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 32, 46
"""Margins for the texts beside the marks."""
LINE = 16
NARROW, BROAD, WIDE = 6.8, 9.2, 12.5
"""The estimated widths of a small Latin letter or a digit, of a capital or a letter of another
script, and of a character of East Asia."""
UNDATED = 40
"""From a baseline without a year, at the left edge, to the next mark."""
OVER, UNDER = -9, 19
"""From a mark to the baseline of the text above it, and of the text below it."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark with its coordinates."""

    x: float
    y: float
    mark: CourseMark


@dataclass(frozen=True, slots=True)
class Label:
    """A text in the chart. `x` and `anchor`: as `text-anchor` of SVG; `y`: its baseline."""

    x: float
    y: float
    anchor: str
    words: tuple[str, ...]

    @property
    def box(self):
        """(left, top, right, bottom), estimated."""
        width = width_of(" ".join(self.words))
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - CHART_TEXT, left + width, self.y + 3


@dataclass(frozen=True)
class Chart:
    """`dots`: baseline and progress by date; `targets`: a target at the end of its due year.

    The first, the newest and the targets are labelled if there is room. The table beside the chart
    has all marks.
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
        """The points of the line through all dots; empty for a single one."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots) if len(self.dots) > 1 else ""

    @property
    def description(self):
        return describe_course(self.course)

    @cached_property
    def labelled(self):
        ends = dict.fromkeys((self.dots[0], self.dots[-1])) if self.dots else ()
        return *ends, *self.targets

    @cached_property
    def labels(self):
        """Names and amounts of the labelled marks, where they cover nothing else."""
        marks = (*self.dots, *self.targets)
        taken = [(dot.x - 5, dot.y - 5, dot.x + 5, dot.y + 5) for dot in marks]
        taken += [(self.left, dot.y - 1, dot.x, dot.y + 1) for dot in self.targets]
        taken += [box for ends in pairwise(self.dots) for box in boxes_between(*ends)]
        placed = []
        for dot in self.labelled:
            label = next((one for one in possible_labels(dot) if has_room(one, taken)), None)
            if label:
                taken.append(label.box)
                placed.append(label)
        return tuple(placed)

    @cached_property
    def years(self):
        """The years of the labelled marks under the ground line, each once, if there is room."""
        placed = []
        for dot in self.labelled:
            if dot.mark.day is None:
                continue
            year = Label(
                align_to_mark(dot.x, anchor_at(dot.x)),
                self.ground + LINE,
                anchor_at(dot.x),
                (str(dot.mark.day.year),),
            )
            is_new = all(year.words != other.words for other in placed)
            if is_new and not any(overlap(year.box, other.box) for other in placed):
                placed.append(year)
        return tuple(placed)


def lay_out_chart(course):
    """The `Chart` of a `Course`: dates to the right and amounts upwards, both to scale.

    Without a date, a target is at the right edge and a baseline at the left one.
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


def anchor_at(x):
    """The `text-anchor` at `x` that keeps a text within the chart."""
    if x < WIDTH / 3:
        return "start"
    return "end" if x > WIDTH * 2 / 3 else "middle"


def align_to_mark(x, anchor):
    """`x` moved so that the text begins or ends at the edge of its mark, not at its middle."""
    return round(x + {"start": -5, "middle": 0, "end": 5}[anchor], 1)


def possible_labels(dot):
    """Labels for a mark at all positions to try, the nearest first, within the chart."""
    words = (str(dot.mark.label), str(dot.mark.short))
    anchor = anchor_at(dot.x)
    x = align_to_mark(dot.x, anchor)
    for step in range(3):
        for y in (dot.y + OVER - step * LINE, dot.y + UNDER + step * LINE):
            if CHART_TEXT <= y <= HEIGHT - BOTTOM + 20:
                yield Label(x, round(y, 1), anchor, words)


def boxes_between(one, other):
    """Small boxes that together cover the line between two marks."""
    steps = max(1, round(max(abs(other.x - one.x), abs(other.y - one.y)) / 4))
    for step in range(steps + 1):
        x = one.x + (other.x - one.x) * step / steps
        y = one.y + (other.y - one.y) * step / steps
        yield x - 1, y - 1, x + 1, y + 1


def has_room(label, taken):
    box = left, _top, right, _bottom = label.box
    return left >= 0 and right <= WIDTH and not any(overlap(box, other) for other in taken)


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def width_of(words):
    """The estimated width of a text: rather too much, as a drawing cuts what leaves it."""
    return sum(map(_width, words))


@lru_cache(maxsize=4096)
def _width(sign):
    if unicodedata.east_asian_width(sign) in "WF" or sign in "mwMW":
        return WIDE
    is_small_latin = sign < "\u0250" and not sign.isupper()
    is_letter = unicodedata.category(sign)[0] in "LM"
    return BROAD if is_letter and not is_small_latin else NARROW
