"""Finds cities by their names and by the names of their countries and regions."""

from functools import lru_cache

from django.db.models import Q
from django.utils.translation import get_language
from django_countries import countries

from catalogue.folding import search_words

from .models import Country, PublicCity

FEW_PLACES = 500
"""Cities whose keys the database compares faster than it finds them a second time."""


def find_cities(cities, typed, by_country=None):
    """Those of `cities` that have each word in their names, or as the beginning of one in those of
    their country or region. `by_country`: as `words_of_countries` gives it, if it is known.
    """
    words = search_words(typed)
    by_country = by_country or (list(words_of_countries()) if words else ())
    for word in words:
        named = [pk for pk, names in by_country if any(name.startswith(word) for name in names)]
        cities = cities.filter(Q(search_text__contains=word) | Q(country__in=named))
    return cities


def find_summaries(cities, terms, by_country):
    """Those of these `PublicCity`s whose summaries have the `terms`; of several, some may stand in
    their names or in those of their country or region. `by_country`: as `words_of_countries` gives
    it.
    """
    lines = lines_of(by_country)
    for term in terms:
        named = [pk for pk, line in lines if term.is_in_plain(line)]
        place = Q(search_text__contains=term.word) | Q(country__in=named)
        cities = cities.filter(term.condition("summary_words") | place)
    return cities


def places_with(terms, by_country):
    """Term → the keys of the listed cities that it names, by a name of theirs or of their country
    or region; as a query where they are more than `FEW_PLACES`.

    A term that names none is left out. `by_country`: as `words_of_countries` gives it.
    """
    lines = lines_of(by_country)
    named = {}
    for term in terms:
        countries = [pk for pk, line in lines if term.is_in_plain(line)]
        cities = PublicCity.objects.listed().order_by()
        found = cities.filter(term.plain_condition("search_text") | Q(country__in=countries))
        keys = found.values_list("pk", flat=True)
        if few := list(keys[: FEW_PLACES + 1]):
            named[term] = few if len(few) <= FEW_PLACES else keys
    return named


def find_countries(terms, by_country):
    """The keys of the countries whose names, or that of their region, have all `terms`."""
    lines = lines_of(by_country)
    return [pk for pk, line in lines if all(term.is_in_plain(line) for term in terms)]


def lines_of(by_country):
    return [(pk, f" {' '.join(words)} ") for pk, words in by_country]


def words_of_countries():
    """(primary key of a country, the words of its names and of its region's); one query.

    Its names: in English, in the languages of its translations, and in that of the reader.
    """
    language = get_language()
    columns = "pk", "code", "name", "translations", "region__name", "region__translations"
    for pk, code, name, translations, *region in Country.objects.order_by().values_list(*columns):
        names = names_in(name, translations)
        if region[0] is not None:
            names += names_in(*region)
        yield pk, words_of_country(code, names, language)


@lru_cache(maxsize=2048)
def words_of_country(code, names, language):
    """There are some 250, and each search asks for all of them. `language`: the active one."""
    return search_words(" ".join((*names, countries.name(code))))


def names_in(name, translations):
    return (name, *(texts.get("name", "") for texts in translations.values()))
