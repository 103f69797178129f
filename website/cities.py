"""Which cities the public lists show, and what a card needs of each."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from actions.models import Action
from profiles.models import City, Country, Region
from profiles.search import search_words, with_words


def listed():
    """The published cities, each with what its card shows, in one query.

    They stand in the order of their folded names: Île between Ica and Ilo, not after Zug.
    """
    actions = Action.objects.filter(city=OuterRef("pk")).order_by().values("city")
    count = Subquery(actions.annotate(count=Count("pk")).values("count"))
    return (
        City.objects.published()
        .select_related("country__region")
        .annotate(action_count=Coalesce(count, 0, output_field=IntegerField()))
        .order_by("search_text", "pk")
    )


def matching(cities, search="", country=None, region=None):
    """`cities` whose names hold every word of `search`, in any script, case or accent."""
    cities = with_words(cities, search_words(search), "search_text")
    if country:
        cities = cities.filter(country=country)
    if region:
        cities = cities.filter(country__region=region)
    return cities


def countries_listed():
    return Country.objects.filter(pk__in=City.objects.published().values("country"))


def regions_listed():
    return Region.objects.filter(pk__in=countries_listed().values("region"))


def totals():
    """How many cities and actions are public; samples are told apart and not counted in."""
    public = City.objects.published()
    real = public.filter(is_sample=False)
    return {
        "cities": real.count(),
        "actions": Action.objects.filter(city__in=real).count(),
        "samples": public.filter(is_sample=True).count(),
    }
