"""Whether a header names a figure of a whole city, or of a part of it, as “Green area”."""

import re

from ..numbers.of_fields import ALONE, takes_unit
from ..numbers.unit_words import known_unit, says_share, unit_in_header
from .synonyms import BRACKETS, LINKS, YEAR, words_of

OF_ALL = frozenset(
    (
        *("total", "totals", "overall", "whole", "entire", "all", "city", "cities", "town"),
        *("municipal", "municipality", "resident", "residents", "census", "estimate", "latest"),
        *("estimated", "estimates", "current", "official", "registered", "administrative", "land"),
        *("size", "number", "figure", "year", "surface", "data", "value", "est", "approx"),
        *("totale", "totales", "totaux", "ville", "commune", "communale", "municipale", "legale"),
        *("estimee", "recensee", "residente", "residentes", "estimada", "censada", "ciudad"),
        *("municipio", "cidade", "concelho", "comune", "comunale", "citta", "estimado", "ano"),
        *("gesamt", "gesamte", "insgesamt", "stadt", "gemeinde", "amtliche", "geschatzt", "stand"),
        *("totaal", "gemeente", "ogolem", "ogolna", "miasta", "gminy", "toplam", "kota", "jumlah"),
        *("totalt", "kommun", "kommunen", "kommune", "kommunens", "celkem", "celkova"),
        *("общая", "общии", "всего", "численность", "постоянное", "города", "город"),
        *("总", "總", "常住", "户籍", "全市", "全县", "城市", "行政区域", "行政区", "土地", "市域"),
        *("年", "年末", "年底", "総", "総数", "総計", "市", "전체", "총", "도시"),
    )
)
"""Words, as `words_of` gives them, that leave a figure that of all of the city."""

DAY = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4}|\d{4}[-./]\d{1,2}[-./]\d{1,2}")
AGES = re.compile(r"(?<!\d)\d{1,3}\s?(?:[-–]\s?\d{1,3}(?!\d)|\+)")  # noqa: RUF001 (the dash of ranges)
"""Such as 15-64 and 65+."""


def is_narrowed(code, header, word):
    """Whether the header of a column for a field of `ALONE` says more than `word`, by which it was
    found, and units, years, or words for all of the city."""
    if code not in ALONE:
        return False
    if says_share(header) or not takes_unit(code, unit_in_header(header)[0]):
        return True
    if AGES.search(YEAR.sub(" ", DAY.sub(" ", header))):
        return True
    text = " ".join(words_of(BRACKETS.sub(" ", header)))
    rest = text.replace(" ".join(words_of(BRACKETS.sub(" ", word))), " ", 1)
    return not all(map(says_nothing, rest.split()))


def says_nothing(word):
    return word.isdecimal() or word in LINKS or word in OF_ALL or known_unit(word) is not None
