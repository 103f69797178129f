"""The map of the world with cities, for any page."""

from django import template

from website.map_window import WORLD
from website.world_map import build_map, places_of

register = template.Library()


@register.inclusion_tag("website/parts/world_map.html")
def world_map(cities, window=WORLD, query=None):
    """The map of these `PublicCity`s, a query; `query`: the filters of the list that gives them."""
    return {"map": build_map(places_of(cities), window, query)}
