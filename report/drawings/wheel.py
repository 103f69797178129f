"""The wheel of the Nature Pathway and the marks of its states, as SVG.

Hidden from screen readers and the keyboard: the list beside it has the same words and links.
"""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from .style import BOLD, FINE, LINE, SERIF, STRONG, Colour, stroke, style_element, text
from .wheel_layout import FILLS, WIDTH, Fill, lay_out_wheel

TOP_LINE, BOTTOM_LINE, EDGE = 22, 418, 6
"""Where the names of the phases stand: in the two upper corners, and below the wheel."""
MOST_LETTERS = 18
"""Of a longer name only the first word is drawn; the list beside it has the whole name."""
FOR_COUNTS = 0.55
"""The share of a segment that the highest count fills: the number of the step is outside of it."""

PRINTED = style_element(
    {
        "text": text(17, Colour.INK),
        ".wheel-outline": stroke(Colour.OUTLINE, FINE, fill=Colour.WHITE),
        ".wheel-not-started .wheel-outline": {"fill": "none", "stroke-dasharray": "4 3"},
        ".wheel-fill-done": {"fill": Colour.FOREST},
        ".wheel-fill-under-way": stroke(Colour.FOREST, FINE, fill=Colour.PALE_FOREST),
        ".wheel-check": stroke(Colour.WHITE, 3.5, fill="none"),
        ".wheel-arc": stroke(Colour.FOREST, STRONG, fill="none"),
        ".wheel-number": {"font-size": "19px"},
        ".wheel-done .wheel-number": {"fill": Colour.WHITE, "font-weight": BOLD},
        ".wheel-not-started .wheel-number": {"fill": Colour.STONE},
        ".wheel-phase": {"fill": Colour.FOREST},
        ".wheel-centre": {"font-family": SERIF, "font-size": "34px"},
        ".wheel-centre-words": {"font-size": "15px", "fill": Colour.STONE},
        ".state-whole": {"fill": Colour.FOREST},
        ".state-ring": stroke(Colour.FOREST, LINE, fill="none"),
        ".state-open": stroke(Colour.STONE, LINE, fill="none", dashes="2.2 1.6"),
        ".state-check": stroke(Colour.WHITE, STRONG, fill="none"),
    }
)

CIRCLE = "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z"
MARKS = {
    "not-started": (("open", CIRCLE),),
    "under-way": (("ring", CIRCLE), ("whole", "M8 1.5a6.5 6.5 0 0 1 0 13z")),
    "done": (("whole", CIRCLE), ("check", "M4.8 8.3l2.3 2.3L11.3 5.8")),
}
"""State → the shapes of its mark in a box of 16. They differ in shape, not only in colour."""


@dataclass(frozen=True, slots=True)
class Label:
    """The number of a segment's step, the address it links to, and its tooltip."""

    number: int
    url: str
    words: str
    kind: str = ""


def draw_city_wheel(chapter, *, linked=True, style="", printable=str):
    """The wheel of one city, from its chapter. `printable` replaces characters no font has."""
    steps = [step for phase in chapter.phases for step in phase.steps]
    labels = [
        Label(
            step.number,
            f"#step-{step.number}" if linked else "",
            ": ".join(str(words) for words in (step.title, step.state_text) if words),
            step.state,
        )
        for step in steps
    ]
    fills = [[FILLS[step.state] for step in phase.steps] for phase in chapter.phases]
    centre = ()
    if chapter.summary:
        centre = (f"{chapter.done_count}/{chapter.step_count}", printable(str(chapter.done_name)))
    names = [printable(str(phase.title)) for phase in chapter.phases]
    return wheel_svg(lay_out_wheel(fills), labels, names, centre, style=style)


def draw_count_wheel(phases, labels, names, centre):
    """The wheel of all cities: `phases` has the counts (done, under way) of each phase's steps."""
    most = max((sum(counts) for phase in phases for counts in phase), default=0) or 1

    def fills(counts):
        shares = zip(("done", "under-way"), counts, strict=True)
        return [Fill(state, count / most * FOR_COUNTS) for state, count in shares]

    layout = lay_out_wheel([[fills(counts) for counts in phase] for phase in phases])
    return wheel_svg(layout, labels, names, centre)


def wheel_svg(layout, labels, names, centre, *, style=""):
    """The SVG of a `Wheel`, with a `Label` per segment, a name per arc, two lines in the middle."""
    parts = (
        *map(_segment, layout.segments, labels),
        *(format_html('<path class="wheel-arc" d="{}"/>', arc.path) for arc in layout.arcs),
        *map(_phase, layout.arcs, names),
        *_centre(layout.centre, centre),
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="wheel" viewBox="0 0 {} {}"'
        ' aria-hidden="true" focusable="false">{}{}</svg>',
        layout.width,
        layout.height,
        style,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def state_mark(state, style=""):
    shapes = format_html_join("", '<path class="state-{}" d="{}"/>', MARKS[state])
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="step-mark" viewBox="0 0 16 16"'
        ' aria-hidden="true" focusable="false">{}{}</svg>',
        style,
        shapes,
    )


def _segment(segment, label):
    parts = _shapes(segment, label)
    kind = f"wheel-step wheel-{label.kind}" if label.kind else "wheel-step"
    if not label.url:
        return format_html('<g class="{}">{}</g>', kind, parts)
    return format_html(
        '<a class="{}" href="{}" tabindex="-1"><title>{}</title>{}</a>',
        kind,
        label.url,
        label.words,
        parts,
    )


def _shapes(segment, label):
    paths = [("outline", segment.outline)]
    paths += [(f"fill-{band.state}", band.path) for band in segment.bands]
    if label.kind == "done":
        paths.append(("check", segment.check))
    number = _words("number", segment.x, round(segment.y + 6.5, 1), label.number)
    return format_html_join("", '<path class="wheel-{}" d="{}"/>', paths) + number


def _phase(arc, name):
    """The name of a phase, in the corner of the drawing that is nearest to its arc."""
    if len(name) > MOST_LETTERS:
        name = name.partition(" ")[0].rstrip(".")
    middle = (arc.start + arc.end) / 2
    x, y, anchor = WIDTH // 2, BOTTOM_LINE, "middle"
    if middle < 90:
        x, y, anchor = WIDTH - EDGE, TOP_LINE, "end"
    elif middle > 270:
        x, y, anchor = EDGE, TOP_LINE, "start"
    return _words("phase", x, y, name, anchor)


def _centre(point, lines):
    x, y = point
    kinds = ("centre", "centre-words")
    heights = (y + 6, y + 28)
    return [_words(*line) for line in zip(kinds, (x, x), heights, lines, strict=False)]


def _words(kind, x, y, words, anchor="middle"):
    """A text that runs from left to right, so that `anchor` means the same on every page."""
    markup = '<text class="wheel-{}" x="{}" y="{}" text-anchor="{}" direction="ltr">{}</text>'
    return format_html(markup, kind, x, y, anchor, words)
