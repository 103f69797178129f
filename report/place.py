"""Where a city lies and how large it is: the line below its name, and what its small map needs."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from catalogue import units
from catalogue.atoms import Figure, Text

SEPARATOR = " · "
AREA_UNIT = "km2"


@dataclass(frozen=True, slots=True)
class Place:
    """`words` is one line; `country` is a code of two letters, and degrees are None if not given.

    The words are of the platform, not of the catalogue: a version has its own catalogue, which
    may be older than they are.
    """

    words: Text
    country: str
    latitude: Decimal | None
    longitude: Decimal | None


def build(city, context):
    """The place of a `CityRecord`; its country is that of the context."""
    country = context.city.country
    return Place(
        words=Text(SEPARATOR.join(_parts(city, country)), context.texts.language),
        country=country.code,
        latitude=city.latitude,
        longitude=city.longitude,
    )


def _parts(city, country):
    """As "Jordan", "Asia & Oceania", "240,000 people (2024)", "310.5 km²"."""
    yield country.label
    if country.region:
        yield country.region.text().value
    if city.population is not None:
        words = _("%(number)s people (%(year)s)")
        year = city.population_year or _("year not given")
        yield words % {"number": Figure.of(city.population), "year": year}
    if city.area_km2 is not None:
        yield f"{Figure.of(city.area_km2)} {units.symbol(AREA_UNIT)}"
