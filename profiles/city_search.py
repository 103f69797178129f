"""Finds cities by their names and by the names of their countries and regions."""

from django.db.models import Q
from django_countries import countries

from catalogue.folding import search_words

from .models import Country


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


def words_of_countries():
    """(primary key of a country, the words of its names and of its region's); one query.

    Its names: in English, in the languages of its translations, and in that of the reader.
    """
    rows = Country.objects.select_related("region").only(
        "code", "name", "translations", "region__name", "region__translations"
    )
    for country in rows:
        names = [*names_of(country), countries.name(country.code)]
        if country.region is not None:
            names += names_of(country.region)
        yield country.pk, search_words(" ".join(names))


def names_of(row):
    return [row.name, *(texts.get("name", "") for texts in row.translations.values())]
