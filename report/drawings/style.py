"""Colours, strokes and type of the drawings, and the colours of the whole PDF.

Drawings have CSS classes and no colours. In the PDF their style element, made here, gives the
colours; on pages the style sheets do, with the same colours by the same names, and dark mode.
"""

from enum import StrEnum

from django.utils.safestring import mark_safe


class Colour(StrEnum):
    PAPER = "#fbfaf6"
    INK = "#16241d"
    FOREST = "#1e5b43"
    RIVER = "#1b6480"
    SUN = "#9a6200"
    CLAY = "#a3451f"
    MOSS = "#627031"
    TINT = "#eef2ea"
    # Darker than on pages: small print and fine lines need it.
    STONE = "#5f6562"
    HAIRLINE = "#cfd3cc"
    # Only in drawings.
    WHITE = "#fff"
    OUTLINE = "#8b938d"
    PALE_FOREST = "#b7cabf"


COLOURS = {colour.name.lower(): colour.value for colour in Colour}
"""Name → colour, for the Typst files."""

SANS, SERIF = '"Noto Sans"', '"Source Serif 4"'
CHART_TEXT = 12
"""The font size of charts, in pixels."""
BOLD = 600

FINE, LINE, STRONG = 1.2, 1.5, 2
"""Widths of strokes."""
DASHES = "5 3"


def text(size, colour):
    return {"font-family": SANS, "font-size": f"{size}px", "fill": colour}


def stroke(colour, width=None, *, fill=None, dashes=None):
    given = {"fill": fill, "stroke": colour, "stroke-width": width, "stroke-dasharray": dashes}
    return {name: value for name, value in given.items() if value is not None}


def style_element(rules):
    """The style element for `rules`: selector → property → value."""
    lines = (
        f"{selector} {{ {'; '.join(f'{name}: {value}' for name, value in properties.items())} }}"
        for selector, properties in rules.items()
    )
    return mark_safe("\n".join(("<style>", *lines, "</style>")))  # noqa: S308 (constants only)
