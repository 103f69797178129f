"""Finds cities by their names and by the names of their countries and regions."""

from functools import lru_cache

from django.db.models import Q
from django.utils.translation import get_language
from django_countries import countries

from catalogue.folding import search_words

from .models import Country, PublicCity, Region

FEW_PLACES = 500
"""Cities whose keys the database compares faster than it finds them a second time."""


def find_cities(cities, typed):
    """Those of `cities` that have each word in their names, or as the beginning of one in those of
    their country or region.
    """
    words = search_words(typed)
    countries_by_word = list(words_of_countries()) if words else ()
    for word in words:
        named = [
            pk for pk, names in countries_by_word if any(name.startswith(word) for name in names)
        ]
        cities = cities.filter(Q(search_text__contains=word) | Q(country__in=named))
    return cities


def places_with(terms):
    """Term → the keys of the listed cities that it names, by a name of theirs or of their country
    or region; as a query where they are more than `FEW_PLACES`.

    A term that names none is left out.
    """
    lines = [(pk, f" {' '.join(words)} ") for pk, words in words_of_countries()]
    named = {}
    for term in terms:
        countries = [pk for pk, line in lines if any(p in line for p in term.plain_patterns)]
        cities = PublicCity.objects.listed().order_by()
        found = cities.filter(term.plain_condition("search_text") | Q(country__in=countries))
        keys = found.values_list("pk", flat=True)
        if few := list(keys[: FEW_PLACES + 1]):
            named[term] = few if len(few) <= FEW_PLACES else keys
    return named


def words_of_countries():
    """(primary key of a country, the words of its names and of its region's); two queries.

    Its names: in English, in the languages of its translations, and in that of the reader.
    """
    rows = Region.objects.order_by().values_list("pk", "name", "translations")
    regions = {pk: names_in(name, translations) for pk, name, translations in rows}
    language = get_language()
    rows = Country.objects.order_by().values_list("pk", "code", "name", "translations", "region")
    for pk, code, name, translations, region in rows:
        names = (*names_in(name, translations), *regions.get(region, ()))
        yield pk, words_of_country(code, names, language)


@lru_cache(maxsize=2048)
def words_of_country(code, names, language):
    """There are some 250, and each search asks for all of them. `language`: the active one."""
    return search_words(" ".join((*names, countries.name(code))))


def names_in(name, translations):
    return name, *(texts.get("name", "") for texts in translations.values())
