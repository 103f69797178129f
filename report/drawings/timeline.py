"""The chart of a measure over the years, as SVG."""

from django.utils.html import format_html, format_html_join

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
        layout.line and format_html('<polyline class="chart-line" points="{}"/>', layout.line),
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
        shapes=format_html_join("", "{}", ((shape,) for shape in shapes)),
    )


def _line(kind, x1, y1, x2, y2):
    markup = '<line class="chart-{}" x1="{}" y1="{}" x2="{}" y2="{}"/>'
    return format_html(markup, kind, x1, round(y1, 1), x2, round(y2, 1))


def _circle(dot):
    markup = '<circle class="chart-{}" cx="{}" cy="{}" r="4.5"/>'
    return format_html(markup, dot.mark.kind, dot.x, dot.y)


def _words(label, printable, *classes):
    """A text that runs from left to right, also on a page from right to left."""
    parts = format_html_join(
        " ",
        '<tspan class="{}">{}</tspan>',
        ((name, printable(word)) for name, word in zip(classes, label.words, strict=True)),
    )
    markup = '<text x="{}" y="{}" text-anchor="{}" direction="ltr">{}</text>'
    return format_html(markup, label.x, label.y, label.anchor, parts)
