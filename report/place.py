"""Where a city lies and how large it is: the line below its name, and what its small map needs."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from actions.judged import judge
from actions.key_figures import AREA_UNIT, TOTAL_AREA, find_whole
from catalogue import units
from catalogue.atoms import Figure, Text
from profiles.writing_systems import platform_text

SEPARATOR = " · "


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

    @property
    def parts(self):
        """What stands on the line, each in its own language."""
        parts = self.words.value.split(SEPARATOR)
        return tuple(platform_text(part, self.words.language) for part in parts)


def build(record, context):
    """The place that a `ProfileRecord` names; its country is that of the context."""
    country = context.city.country
    words = SEPARATOR.join(_parts(record, country, context))
    return Place(
        words=platform_text(words, context.texts.language),
        country=country.code,
        latitude=record.city.latitude,
        longitude=record.city.longitude,
    )


def _parts(record, country, context):
    """As "Jordan", "Asia & Oceania", "240,000 people (2024)", "310.5 km²"."""
    city = record.city
    yield country.label
    if country.region:
        yield country.region.text().value
    if city.population is not None:
        words = _("%(number)s people (%(year)s)")
        year = city.population_year or _("year not given")
        yield words % {"number": Figure.of(city.population), "year": year}
    area = city.area_km2 or _measured_area(record, context)
    if area is not None:
        yield f"{Figure.of(area)}\u00a0{units.symbol(AREA_UNIT)}"


def _measured_area(record, context):
    """The area of the city that one of its actions gives; None without one."""
    measures = context.catalogue.measures
    codes = {code for code, measure in measures.items() if measure.key == TOTAL_AREA}
    telling = [
        action
        for action in record.actions.actions
        if any(value.measure in codes for one in action.statements for value in one.values)
    ]
    whole = find_whole(record.city, judge(telling, context.catalogue, context.day))
    return whole and whole.area
