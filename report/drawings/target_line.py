"""The way of a target, or of a figure, as SVG: one line with start, now and target.

The words stand beside it on the page, so it is hidden from screen readers.
"""

from django.utils.html import format_html, format_html_join

from actions.models import Statement

from .style import Colour, stroke, style_element

WIDTH, HEIGHT = 200, 16
COLUMN = 500
"""The width of a line that takes a whole column."""
LEFT, RIGHT, MIDDLE = 7, WIDTH - 7, HEIGHT // 2
DOT, BAR = 5, 7
"""The radius of the marks of start and now, and half the height of the mark of the target."""

PRINTED = style_element(
    {
        ".target-line": {"color": Colour.FOREST},
        ".target-behind, .target-overdue": {"color": Colour.CLAY},
        ".target-whole": stroke(Colour.HAIRLINE, 2),
        ".target-way": stroke("currentColor", 4),
        ".target-start": stroke("currentColor", 2, fill=Colour.WHITE),
        ".target-now": {"fill": "currentColor"},
        ".target-goal": stroke(Colour.INK, 3),
    }
)


def draw_target_line(row, *, style=""):
    """The SVG of a row of the target board (`report.glance.TargetRow`).

    The start is hollow, now is filled, the target a bar. `row.share` is how much of the way is
    done; without it there is only a start, where the city names one, and the target.
    """
    now = None if row.share is None else round(LEFT + (RIGHT - LEFT) * float(row.share), 1)
    return _drawn(row.state, WIDTH, _shapes(row, now), style)


def draw_course_line(course, state, *, style=""):
    """The SVG of a `Course` of few marks, over the width of a column; `state`: of its last target.

    A start is hollow, a report filled, a target a bar, each where `places` puts it.
    """
    return _drawn(state, COLUMN, _course_shapes(course), style)


def places(course):
    """Where the marks of a `Course` stand on its line, 0 to 1: by their amounts, from the first to
    the last. What has fallen behind the first stands at it, what is beyond the last one at that.
    """
    amounts = [mark.amount for mark in course.marks]
    way = amounts[-1] - amounts[0]
    if not way:
        return [index / (len(amounts) - 1) for index in range(len(amounts))]
    return [round(min(max(float((one - amounts[0]) / way), 0), 1), 4) for one in amounts]


def _drawn(state, width, shapes, style):
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="target-line target-{state}"'
        ' viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">{style}{shapes}'
        "</svg>",
        state=state,
        width=width,
        height=HEIGHT,
        style=style,
        shapes=format_html_join("", "{}", ((shape,) for shape in shapes)),
    )


def _shapes(row, now):
    yield _path("whole", f"M{LEFT} {MIDDLE}H{RIGHT}")
    if now is not None and now > LEFT:
        yield _path("way", f"M{LEFT} {MIDDLE}H{now}")
    yield _path("goal", f"M{RIGHT} {MIDDLE - BAR}v{2 * BAR}")
    if row.start is not None:
        yield _circle("start", LEFT)
    if now is not None and row.now is not None:
        yield _circle("now", now)


def _course_shapes(course):
    right = COLUMN - LEFT
    marks = [
        (mark.kind, round(LEFT + (right - LEFT) * place, 1))
        for mark, place in zip(course.marks, places(course), strict=True)
    ]
    known = [x for kind, x in marks if kind != Statement.Kind.TARGET]
    yield _path("whole", f"M{LEFT} {MIDDLE}H{right}")
    if len(known) > 1 and known[-1] > LEFT:
        yield _path("way", f"M{LEFT} {MIDDLE}H{known[-1]}")
    for kind, x in marks:
        if kind == Statement.Kind.TARGET:
            yield _path("goal", f"M{x} {MIDDLE - BAR}v{2 * BAR}")
        else:
            yield _circle("start" if kind == Statement.Kind.BASELINE else "now", x)


def _path(kind, path):
    return format_html('<path class="target-{}" d="{}"/>', kind, path)


def _circle(kind, x):
    markup = '<circle class="target-{}" cx="{}" cy="{}" r="{}"/>'
    return format_html(markup, kind, x, MIDDLE, DOT)
