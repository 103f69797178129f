"""The way of a target as SVG: one line with start, now and target.

The words stand beside it on the page, so it is hidden from screen readers.
"""

from django.utils.html import format_html, format_html_join

from .style import Colour, stroke, style_element

WIDTH, HEIGHT = 200, 16
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
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="target-line target-{state}"'
        ' viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">{style}{shapes}'
        "</svg>",
        state=row.state,
        width=WIDTH,
        height=HEIGHT,
        style=style,
        shapes=format_html_join("", "{}", ((shape,) for shape in _shapes(row, now) if shape)),
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


def _path(kind, path):
    return format_html('<path class="target-{}" d="{}"/>', kind, path)


def _circle(kind, x):
    markup = '<circle class="target-{}" cx="{}" cy="{}" r="{}"/>'
    return format_html(markup, kind, x, MIDDLE, DOT)
