"""Tags that tell the people of a city what of it is public."""

from django import template

from ..several import outcome_of
from ..standing import standing_of

register = template.Library()


@register.inclusion_tag("admin/publishing/standing.html", takes_context=True)
def publishing_standing(context, city, with_pages=True):
    """Where a `City` stands with the public, with what its reader can do next.

    `with_pages`: and links to its page and its preview.
    """
    standing = standing_of(city, context["request"].user)
    return {"standing": standing, "city": city, "with_pages": with_pages}


@register.inclusion_tag("admin/publishing/outcome.html", takes_context=True)
def publishing_outcome(context, cities):
    """What became public of what was written to `cities`, a query, and what waits."""
    request = context["request"]
    cities = cities.select_related("country__region")
    some = list(cities[:2])
    if len(some) == 1:
        standing = standing_of(some[0], request.user)
        return {"standing": standing, "city": some[0], "with_pages": True}
    outcome = outcome_of(cities, request.user) if some else None
    return {"outcome": outcome, "page": request.path, "csrf_token": context.get("csrf_token")}
