"""Differences between what two records say of the city itself, in words."""

from django.utils.text import capfirst
from django_countries import countries

from catalogue.atoms import Figure, Text
from catalogue.languages import language_label

from .comparison import Spot, Wording, compare, year_of
from .models import City
from .record import CityRecord
from .writing_systems import language_of

CHAPTER = "overview"


def _country(city, comparison):
    return comparison.own(countries.name(city.country) or city.country)


def _area(city, comparison):
    if city.area_km2 is None:
        return None
    return comparison.texts("overview.area.value", area=Figure.of(city.area_km2))


def _location(city, comparison):
    if city.latitude is None or city.longitude is None:
        return None
    gaps = {"latitude": Figure.of(city.latitude), "longitude": Figure.of(city.longitude)}
    return comparison.texts("overview.location.value", **gaps)


def _name_of_head(name):
    def words(city, comparison):
        own = getattr(city, name)
        return Text(own, language_of(own, city.language)) if own else None

    return words


WORDING = Wording(
    CityRecord,
    City,
    names={"language": City._meta.get_field("content_language").verbose_name},
    labels={
        "about": "overview.about",
        "head_statement": "overview.head.statement",
        "population": "overview.population",
        "area_km2": "overview.area",
        "country": "overview.country",
        "latitude": "overview.location",
        "website": "overview.website",
    },
    words={
        "population_year": year_of("population_year"),
        "area_km2": _area,
        "country": _country,
        "latitude": _location,
        "head_name": _name_of_head("head_name"),
        "head_title": _name_of_head("head_title"),
        "language": lambda city, comparison: comparison.own(language_label(city.language)),
    },
    together={"latitude": ("longitude",)},
    first=(
        *("name", "local_name", "language", "summary", "second_summary", "about"),
        "head_statement",
        *("population", "population_year", "area_km2", "country", "latitude", "longitude"),
        *("head_name", "head_title", "website", "slug"),
    ),
)


def counts(city, comparison):
    """(path, label, names of its fields that are not empty) of a `CityRecord`."""
    own = [name for name in WORDING.fields if WORDING.text(city, name, comparison)]
    labels = [capfirst(str(WORDING.label(name, comparison.texts))) for name in own]
    yield "city", comparison.texts("overview.title"), ", ".join(labels)


def differences(before, after, comparison):
    """The differences between two `CityRecord`s."""
    if before == after:
        return []
    return compare(before, after, WORDING, Spot("city", CHAPTER), comparison)
