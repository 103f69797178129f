"""What may stand between a number and its unit: multipliers (8万, 5 lakh) and words of precision.

A multiplier of letters, such as 万, may touch the unit; one that is a word stands apart from it.
"""

import re
import unicodedata
from dataclasses import dataclass

LETTERS = {
    **{"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8},
    **{"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8},
    **{"พัน": 1000, "หมื่น": 10**4, "แสน": 10**5, "ล้าน": 10**6},
}
"""Multipliers of East Asia. They may follow one another: 百万 is a hundred times ten thousand."""

WORDS = {
    1000: "thousand thousands tsd tausend тыс тысяч हज़ार ألف nghìn ngàn ribu",
    10**5: "lakh lakhs lac लाख",
    10**6: (
        "million millions millionen mio mln millón millones milhão milhões milioni миллион "
        "миллиона миллионов млн مليون triệu juta"
    ),
    10**7: "crore crores करोड़",
    10**9: "milliard milliards milliarden mrd миллиардов млрд مليار tỷ miliar",
}

TIMES = {
    unicodedata.normalize("NFKC", word): times
    for times, words in WORDS.items()
    for word in words.split()
}

NOT_ONE_NUMBER = frozenset("billion billions billones billón bilhão bilhões mil trillion".split())
"""Another number from one language or country to the next; “mil” is a thousand or a million."""

LETTER = re.compile(
    # 千米 is a kilometre, 千克 a kilogram, 千瓦 a kilowatt: no multiplier.
    "(?:(?!千[米克瓦])(?:" + "|".join(LETTERS) + "))+"
)
WORD = re.compile(r"([^\s\d.]+)\.?(?: d'| (?:de |of )?|$)")
MORE = re.compile("余|餘|多|여|กว่า")
AFTER = {
    "about": ("左右", "上下", "程度", "정도"),
    "more-than": ("余", "餘", "多", "से अधिक"),
}
NOT_KEPT = ("以上", "以下", "以内", "이상", "이하", "ขึ้นไป")
"""At least, at most: the number itself is included."""


@dataclass(frozen=True, slots=True)
class Tail:
    """`precisions`: the words of precision, as they follow; `not_kept` one that has none."""

    times: int = 1
    precisions: tuple = ()
    unit: str = ""
    not_kept: str = ""
    is_of_letters: bool = False
    """The multiplier is one of `LETTERS`: with those a point is always a decimal point."""


def parted(text):
    """The text behind a number in its parts, as `Tail`; what is left of it is the unit."""
    precisions = []
    text = without_more(text.strip(), precisions)
    times, left = multiplier(text)
    is_of_letters = times > 1 and LETTER.match(text) is not None
    left = without_more(left.strip(), precisions)
    for precision, words in AFTER.items():
        for word in words:
            if left.endswith(word):
                precisions.append(precision)
                left = left.removesuffix(word).strip()
    not_kept = next((word for word in NOT_KEPT if left.endswith(word)), "")
    return Tail(times, tuple(precisions), left, not_kept, is_of_letters)


def without_more(text, precisions):
    """The text without a “more than” at its beginning, which is added to `precisions`."""
    if found := MORE.match(text):
        precisions.append("more-than")
        return text[found.end() :].lstrip()
    return text


def unclear_multiplier(text):
    """The word at the beginning of a text that multiplies, but by what nobody can tell; or ""."""
    found = WORD.match(text)
    return found[1] if found and found[1].lower() in NOT_ONE_NUMBER else ""


def multiplier(text):
    """(times, the text behind the multiplier at the beginning of a text)."""
    if found := LETTER.match(text):
        times = 1
        for letter in re.findall("|".join(LETTERS), found[0]):
            times *= LETTERS[letter]
        return times, text[found.end() :]
    if (found := WORD.match(text)) and (times := TIMES.get(found[1].lower())):
        return times, text[found.end() :]
    return 1, text
