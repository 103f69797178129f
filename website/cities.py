"""The querysets of the public lists of cities."""

from actions import explorer
from profiles.models import PublicCity


def cities_for_list():
    """The public cities with what their cards show, in one query.

    Sorted by their folded names: Île between Ica and Ilo, not after Zug.
    """
    return (
        PublicCity.objects.listed().select_related("country__region").order_by("search_text", "pk")
    )


def count_public():
    """The numbers of listed cities and of their actions."""
    cities, actions = explorer.count_listed()
    return {"cities": cities, "actions": actions}
