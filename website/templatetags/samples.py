"""Tags that tell invented cities from real ones."""

from typing import NamedTuple

from django import template
from django.conf import settings

from actions.explorer import count_public
from profiles.samples import is_listed

register = template.Library()


class Told(NamedTuple):
    invented: int
    count: int


@register.filter
def can_be_asked(city):
    """Whether readers may ask it: not a city that is invented, but where samples are listed."""
    return is_listed(city.is_sample)


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
