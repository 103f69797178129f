"""Cities that lag: what the public reads of them is not what it should be."""

from django.db.models import Exists, OuterRef, Q, Subquery

from catalogue.models import CatalogueVersion

from .models import City, PublicCity, State

outdated_tables = []
"""Functions of other apps that give, as a query, the keys of public cities whose read tables are
not as they should be."""


def lagging():
    """The keys of the cities that lag, in one query.

    They changed since publishing dealt with them, they are public and should not be or the other
    way round, they are deleted, or their read tables are not those of the current catalogue, or of
    what other cities have published.
    """
    more = (find() for find in outdated_tables)
    return _behind().union(_surplus(), *more).order_by("pk")


def lags(city):
    """Whether this city lags."""
    more = (find().filter(city=city.pk) for find in outdated_tables)
    return _behind().filter(pk=city.pk).union(_surplus().filter(pk=city.pk), *more).exists()


def _behind():
    current = CatalogueVersion.objects.filter(is_current=True).values("sha256")[:1]
    in_step = PublicCity.objects.public().filter(
        city=OuterRef("pk"),
        seen_content_version=OuterRef("content_version"),
        tables_catalogue=Subquery(current),
    )
    published = City.objects.filter(~Exists(in_step), state=State.PUBLISHED)
    return published.order_by().values_list("pk", flat=True)


def _surplus():
    cities = City.objects.filter(pk=OuterRef("pk"))
    is_withdrawn = Q(publication__isnull=False) & ~Exists(cities.filter(state=State.PUBLISHED))
    surplus = PublicCity.objects.filter(is_withdrawn | ~Exists(cities))
    return surplus.order_by().values_list("pk", flat=True)
