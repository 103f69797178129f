"""Which city an address leads to: the public one, or the rows of one that is not public."""

from django.db.models import Subquery

from catalogue.models import CatalogueVersion
from hub import references
from profiles.models import CitySlug, PublicAddress, PublicCity


def find_public_city(slug):
    """The `PublicCity` at this address, present or former; None if there is none. One query.

    Loaded with all that tells its document from others; `catalogue_sha256` is the hash of the
    current catalogue, `state_of_homes` as in `hub.references`. The record itself, which may be
    long, is loaded by who reads it.
    """
    current = CatalogueVersion.objects.filter(is_current=True)
    return (
        PublicCity.objects.public()
        .filter(pk__in=PublicAddress.objects.filter(slug=slug).values("city"))
        .select_related("publication", "country__region")
        .defer("publication__record", "search_text")
        .annotate(
            catalogue_sha256=Subquery(current.values("sha256")[:1]),
            state_of_homes=references.state_of_homes(),
        )
        .first()
    )


def is_gone(slug):
    """Whether the city that was public at this address has been deleted."""
    known = PublicAddress.objects.filter(slug=slug)
    return known.exclude(city__in=PublicCity.objects.values("pk")).exists()


def find_working_city(cities, slug):
    """That of `cities` (a queryset of `City`) which has this address, or had it; None."""
    cities = cities.select_related("country__region")
    former = CitySlug.objects.filter(slug=slug).values("city")
    return cities.filter(slug=slug).first() or cities.filter(pk__in=former).first()
