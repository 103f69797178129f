"""Tags that put the drawings of `report.drawings` into pages."""

from decimal import Decimal
from urllib.parse import urljoin

from django import template
from django.templatetags.static import static

from actions.petals import Petal, petals_from
from report.drawings.locator import draw_locator
from report.drawings.rosette import draw_petal, draw_rosette
from report.drawings.scale_bar import draw_scale_bar
from report.drawings.target_line import draw_target_line

register = template.Library()

EXAMPLES = {
    "described": Petal(1, has_start=False, has_target=False),
    "start": Petal(1, has_start=True, has_target=False),
    "target": Petal(1, has_start=True, has_target=True),
    "way": Petal(1, has_start=True, has_target=True, share=Decimal("0.6")),
}


@register.simple_tag
def rosette(petals, title="", size=220, links=()):
    """The rosette of a city; without a title it is hidden from screen readers.

    `petals`: those of a chapter, or as a `PublicCity` stores them. `links`: see `draw_rosette`.
    """
    is_stored = isinstance(petals, list)
    return draw_rosette(petals_from(petals) if is_stored else petals, title, size, links=links)


@register.simple_tag
def example_petal(kind):
    """A petal of the key: described, start, target or way."""
    return draw_petal(EXAMPLES[kind])


@register.simple_tag
def platform_picture(page_address):
    """The address in full of the picture for links to pages that are of no city."""
    return urljoin(page_address, static("img/share.png"))


@register.simple_tag
def target_line(row):
    """The line of a row of the target board."""
    return draw_target_line(row)


@register.simple_tag
def locator(country, latitude=None, longitude=None, title=""):
    """The map of a country, by its code; a dot where both coordinates are given."""
    return draw_locator(country, latitude, longitude, title)


@register.inclusion_tag("website/parts/scale_bar.html")
def scale_bar(scale):
    """The bar of a `Scale` of a key figure, with the words at its ends."""
    return {"scale": scale, "bar": draw_scale_bar(scale.share)}
