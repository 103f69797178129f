"""Which city answers at an address, asked of what is public alone."""

from profiles.models import PublicAddress, PublicCity


class Gone(LookupError):
    """The address led to a city that has been deleted."""


def find(slug):
    """The `PublicCity` that is or was at this address; None where there is no public one.

    If its own `slug` is another one, the address redirects there. Its publication and its country
    with the region are loaded. Raises Gone. One query.
    """
    cities = PublicCity.objects.filter(
        pk__in=PublicAddress.objects.filter(slug=slug.lower()).values("city")
    )
    city = cities.select_related("publication", "country__region").first()
    if city is None or city.publication is not None:
        return city
    if city.is_deleted:
        raise Gone(slug)
    return None
