"""What of the name of a city is its name: “City of Melbourne, Australia” is Melbourne."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django_countries.data import ALT_CODES, COUNTRIES

from catalogue.folding import search_words
from profiles.country_names import countries_named

BEFORE = (
    *("city of", "city and county of", "town of", "municipality of", "district of", "county of"),
    *("metropolitan city of", "metropolitan municipality of", "local government of", "city"),
    *("government of", "city government of", "corporation of", "commune of", "ville de"),
    *("commune de", "mairie de", "la mairie de", "municipalite de", "ciudad de", "municipio de"),
    *("municipio del", "municipalidad", "municipalidad de", "municipalidad provincial de"),
    *("municipalidad distrital de", "gobierno municipal de", "gobierno autonomo municipal de"),
    *("ayuntamiento de", "ajuntament de", "alcaldia de", "alcaldia distrital de", "comuna de"),
    *("intendencia de", "prefeitura", "prefeitura de", "prefeitura do", "prefeitura da"),
    *("prefeitura municipal de", "prefeitura municipal do", "prefeitura municipal da"),
    *("prefeitura do municipio de", "cidade de", "camara municipal de", "comune di", "citta di"),
    *("citta metropolitana di", "stadt", "gemeinde", "landeshauptstadt", "hansestadt"),
    *("gemeente", "kommune", "miasto", "gmina", "orasul", "municipiul", "kota", "kabupaten"),
    *("thanh pho", "tp", "город", "г", "городской округ", "мэрия", "місто", "مدينه", "بلديه"),
    "lungsod ng",
)
BEHIND = (
    *("city", "municipality", "city municipality", "metropolitan municipality", "county"),
    *("local municipality", "district municipality", "regional municipality", "council"),
    *("city council", "town council", "municipal council", "borough", "borough council"),
    *("city corporation", "municipal corporation", "metropolitan city", "district", "kommun"),
    *("metropolitan area", "metropolitan assembly", "municipal assembly", "government"),
    *("city government", "municipal government", "metropolitan government", "stad"),
    *("municipal peoples government", "city administration", "kommune", "kaupunki", "si"),
    *("shi", "gun", "belediyesi", "buyuksehir belediyesi", "nagar nigam"),
)
"""Folded, as `search_words` gives them: what people write before and behind the names of cities."""

GLUED = ("เทศบาลนคร", "เทศบาลเมอง", "เทศบาลตาบล")
"""The same before names without a blank."""

BEFORE_FIRST = tuple(sorted((*(f"{word} " for word in BEFORE), *GLUED), key=len, reverse=True))
BEHIND_FIRST = tuple(sorted((f" {word}" for word in BEHIND), key=len, reverse=True))
"""The longest first."""

ENDS = "市县縣区區町村郡시군구"
"""Signs for city, county and district at the end of names without blanks."""

WITHIN = re.compile(
    r"(.{2,}?(?:省|自治区|自治區|特别市|광역시|特別市|都|府|県|市))(.{2,}[市县縣区區町村郡])"
)
"""A city behind the province that it lies in."""

PARTS = re.compile(r"\s*[,，、;(（\[/]\s*|\s+[-–—|]\s+")  # noqa: RUF001 (signs that people put)
ELIDED = re.compile(r"\b(ville|commune|mairie) d['’]", re.IGNORECASE)  # noqa: RUF001 (as above)
SAINT = re.compile(r"\bst\b")
NO_COUNTRIES = {"georgia", "el"}
"""Folded words for countries that are more often something else behind the name of a city: a
state, or the article of a Spanish or Catalan name, as in “Campello, el”."""

NUMBERS = {number: code for code, (_letters, number, *_rest) in ALT_CODES.items()}
THREE_LETTERS = {letters: code for code, (letters, *_rest) in ALT_CODES.items()}
DIGITS, LETTERS = 3, 2
LONGEST = 300
"""Letters of a cell that are looked at."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """`whole`: the folded name; `named`: without what stands behind it and words for a city before
    it; `bare`: without such words behind it too.

    `behind`: the folded words behind the name, such as a state. `country`: the two letters of the
    country behind it, or "". `shown`: the name as it stands there, without that country.
    """

    whole: str
    named: str
    bare: str
    behind: str = ""
    country: str = ""
    shown: str = ""


@lru_cache(maxsize=16_384)
def read_name(written):
    """The `PlaceName` in a text."""
    written = " ".join(written[:LONGEST].split())
    parts = [part.strip(" )）]") for part in PARTS.split(written)]  # noqa: RUF001 (as above)
    parts = [part for part in parts if search_words(part)]
    whole = joined(written)
    if not parts:
        return PlaceName(whole, whole, whole, shown=written.strip())
    first, *rest = parts
    is_plain = rest and all(map(country_in, rest))
    shown = first if is_plain else written.strip()
    while within := WITHIN.fullmatch(unicodedata.normalize("NFKC", first)):
        rest, first = [within[1], *rest], within[2]
    countries = [code for code in map(country_in, rest) if code]
    behind = " ".join(joined(part) for part in rest if not country_in(part))
    country = countries[-1] if countries else ""
    named = without_before(first)
    return PlaceName(whole, named, without_behind(named), behind, country, shown)


def joined(text):
    words = " ".join(search_words(ELIDED.sub(r"\1 de ", text) if " d" in text else text))
    return SAINT.sub("saint", words) if "st" in words else words


def without_before(name):
    """The folded `name` without words for a city before it."""
    words = joined(name).removeprefix("the ")
    return without(words, BEFORE_FIRST, str.startswith, str.removeprefix)


def without_behind(words):
    """A folded name without words for a city behind it."""
    words = without(words, BEHIND_FIRST, str.endswith, str.removesuffix)
    return words[:-1] if len(words) > LETTERS and words[-1] in ENDS else words


def without(words, affixes, has, remove):
    """`words` without the first of these that they have, unless nothing else is left."""
    if not has(words, affixes):
        return words
    found = (one for one in affixes if len(words) > len(one) and has(words, one))
    return remove(words, next(found, ""))


def country_in(text):
    """The two letters of the one country that stands behind the name of a city; "" if none."""
    codes = countries_named(text)
    return next(iter(codes)) if len(codes) == 1 and joined(text) not in NO_COUNTRIES else ""


def is_number_of_country(digits):
    """Whether these are the three digits of a country, with or without zeros before them."""
    return len(digits) <= DIGITS and int(digits) in NUMBERS


@lru_cache(maxsize=4096)
def countries_in(written):
    """The codes of the countries that a cell may mean: by a code of two or three letters or three
    digits, a name, or several of them, as in “FR – France”."""
    word = " ".join(written[:LONGEST].split())
    if len(word) == LETTERS and word.upper() in COUNTRIES:
        return frozenset({word.upper()})
    if word.isdecimal() and is_number_of_country(word):
        return frozenset({NUMBERS[int(word)]})
    if word.upper() in THREE_LETTERS:
        return frozenset({THREE_LETTERS[word.upper()]})
    if found := countries_named(word):
        return found
    parts = [part.strip(" )）]") for part in PARTS.split(word)]  # noqa: RUF001 (as above)
    found = [countries_in(part) for part in parts if part and part != word]
    known = [codes for codes in found if codes]
    return frozenset.intersection(*known) if known else frozenset()
