"""Where a city lies and how large it is, in one line below its name."""

from django.utils.translation import gettext as _

from catalogue import units
from catalogue.atoms import Figure, Text

SEPARATOR = " · "
AREA_UNIT = "km2"


def place_line(city, context):
    """A `Text` such as "Jordan · Asia & Oceania · 240,000 people (2024) · 310.5 km²".

    `city`: the `CityRecord`. The words are of the platform, not of the catalogue: a version has
    its own catalogue, which may be older than they are.
    """
    country = context.city.country
    parts = [country.label]
    if country.region:
        parts.append(country.region.text().value)
    if city.population is not None:
        words = _("%(number)s people (%(year)s)")
        year = city.population_year or _("year not given")
        parts.append(words % {"number": Figure.of(city.population), "year": year})
    if city.area_km2 is not None:
        parts.append(f"{Figure.of(city.area_km2)} {units.symbol(AREA_UNIT)}")
    return Text(SEPARATOR.join(parts), context.texts.language)
