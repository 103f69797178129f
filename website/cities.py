"""The querysets of the public lists of cities."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from actions.models import Action
from profiles.city_search import find_cities
from profiles.models import City, Country, Region


def cities_for_list():
    """The published cities with what their cards show, in one query.

    Sorted by their folded names: Île between Ica and Ilo, not after Zug.
    """
    actions = Action.objects.filter(city=OuterRef("pk")).order_by().values("city")
    count = Subquery(actions.annotate(count=Count("pk")).values("count"))
    return (
        City.objects.published()
        .select_related("country__region")
        .annotate(action_count=Coalesce(count, 0, output_field=IntegerField()))
        .order_by("search_text", "pk")
    )


def filter_cities(cities, search="", country=None, region=None):
    """The `cities` that `search` finds (`find_cities`), of the country and the region."""
    cities = find_cities(cities, search)
    if country:
        cities = cities.filter(country=country)
    if region:
        cities = cities.filter(country__region=region)
    return cities


def countries_with_cities():
    return Country.objects.filter(pk__in=City.objects.published().values("country"))


def regions_with_cities():
    return Region.objects.filter(pk__in=countries_with_cities().values("region"))


def count_public():
    """The numbers of public cities, their actions, and samples, which the first two leave out."""
    public = City.objects.published()
    real = public.filter(is_sample=False)
    return {
        "cities": real.count(),
        "actions": Action.objects.filter(city__in=real).count(),
        "samples": public.filter(is_sample=True).count(),
    }
