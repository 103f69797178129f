"""Which city an address leads to where no city is public there (else: `document_key`)."""

from profiles.models import CitySlug, PublicAddress, PublicCity


def is_gone(slug):
    """Whether the city that was public at this address has been deleted."""
    known = PublicAddress.objects.filter(slug=slug)
    return known.exclude(city__in=PublicCity.objects.values("pk")).exists()


def find_working_city(cities, slug):
    """That of `cities` (a queryset of `City`) which has this address, or had it; None."""
    cities = cities.select_related("country__region")
    former = CitySlug.objects.filter(slug=slug).values("city")
    return cities.filter(slug=slug).first() or cities.filter(pk__in=former).first()
