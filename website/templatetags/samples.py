"""Tags that tell invented cities from real ones."""

from typing import NamedTuple

from django import template
from django.conf import settings

from actions.explorer import count_public

register = template.Library()


class Told(NamedTuple):
    invented: int
    count: int


@register.simple_tag
def invented_cities():
    """How many of how many public cities are invented; None where none is listed.

    One query where samples are listed, else none.
    """
    if not settings.SAMPLES_ARE_LISTED:
        return None
    counts = count_public()
    (real, _actions), (invented, _actions) = counts[False], counts[True]
    return Told(invented, real + invented) if invented else None
