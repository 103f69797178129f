"""How plausible the letters of a text are in an encoding, by the alphabets of languages."""

import re
from itertools import pairwise

WESTERN = (
    "äöüßÄÖÜ",
    "éèêëàâçùûüôîïœæÉÈÊÀÂÇÔÎŒ",
    "áéíóúñüÁÉÍÓÚÑ¿¡ºª",
    "ãõáàâéêíóôúüçÃÕÁÀÂÉÊÍÓÔÚÇºª",
    "æøåÆØÅéöäÄÖ",
    "àèéìíòóùÀÈÉÌÒÙ",
    "ðþáéíóúýæöÐÞÁÉÍÓÚÝÆÖ",
)
CENTRAL = (
    "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽäľĺôŕĽÔ",
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",
    "ăâîşţĂÂÎŞŢ",
    "čćđšžČĆĐŠŽ",
)
CYRILLIC = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁ№",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ№",
    "абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ",
)
ALPHABETS = {
    "cp1252": WESTERN,
    "mac_roman": WESTERN,
    "cp1250": CENTRAL,
    "iso8859_2": CENTRAL,
    "cp1251": CYRILLIC,
}
"""Encoding → the letters beyond ASCII of languages that are written in it."""

ALONE = frozenset("àÀéèóÓáâôõyœ")
"""Letters that are a word."""

BETWEEN_LETTERS = frozenset("’‘'·­-–")
SIGNS = frozenset("–—‘’“”„«»‹›…•€£§°²³½¼¾±×µ©®™·\xa0\xad†‰´")
"""Signs that stand in texts of all languages."""

OTHER_LANGUAGE, RARE = 0.5, 0.1
BEYOND_ASCII = re.compile(r"(?=(.?)([^\x00-\x7f])(.?))", re.DOTALL)
KANA = range(0x3041, 0x30FF)
WIDE_SIGNS = "　、。，；：？！（）「」『』【】《》〈〉・ー～〜…—“”‘’％＋－／"


def plausibility(sample, encoding):
    """From 0 to 1: how well `sample` reads in this encoding. Bytes that it has not count as 0."""
    text = sample.decode(encoding, "replace")
    if encoding == "gb18030":
        return share(text, weight_in_chinese)
    if encoding == "cp932":
        return share(text, weight_in_japanese)
    return max(fit(text, letters, ALPHABETS[encoding]) for letters in ALPHABETS[encoding])


def share(text, weight):
    """The mean weight of the letters beyond ASCII. Beside Latin letters they weigh less."""
    total = count = 0
    for before, letter, after in BEYOND_ASCII.findall(text):
        count += 1
        is_beside_latin = (before + after).isascii() and (before.isalpha() or after.isalpha())
        total += weight(letter) * (OTHER_LANGUAGE if is_beside_latin else 1)
    return total / count if count else 0


def weight_in_chinese(letter):
    if letter in WIDE_SIGNS or "！" <= letter <= "～":
        return 1
    try:
        first, _second = letter.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return RARE
    return 1 if 0xB0 <= first <= 0xD7 else OTHER_LANGUAGE


def weight_in_japanese(letter):
    if ord(letter) in KANA or letter in WIDE_SIGNS or "！" <= letter <= "～":
        return 1
    try:
        code = letter.encode("cp932")
    except UnicodeEncodeError:
        return 0
    if len(code) == 1:
        return RARE
    return 1 if 0x88 <= code[0] <= 0x97 else OTHER_LANGUAGE


def fit(text, letters, alphabets):
    """The mean weight of the letters beyond ASCII, if the text is mostly in one language."""
    others = set("".join(alphabets)) - set(letters)
    total = count = 0
    for before, letter, after in BEYOND_ASCII.findall(text):
        count += 1
        if letter in SIGNS:
            total += weight_of_sign(before, letter, after)
        elif letter in letters:
            total += weight_in_word(before, letter, after)
        elif letter in others:
            total += OTHER_LANGUAGE * weight_in_word(before, letter, after)
    return total / count if count else 0


def weight_of_sign(before, letter, after):
    """Signs stand beside a blank, a digit or another sign; only an apostrophe between letters."""
    if before.isalpha() and after.isalpha():
        return 1 if letter in BETWEEN_LETTERS else 0
    return 1


def weight_in_word(before, letter, after):
    if not before.isalpha() and not after.isalpha():
        return 1 if letter in ALONE or not letter.isalpha() else RARE
    if scripts_differ(before, letter, after):
        return 0
    return 1


def scripts_differ(*letters):
    """Whether Cyrillic and Latin letters stand beside each other."""
    are_cyrillic = [letter >= "Ѐ" for letter in letters if letter.isalpha()]
    return any(one != other for one, other in pairwise(are_cyrillic))
