"""The tag that shows a picture of a city in fitting sizes."""

from django import template

from website.pictures import address, widths_of

register = template.Library()

FALLBACK_WIDTH = 640
"""Pixels of the picture for browsers that do not choose among sizes."""


@register.inclusion_tag("website/parts/picture.html")
def picture(entry, sizes, is_late=False):
    """A `PictureEntry`; `sizes`: as the attribute of HTML; `is_late`: loaded when it comes near."""
    widths = widths_of(entry)
    return {
        "picture": entry,
        "sizes": sizes,
        "is_late": is_late,
        "webp": _srcset(entry, widths, "webp"),
        "jpeg": _srcset(entry, widths, "jpg"),
        "src": address(entry, min(FALLBACK_WIDTH, widths[-1]), "jpg"),
    }


def _srcset(entry, widths, ending):
    return ", ".join(
        f"{address(entry, width, ending)} {min(width, entry.width)}w" for width in widths
    )
