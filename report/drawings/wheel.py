"""The wheel of the Nature Pathway and the marks of its states, as SVG.

For the eye only: the list beside it says the same, and its links are there for the keyboard.
"""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from .style import BOLD, FINE, LINE, SERIF, STRONG, Colour, stroke, style_element, text
from .wheel_layout import FILLS, WIDTH, Fill, wheel

TOP_LINE, BOTTOM_LINE, EDGE = 22, 418, 6
"""Where the names of the phases stand: in the two upper corners, and below the wheel."""
MOST_LETTERS = 18
"""A longer name has no room there; it heads the list."""
FOR_COUNTS = 0.55
"""How deep the longest fill of counts is: the numbers of the steps stand outside of it."""

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
        ".wheel-centre-words": {"font-size": "14px", "fill": Colour.STONE},
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
"""State → the shapes of its mark in a box of 16. Each can be told without colour."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a segment says: the number of its step, where it leads, words for the mouse."""

    number: int
    url: str
    words: str
    kind: str = ""


def of_chapter(chapter, *, linked=True, style="", said=str):
    """The states of one city, from its chapter. `said` makes words printable."""
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
    drawn = wheel([[FILLS[step.state] for step in phase.steps] for phase in chapter.phases])
    centre = ()
    if chapter.summary:
        centre = (f"{chapter.done_count}/{chapter.step_count}", said(str(chapter.done_name)))
    names = [said(str(phase.title)) for phase in chapter.phases]
    return drawing(drawn, labels, names, centre, style=style)


def of_counts(phases, labels, names, centre):
    """How many cities are where: `phases` holds (done, under way) for each step of each phase."""
    most = max((sum(counts) for phase in phases for counts in phase), default=0) or 1

    def fills(counts):
        shares = zip(("done", "under-way"), counts, strict=True)
        return [Fill(state, count / most * FOR_COUNTS) for state, count in shares]

    drawn = wheel([[fills(counts) for counts in phase] for phase in phases])
    return drawing(drawn, labels, names, centre)


def drawing(drawn, labels, names, centre, *, style=""):
    """A `Wheel` with a `Label` for each segment, a name for each arc, two lines in the middle."""
    parts = (
        *map(_segment, drawn.segments, labels),
        *(format_html('<path class="wheel-arc" d="{}"/>', arc.path) for arc in drawn.arcs),
        *map(_phase, drawn.arcs, names),
        *_centre(drawn.centre, centre),
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="wheel" viewBox="0 0 {} {}"'
        ' aria-hidden="true" focusable="false">{}{}</svg>',
        drawn.width,
        drawn.height,
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
    """The name of a phase: beside its arc, in the corner that is next to it."""
    if len(name) > MOST_LETTERS:
        name = name.partition(" ")[0].rstrip(".")
    middle = (arc.start + arc.end) / 2
    x, y, anchor = WIDTH // 2, BOTTOM_LINE, "middle"
    if middle < 90:
        x, y, anchor = WIDTH - EDGE, TOP_LINE, "end"
    elif middle > 270:
        x, y, anchor = EDGE, TOP_LINE, "start"
    return _words("phase", x, y, name, anchor)


def _centre(place, lines):
    x, y = place
    kinds = ("centre", "centre-words")
    heights = (y + 6, y + 28)
    return [_words(*line) for line in zip(kinds, (x, x), heights, lines, strict=False)]


def _words(kind, x, y, words, anchor="middle"):
    """From left to right, so that the ends of a line are the same on every page."""
    markup = '<text class="wheel-{}" x="{}" y="{}" text-anchor="{}" direction="ltr">{}</text>'
    return format_html(markup, kind, x, y, anchor, words)
