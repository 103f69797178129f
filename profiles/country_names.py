"""Finds countries by the names and codes that people use besides those of the catalogue."""

import gettext
import re
import unicodedata
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

import django_countries
from django.utils import translation
from django_countries.base import CountriesBase
from django_countries.data import ALT_CODES, COUNTRIES

OTHER_NAMES = {
    "AE": ("UAE", "Emirates"),
    "AG": ("Antigua",),
    "BA": ("Bosnia", "Bosnia-Herzegovina"),
    "BN": ("Brunei Darussalam", "Negara Brunei Darussalam"),
    "BO": ("Plurinational State of Bolivia",),
    "CD": (
        "DR Congo",
        "D.R. Congo",
        "DRC",
        "Dem. Rep. Congo",
        "Congo DR",
        "Congo-Kinshasa",
        "Zaire",
    ),
    "CF": ("CAR", "Central African Rep."),
    "CG": ("Republic of the Congo", "Congo-Brazzaville", "Rep. of Congo"),
    "CI": ("Ivory Coast",),
    "CN": ("People's Republic of China", "PR China", "PRC", "Mainland China"),
    "CV": ("Cape Verde", "Cape Verde Islands"),
    "CZ": ("Czech Republic", "Czech Rep."),
    "DE": ("Federal Republic of Germany",),
    "EG": ("Arab Republic of Egypt",),
    "FK": ("Falkland Islands", "Malvinas"),
    "FM": ("Federated States of Micronesia",),
    "GB": (
        *(
            "UK",
            "U.K.",
            "Great Britain",
            "Great Britain (UK)",
            "Britain",
            "England",
            "Scotland",
            "Wales",
        ),
        *("Northern Ireland", "United Kingdom of Great Britain and Northern Ireland"),
    ),
    "GM": ("The Gambia",),
    "GR": ("EL", "Hellas", "Hellenic Republic"),
    "HK": ("Hong Kong SAR", "Hong Kong, China", "China, Hong Kong SAR"),
    "IE": ("Republic of Ireland", "Eire"),
    "IR": ("Islamic Republic of Iran", "Persia"),
    "KG": ("Kyrgyz Republic", "Kirghizia"),
    "KP": ("DPRK", "Democratic People's Republic of Korea"),
    "KR": ("Republic of Korea", "ROK"),
    "LA": ("Lao", "Lao PDR", "Lao People's Democratic Republic"),
    "LK": ("Ceylon",),
    "LY": ("Libyan Arab Jamahiriya",),
    "MD": ("Republic of Moldova",),
    "MK": ("Macedonia", "FYROM", "Republic of North Macedonia"),
    "MM": ("Burma", "Myanmar (Burma)", "Union of Myanmar"),
    "MO": ("Macau", "Macao SAR", "China, Macao SAR"),
    "NL": ("Holland",),
    "NR": ("Nauru",),
    "PS": ("State of Palestine", "Palestinian Territories", "Occupied Palestinian Territory"),
    "RU": ("Russian Federation",),
    "SH": ("Saint Helena, Ascension and Tristan da Cunha",),
    "SK": ("Slovak Republic",),
    "ST": ("Sao Tome", "São Tomé"),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey", "Republic of Turkey"),
    "TT": ("Trinidad",),
    "TW": ("Taiwan, Province of China", "Chinese Taipei"),
    "TZ": ("United Republic of Tanzania",),
    "US": ("USA", "U.S.A.", "U.S.", "United States", "America", "States"),
    "VA": ("Holy See", "Vatican"),
    "VC": ("Saint Vincent",),
    "VE": ("Bolivarian Republic of Venezuela",),
    "VN": ("Viet Nam", "Socialist Republic of Vietnam"),
    "ZA": ("RSA", "Republic of South Africa"),
}
"""Names in English that neither ISO 3166 nor the library knows, and former ones."""

AMBIGUOUS = {
    "Congo": ("CG", "CD"),
    "Korea": ("KR", "KP"),
    "Republic of China": ("CN", "TW"),
    "Saint Martin": ("MF", "SX"),
    "Virgin Islands": ("VG", "VI"),
}
"""Names of several countries. They are asked about, even where one is the catalogue's own."""

MARKS = re.compile("[\u0300-\u036f]")
"""Diacritics of Latin, Greek and Cyrillic letters. In other scripts, marks are letters."""

FORMS_OF_STATE = {
    *("republic", "kingdom", "state", "commonwealth", "sultanate", "principality", "union"),
    *("federal", "democratic", "peoples", "socialist", "islamic", "arab", "plurinational"),
}
LEFT_OUT = {"the", "of", "and"}
SHORT_FORMS = {"st": "saint", "rep": "republic", "dem": "democratic", "is": "islands"}
CLOSE = 0.84
SHORTEST_MISSPELT = 4


@lru_cache(maxsize=4096)
def countries_named(written):
    """The codes of the countries that `written` may be: by a name in any language of the library,
    in any order of its words, by an official long name, or by the code of three letters."""
    key = key_of(written)
    shorter = tuple(word for word in key if word not in FORMS_OF_STATE)
    return index().get(key) or index().get(shorter) or frozenset()


def close_name(written, names):
    """The one of `names` that `written` misspells; None where none is close to it."""
    by_key = {}
    for name in names:
        by_key.setdefault(" ".join(key_of(name)), name)
    word = " ".join(key_of(written))
    if len(word) < SHORTEST_MISSPELT:
        return None
    near = get_close_matches(word, by_key, n=2, cutoff=CLOSE)
    return by_key[near[0]] if near else None


def key_of(name):
    """The words of a name, sorted: “Korea, Republic of” is “The Republic of Korea”."""
    plain = re.sub(r"[’'ʼ`]", "", str(name).casefold())
    bare = MARKS.sub("", unicodedata.normalize("NFKD", plain))
    joined = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", bare)
    words = "".join(letter if is_of_word(letter) else " " for letter in joined).split()
    return tuple(sorted(SHORT_FORMS.get(word, word) for word in words if word not in LEFT_OUT))


def is_of_word(letter):
    return unicodedata.category(letter)[0] in "LMN"


@cache
def index():
    """Key of a name → the codes that it may mean. English names go before those elsewhere."""
    # Without a language, the library's names are the words of its source.
    with translation.override(None):
        official = [(code, str(name)) for code, name in COUNTRIES.items()]
        common = [(code, str(name)) for code, name in CountriesBase.COMMON_NAMES.items()]
        former = [(c, str(n)) for c, names in CountriesBase.OLD_NAMES.items() for n in names]
    other = [(code, name) for code, names in OTHER_NAMES.items() for name in names]
    english = [*official, *common, *former, *other, *without_brackets(official)]
    english += [(code, ALT_CODES[code][0]) for code, _name in official]
    found = by_key(names_elsewhere(official + common + former)) | by_key(english)
    found |= {key_of(name): frozenset(codes) for name, codes in AMBIGUOUS.items()}
    return {key: codes for key, codes in found.items() if key}


def by_key(pairs):
    found = {}
    for code, name in pairs:
        found.setdefault(key_of(name), set()).add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def without_brackets(pairs):
    """“Bolivia” of “Bolivia (Plurinational State of)”, where no other country has this name."""
    several = {code for codes in AMBIGUOUS.values() for code in codes}
    for code, name in pairs:
        if "(" in name and code not in several:
            yield code, name.partition("(")[0]


def names_elsewhere(pairs):
    """The names in all languages that the library has, straight from its files."""
    folder = Path(django_countries.__file__).parent / "locale"
    for path in sorted(folder.glob("*/LC_MESSAGES/django.mo")):
        with path.open("rb") as file:
            words = gettext.GNUTranslations(file)
        yield from ((code, words.gettext(name)) for code, name in pairs)
