"""The language in which the cities of a country write, where nearly all of them write one.

After the official languages of the countries; those with several, or with regions that have others
beside them, are left out, so that nobody's language is guessed wrong.
"""

COUNTRIES = {
    "ar": "AE BH EG JO KW OM QA SA SY YE",
    "az": "AZ",
    "bg": "BG",
    "bn": "BD",
    "cs": "CZ",
    "da": "DK",
    "de": "AT DE LI",
    "el": "GR",
    "en": "AG AU BB BS GB GD GH GM GY JM KN LC LR NG SL TT US VC ZM",
    "es": "AR CL CO CR CU DO EC GT HN MX NI PA PE SV UY VE",
    "et": "EE",
    "fa": "IR",
    "fr": "BJ CD CG CI FR GA GN MC SN TG",
    "hr": "HR",
    "hu": "HU",
    "hy": "AM",
    "id": "ID",
    "is": "IS",
    "it": "IT SM",
    "ja": "JP",
    "ka": "GE",
    "km": "KH",
    "ko": "KP KR",
    "lo": "LA",
    "lt": "LT",
    "lv": "LV",
    "mn": "MN",
    "my": "MM",
    "nb": "NO",
    "ne": "NP",
    "nl": "NL SR",
    "pl": "PL",
    "pt": "AO BR CV GW MZ PT ST",
    "ro": "MD RO",
    "ru": "RU",
    "sk": "SK",
    "sl": "SI",
    "sq": "AL",
    "sv": "SE",
    "th": "TH",
    "tr": "TR",
    "uk": "UA",
    "vi": "VN",
    "zh-Hans": "CN",
    "zh-Hant": "TW",
}
"""Tag → the countries, two letters each."""

LANGUAGES = {country: tag for tag, some in COUNTRIES.items() for country in some.split()}


def language_of(country):
    """The tag of the language of a country; "" where it has several, or is not known."""
    return LANGUAGES.get(country, "")
