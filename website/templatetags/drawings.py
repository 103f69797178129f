"""Tags that put the drawings of `report.drawings` into pages."""

from django import template

from actions.petals import petals_from
from report.drawings.locator import draw_locator
from report.drawings.rosette import draw_rosette
from report.drawings.scale_bar import draw_scale_bar
from report.drawings.target_line import draw_target_line

register = template.Library()


@register.simple_tag
def rosette(petals, title="", size=220):
    """The rosette of a city; without a title it is hidden from screen readers.

    `petals`: those of a chapter, or as a `PublicCity` stores them.
    """
    is_stored = isinstance(petals, list)
    return draw_rosette(petals_from(petals) if is_stored else petals, title, size)


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
