"""Tags that put the drawings of `report.drawings` into pages."""

from django import template

from report.drawings.rosette import draw_rosette
from report.drawings.scale_bar import draw_scale_bar
from report.drawings.target_line import draw_target_line

register = template.Library()


@register.simple_tag
def rosette(petals, title="", size=220):
    """The rosette of a city; without a title it is hidden from screen readers."""
    return draw_rosette(petals, title, size)


@register.simple_tag
def target_line(row):
    """The line of a row of the target board."""
    return draw_target_line(row)


@register.inclusion_tag("website/parts/scale_bar.html")
def scale_bar(scale):
    """The bar of a `Scale` of a key figure, with the words at its ends."""
    return {"scale": scale, "bar": draw_scale_bar(scale.share)}
