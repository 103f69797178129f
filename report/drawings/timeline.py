"""The chart of a measure over the years, as SVG."""

from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .style import BOLD, CHART_TEXT, DASHES, LINE, STRONG, Colour, stroke, style_element, text

PRINTED = style_element(
    {
        "text": text(CHART_TEXT, Colour.INK),
        ".chart-ground": stroke(Colour.HAIRLINE),
        ".chart-line": stroke(Colour.RIVER, LINE, fill="none"),
        ".chart-level": stroke(Colour.SUN, LINE, dashes=DASHES),
        ".chart-baseline": stroke(Colour.RIVER, STRONG, fill=Colour.WHITE),
        ".chart-progress": {"fill": Colour.RIVER},
        ".chart-target": stroke(Colour.SUN, 3),
        ".chart-kind, .chart-year": {"fill": Colour.STONE},
        ".chart-amount": {"font-weight": BOLD},
    }
)


def draw_chart(layout, name, *, style="", printable=str):
    """The SVG of a `Chart` of `timeline_layout`, with its title and description.

    `name` makes ids unique within the page. For the PDF, `style` is a style element, and
    `printable` is a function that replaces characters which no font has.
    """
    ground = (layout.left, layout.ground, layout.right, layout.ground)
    shapes = (
        _line("ground", *ground),
        *(_line("level", layout.left, dot.y, dot.x, dot.y) for dot in layout.targets),
        layout.line and f'<polyline class="chart-line" points="{layout.line}"/>',
        *(_line("target", dot.x, dot.y - 5, dot.x, dot.y + 5) for dot in layout.targets),
        *(_circle(dot) for dot in layout.dots),
        *(_words(year, printable, "chart-year") for year in layout.years),
        *(_words(label, printable, "chart-kind", "chart-amount") for label in layout.labels),
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {width} {height}"'
        ' role="img" aria-labelledby="{name}-title" aria-describedby="{name}-words">'
        '<title id="{name}-title">{title}</title><desc id="{name}-words">{words}</desc>'
        "{style}{shapes}</svg>",
        width=layout.width,
        height=layout.height,
        name=name,
        title=printable(str(layout.course.label)),
        words=printable(layout.description),
        style=style,
        shapes=SafeString("".join(filter(None, shapes))),
    )


# A page has shapes by the hundred, so they are put together without Django's `format_html`. Only
# words can hold anything but numbers and names of ours.


def _line(kind, x1, y1, x2, y2):
    y1, y2 = round(y1, 1), round(y2, 1)
    return f'<line class="chart-{kind}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'


def _circle(dot):
    return f'<circle class="chart-{dot.mark.kind}" cx="{dot.x}" cy="{dot.y}" r="4.5"/>'


def _words(label, printable, *classes):
    """A text that runs from left to right, also on a page from right to left."""
    parts = " ".join(
        f'<tspan class="{name}">{escape(str(printable(word)))}</tspan>'
        for name, word in zip(classes, label.words, strict=True)
    )
    place = f'x="{label.x}" y="{label.y}" text-anchor="{label.anchor}"'
    return f'<text {place} direction="ltr">{parts}</text>'
