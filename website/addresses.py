"""Which city an address leads to where no city is public there (else: `document_key`)."""

from django.db.models import Exists, OuterRef

from profiles.models import CitySlug, PublicAddress, PublicCity


def page_of_former(slug):
    """The template that says why no city is public here any more; None where none ever was.

    A city that has been deleted has no `PublicCity`; one that was withdrawn has.
    """
    stays = Exists(PublicCity.objects.filter(pk=OuterRef("city")))
    for is_there in PublicAddress.objects.filter(slug=slug).values_list(stays, flat=True):
        return "website/withdrawn.html" if is_there else "website/gone.html"
    return None


def find_working_city(cities, slug):
    """That of `cities` (a queryset of `City`) which has this address, or had it; None."""
    cities = cities.select_related("country__region")
    former = CitySlug.objects.filter(slug=slug).values("city")
    return cities.filter(slug=slug).first() or cities.filter(pk__in=former).first()
