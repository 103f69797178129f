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
