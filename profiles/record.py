"""What profile records are made of, and the part that tells of the city itself.

A record holds what a city states about itself, as frozen structs: no sentence of the document, no
name of the catalogue, nothing that platform staff decide. Each app with rows of cities has its part
in `record.py`: the structs, and `collect(cities)`, which asks the same number of queries for one
city and for two hundred.
"""

from decimal import Decimal

import msgspec

from catalogue.atoms import Text
from catalogue.translated import OFFICIAL_LANGUAGE

Texts = dict[str, str]
"""A text in one or more languages: language tag → text. Empty where nothing was written."""


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the structs.

    Empty fields are left out of the JSON, so that a field which is added later changes no stored
    record. The only defaults are None, 0, False and what is empty: msgspec leaves out any other
    default where it is the same object, not where it is equal.
    """


class CityRecord(Record):
    """Chapter 1. `language` is the language of the city's texts, `country` an ISO 3166-1 code.

    `second_summary` says the same as `summary` in the second language of the city.
    """

    slug: str
    name: Texts
    country: str
    language: str
    local_name: Texts = {}
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    population: int | None = None
    population_year: int | None = None
    area_km2: Decimal | None = None
    summary: Texts = {}
    second_summary: Texts = {}
    about: Texts = {}
    head_name: str = ""
    head_title: str = ""
    head_statement: Texts = {}
    website: str = ""


def in_language(text, language):
    """`text` as `Texts`."""
    return {language: text} if text else {}


def text_of(texts):
    """The one text of `Texts` as a `Text`; None where nothing was written."""
    for language, text in texts.items():
        return Text(text, language)
    return None


def summaries_of(row):
    """The summaries of a `CityRecord` or an `ActionRecord` as `Text`s: none, one or two."""
    return tuple(filter(None, (text_of(row.summary), text_of(row.second_summary))))


def words_of(texts):
    """The one text of `Texts` without its language; "" where nothing was written."""
    return next(iter(texts.values()), "")


def exact(number):
    """A Decimal without trailing zeros and exponent, so that both databases give the same JSON."""
    return None if number is None else Decimal(f"{number.normalize():f}")


def as_stored(number, field):
    """`number` with all decimal places of the model's `field`, as the JSON of a profile has it."""
    return None if number is None else Decimal(f"{number:.{field.decimal_places}f}")


def collect(cities):
    """City id → `CityRecord`. No query, if the countries of `cities` are loaded."""
    return {city.pk: _city(city) for city in cities}


def _city(city):
    language = city.content_language
    return CityRecord(
        slug=city.slug,
        name=in_language(city.name, OFFICIAL_LANGUAGE),
        country=city.country.code,
        language=language,
        local_name=in_language(city.local_name, language),
        latitude=exact(city.latitude),
        longitude=exact(city.longitude),
        population=city.population,
        population_year=city.population_year,
        area_km2=exact(city.area_km2),
        summary=in_language(city.summary, language),
        second_summary=in_language(city.second_summary, city.second_language),
        about=in_language(city.about, language),
        head_name=city.head_name,
        head_title=city.head_title,
        head_statement=in_language(city.head_statement, language),
        website=city.website,
    )
