"""The locator map of a country as SVG. Borders: Natural Earth (public domain)."""

from functools import lru_cache

from django.utils.html import format_html, format_html_join

from .locator_layout import HEIGHT, WIDTH, lay_out_locator
from .roles import HIDDEN, SHOWN
from .style import Colour, stroke, style_element

DOT = 7

PRINTED = style_element(
    {
        ".locator-sea": {"fill": Colour.TINT},
        ".locator-graticule": stroke(Colour.PAPER, 1.5, fill="none"),
        ".locator-land": stroke(Colour.PAPER, 1, fill=Colour.HAIRLINE),
        ".locator-country": stroke(Colour.FOREST, 1.5, fill=Colour.FOREST),
        ".locator-ring": stroke(Colour.FOREST, 2, fill="none"),
        ".locator-dot": stroke(Colour.WHITE, 2.5, fill=Colour.SUN),
    }
)


def draw_locator(country_code, latitude=None, longitude=None, title="", *, style=""):
    """The SVG of a country and what surrounds it, with a dot where both coordinates are given.

    "" for a code that ISO 3166-1 does not have. Without a title it is hidden from screen readers.
    """
    has_place = latitude is not None and longitude is not None
    place = (float(longitude), float(latitude)) if has_place else None
    shapes = _shapes(str(country_code), place)
    if not shapes:
        return ""
    name = format_html("<title>{}</title>", title) if title else ""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="locator" viewBox="0 0 {width} {height}"'
        ' {role}>{name}{style}<path class="locator-sea" d="M0 0h{width}v{height}H0z"/>{shapes}'
        "</svg>",
        width=WIDTH,
        height=HEIGHT,
        role=SHOWN if title else HIDDEN,
        name=name,
        style=style,
        shapes=shapes,
    )


@lru_cache(maxsize=1024)
def _shapes(country_code, place):
    """The land, the country, its ring and its dot; it takes longer than the page around it."""
    layout = lay_out_locator(country_code, place)
    if layout is None:
        return ""
    parts = ("graticule", "land", "country")
    markup = '<path class="locator-{}" d="{}"/>'
    shapes = format_html_join("", markup, ((part, getattr(layout, part)) for part in parts))
    if layout.dot:
        markup = '<circle class="locator-dot" cx="{}" cy="{}" r="{}"/>'
        return shapes + format_html(markup, *layout.dot, DOT)
    if layout.ring:
        markup = '<circle class="locator-ring" cx="{}" cy="{}" r="{}"/>'
        return shapes + format_html(markup, *layout.ring)
    return shapes
