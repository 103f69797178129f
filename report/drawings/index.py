"""The drawings of chapter 4 as SVG: bars of points, and a chart of all assessments."""

from django.utils.html import format_html, format_html_join

from .style import BOLD, CHART_TEXT, DASHES, LINE, STRONG, Colour, stroke, style_element, text

LENGTH, THICKNESS = 400, 14
EDGE = 1
"""Half the width of the lines round a bar, which must not be cut off."""

PRINTED = style_element(
    {
        "text": text(CHART_TEXT, Colour.STONE),
        ".index-ground": stroke(Colour.HAIRLINE),
        ".index-level": stroke(Colour.INK, dashes=DASHES),
        ".index-stem": stroke(Colour.FOREST, LINE),
        ".index-first": stroke(Colour.FOREST, STRONG, fill=Colour.WHITE),
        ".index-later": {"fill": Colour.FOREST},
        ".index-difference": {"font-weight": BOLD, "fill": Colour.INK},
    }
)


def draw_bar(layout, words, name):
    """The SVG of a `Bar`; `words` describe it, `name` makes its id unique within the page."""
    parts = (("whole", 1), ("scored", layout.scored), ("points", layout.points))
    shapes = (
        (part, EDGE, EDGE, round(share * (LENGTH - 2 * EDGE), 1), THICKNESS - 2 * EDGE)
        for part, share in parts
        if share
    )
    markup = '<rect class="index-{}" x="{}" y="{}" width="{}" height="{}"/>'
    return format_html(
        '<svg class="index-bar" viewBox="0 0 {length} {thickness}" preserveAspectRatio="none"'
        ' role="img" aria-labelledby="{name}"><title id="{name}">{words}</title>{shapes}</svg>',
        length=LENGTH,
        thickness=THICKNESS,
        name=name,
        words=words,
        shapes=format_html_join("", markup, shapes),
    )


def draw_chart(layout, title, name, *, style="", printable=str):
    """The SVG of a `Chart` of `index_layout`, with its title and description.

    `name` makes ids unique within the page. For the PDF, `style` is a style element, and
    `printable` is a function that replaces characters which no font has.
    """
    shapes = (
        _line("ground", layout.left, layout.ground, layout.right, layout.ground),
        _line("level", layout.left, layout.level, layout.right, layout.level),
        *(_line("stem", dot.x, layout.level, dot.x, dot.y) for dot in layout.later),
        *(_circle(dot) for dot in layout.dots),
        *(_words("difference", dot.x, dot.label_y, dot.label) for dot in layout.later),
        _words("name", layout.name_x, layout.name_y, printable(str(layout.name)), "start"),
        *(_words("year", dot.x, layout.ground + 16, dot.year) for dot in layout.dots),
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="index-course"'
        ' viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-title"'
        ' aria-describedby="{name}-words"><title id="{name}-title">{title}</title>'
        '<desc id="{name}-words">{words}</desc>{style}{shapes}</svg>',
        width=layout.width,
        height=layout.height,
        name=name,
        title=printable(str(title)),
        words=printable(layout.description),
        style=style,
        shapes=format_html_join("", "{}", ((shape,) for shape in shapes if shape)),
    )


def _line(kind, x1, y1, x2, y2):
    markup = '<line class="index-{}" x1="{}" y1="{}" x2="{}" y2="{}"/>'
    return format_html(markup, kind, x1, y1, x2, y2)


def _circle(dot):
    kind = "first" if dot.is_first else "later"
    return format_html('<circle class="index-{}" cx="{}" cy="{}" r="5"/>', kind, dot.x, dot.y)


def _words(kind, x, y, words, anchor="middle"):
    """A text that runs from left to right, also on a page from right to left."""
    if not words:
        return ""
    markup = '<text class="index-{}" x="{}" y="{}" text-anchor="{}" direction="ltr">{}</text>'
    return format_html(markup, kind, x, y, anchor, words)
