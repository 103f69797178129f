"""A share of a whole as SVG: a bar from 0 to 1. The words stand beside it on the page."""

from django.utils.html import format_html

from .style import Colour, style_element

WIDTH, HEIGHT = 200, 8

PRINTED = style_element(
    {".scale-whole": {"fill": Colour.HAIRLINE}, ".scale-share": {"fill": Colour.FOREST}}
)


def draw_scale_bar(share, *, style=""):
    """The SVG of a `share` from 0 to 1, which stretches to the width that it gets."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="scale-bar" viewBox="0 0 {width} {height}"'
        ' preserveAspectRatio="none" aria-hidden="true" focusable="false">{style}'
        '<rect class="scale-whole" width="{width}" height="{height}"/>'
        '<rect class="scale-share" width="{part}" height="{height}"/></svg>',
        width=WIDTH,
        height=HEIGHT,
        style=style,
        part=f"{WIDTH * min(max(float(share), 0), 1):.4g}",
    )
