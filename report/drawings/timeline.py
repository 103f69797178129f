"""What is drawn for a profile, as SVG: the mark of a city, charts, the marks of target states.

Charts have classes and no colours: the page's style sheet has its own, the PDF takes `PRINTED`.
"""

from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from .contours import contours

SIDE = 1000
EVERY = 5
"""Each fifth line is drawn stronger, as on maps."""

STATES = {
    "reached": "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM5 8.3l2.2 2.2L11 5.8",
    "on-track": "M3 3.5 7.5 8 3 12.5M8.5 3.5 13 8l-4.5 4.5",
    "no-data": "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z",
    "behind": "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM8 4.8V8l2.3 1.6",
    "overdue": "M8 1.5 15 14.5H1zM8 6v4M8 12v.3",
}
"""State of a target → the path of its mark in a box of 16. Each has its own shape."""

PRINTED = mark_safe(  # noqa: S308 (constant)
    """<style>
text { font-family: "Noto Sans"; font-size: 12px; fill: #16241d }
.chart-ground { stroke: #cfd3cc }
.chart-line { fill: none; stroke: #1b6480; stroke-width: 1.5 }
.chart-level { stroke: #9a6200; stroke-width: 1.5; stroke-dasharray: 5 3 }
.chart-baseline { fill: #fff; stroke: #1b6480; stroke-width: 2 }
.chart-progress { fill: #1b6480 }
.chart-target { stroke: #9a6200; stroke-width: 3 }
.chart-kind, .chart-year { fill: #5f6562 }
.chart-amount { font-weight: 600 }
</style>"""
)


def mark(slug):
    """Contour lines in `currentColor`; each bends through the middles of its pieces."""
    paths = (
        f'<path d="{_path(line)}" stroke-width="{1.7 if index % EVERY == 2 else 0.9}"/>'
        for index, line in enumerate(contours(slug))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f'<g fill="none" stroke="currentColor">{"".join(paths)}</g></svg>'
    )


def _path(line):
    points = [(x * SIDE, y * SIDE) for x, y in line]
    bends = (
        f"Q{x1:.1f} {y1:.1f} {(x1 + x2) / 2:.1f} {(y1 + y2) / 2:.1f}"
        for (x1, y1), (x2, y2) in pairwise(points[1:])
    )
    (x, y), (end_x, end_y) = points[0], points[-1]
    return f"M{x:.1f} {y:.1f}{''.join(bends)}L{end_x:.1f} {end_y:.1f}"


def state_mark(state):
    """The mark of a target's state in `currentColor`, for the eye only."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="state-mark" viewBox="0 0 16 16"'
        ' aria-hidden="true" focusable="false"><path d="{}" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>',
        STATES[state],
    )


def chart(drawn, name, *, style="", said=str):
    """A `Chart` of `timeline_layout` with its title and description.

    `name` makes ids unique within a page; `style` is a style element where the drawing stands
    alone; `said` makes words printable.
    """
    ground = (drawn.left, drawn.ground, drawn.right, drawn.ground)
    shapes = (
        _line("ground", *ground),
        *(_line("level", drawn.left, dot.y, dot.x, dot.y) for dot in drawn.targets),
        drawn.line and format_html('<polyline class="chart-line" points="{}"/>', drawn.line),
        *(_line("target", dot.x, dot.y - 5, dot.x, dot.y + 5) for dot in drawn.targets),
        *(_circle(dot) for dot in drawn.dots),
        *(_words(year, said, "chart-year") for year in drawn.years),
        *(_words(label, said, "chart-kind", "chart-amount") for label in drawn.labels),
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {width} {height}"'
        ' role="img" aria-labelledby="{name}-title" aria-describedby="{name}-words">'
        '<title id="{name}-title">{title}</title><desc id="{name}-words">{words}</desc>'
        "{style}{shapes}</svg>",
        width=drawn.width,
        height=drawn.height,
        name=name,
        title=said(str(drawn.course.label)),
        words=said(drawn.description),
        style=style,
        shapes=format_html_join("", "{}", ((shape,) for shape in shapes)),
    )


def _line(kind, x1, y1, x2, y2):
    markup = '<line class="chart-{}" x1="{}" y1="{}" x2="{}" y2="{}"/>'
    return format_html(markup, kind, x1, round(y1, 1), x2, round(y2, 1))


def _circle(dot):
    markup = '<circle class="chart-{}" cx="{}" cy="{}" r="4.5"/>'
    return format_html(markup, dot.mark.kind, dot.x, dot.y)


def _words(label, said, *classes):
    """Numbers and words from left to right, also on a page that runs the other way."""
    parts = format_html_join(
        " ",
        '<tspan class="{}">{}</tspan>',
        ((name, said(word)) for name, word in zip(classes, label.words, strict=True)),
    )
    markup = '<text x="{}" y="{}" text-anchor="{}" direction="ltr">{}</text>'
    return format_html(markup, label.x, label.y, label.anchor, parts)
