"""What is drawn for chapter 4, as SVG: bars of points, the course against the first assessment."""

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


def bar(drawn, words, name):
    """A `Bar` for the page; `words` say what it shows, `name` makes its id unique."""
    parts = (("whole", 1), ("scored", drawn.scored), ("points", drawn.points))
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


def course(drawn, title, name, *, style="", said=str):
    """A `Chart` of `index_layout` with its title and description.

    `name` makes ids unique within a page; `style` is a style element where the drawing stands
    alone; `said` makes words printable.
    """
    shapes = (
        _line("ground", drawn.left, drawn.ground, drawn.right, drawn.ground),
        _line("level", drawn.left, drawn.level, drawn.right, drawn.level),
        *(_line("stem", dot.x, drawn.level, dot.x, dot.y) for dot in drawn.later),
        *(_circle(dot) for dot in drawn.dots),
        *(_words("difference", dot.x, dot.label_y, dot.label) for dot in drawn.later),
        _words("name", drawn.name_x, drawn.name_y, said(str(drawn.name)), "start"),
        *(_words("year", dot.x, drawn.ground + 16, dot.year) for dot in drawn.dots),
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="index-course"'
        ' viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-title"'
        ' aria-describedby="{name}-words"><title id="{name}-title">{title}</title>'
        '<desc id="{name}-words">{words}</desc>{style}{shapes}</svg>',
        width=drawn.width,
        height=drawn.height,
        name=name,
        title=said(str(title)),
        words=said(drawn.description),
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
    """Numbers and words from left to right, also on a page that runs the other way."""
    if not words:
        return ""
    markup = '<text class="index-{}" x="{}" y="{}" text-anchor="{}" direction="ltr">{}</text>'
    return format_html(markup, kind, x, y, anchor, words)
