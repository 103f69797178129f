"""The querysets of the public lists of cities."""

from actions import explorer
from profiles.city_search import find_cities
from profiles.models import Country, PublicCity, Region


def cities_for_list():
    """The listed cities with what their cards show, in one query.

    Sorted by their folded names: Île between Ica and Ilo, not after Zug.
    """
    return (
        PublicCity.objects.listed().select_related("country__region").order_by("search_text", "pk")
    )


def filter_cities(cities, search="", country=None, region=None):
    """The `cities` that `search` finds (`find_cities`), of the country and the region."""
    cities = find_cities(cities, search)
    if country:
        cities = cities.filter(country=country)
    if region:
        # A query of its own: a join would be made for each city that is counted.
        cities = cities.filter(country__in=Country.objects.filter(region=region))
    return cities


def countries_with_cities():
    return Country.objects.filter(pk__in=PublicCity.objects.listed().values("country"))


def regions_with_cities():
    return Region.objects.filter(pk__in=countries_with_cities().values("region"))


def count_public():
    """The numbers of listed cities and of their actions."""
    cities, actions = explorer.count_listed()
    return {"cities": cities, "actions": actions}
