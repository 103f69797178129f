"""How searches compare words: without case, accents and the many ways to write one letter.

What a person sees of a letter decides, not its language: Łódź is found by “lodz”, الرِّياض by
“الرياض”, Al-Waha by “alwaha”.
"""

import re
import unicodedata
from itertools import pairwise

DROPPED_KINDS = {"Cf", "Pd", "Pi", "Pf"}
"""General categories of what is left out: invisible marks, dashes, quotation marks."""

DROPPED = {
    *"'\"`´′″‴‚„",
    *"·‧・•",  # as in col·lectiu and サン・パウロ
    *"−ـ׳״ʹʺʻʼʽʾʿˈˊˋꞌ",  # minus, tatweel, geresh, apostrophes of transcriptions
    *map(chr, (0x34F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))),  # without a shape
}

SAME = {
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "ŋ": "n",
    "ĸ": "k",
    "ȷ": "j",
    "ɑ": "a",
    "ɔ": "o",
    "ɣ": "g",
    "ʋ": "v",
    "ґ": "г",
    **dict.fromkeys("ıɩ", "i"),
    **dict.fromkeys("əǝɛ", "e"),
    **dict.fromkeys("ٱٲٳٵ", "ا"),
    **dict.fromkeys("ةۃہھە", "ه"),
    **dict.fromkeys("ىیېۍے", "ي"),
    **dict.fromkeys("کڪ", "ك"),
}
"""Letters that Unicode does not decompose, in small letters → what they are found by. Ours."""

LATIN = re.compile(r"LATIN SMALL LETTER ([A-Z])(?: WITH [A-Z ]+)")
"""The name of a letter with a stroke, hook or tail, such as ł, ø, đ and ħ."""

ENDS = ".,;:!?()[]{}<>¡¿،؛؟。、，；：！？（）「」"
"""Punctuation that does not belong to a word when it stands at its ends."""


IDEOGRAPHS = re.compile("[\u3400-\u9fff\uf900-\ufaff]{2,}")


def _fold_letter(letter):
    """The folded form of one character: several, one or none."""
    if letter in DROPPED or unicodedata.category(letter) in DROPPED_KINDS:
        return ""
    parts = unicodedata.normalize("NFKD", letter)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    small = unicodedata.normalize("NFKD", bare.casefold())
    return "".join(map(_plain, small))


def _plain(letter):
    if letter in DROPPED or unicodedata.combining(letter):
        return ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter in SAME:
        return SAME[letter]
    named = None if letter.isascii() else LATIN.fullmatch(unicodedata.name(letter, ""))
    return named[1].lower() if named else letter


class _Letters(dict):
    """Code point → folded form, for `str.translate`: computed when it is first met."""

    def __missing__(self, code):
        folded = _fold_letter(chr(code))
        if code <= 0xFFFF:  # what strangers send must not fill the memory with rare characters
            self[code] = folded
        return folded


_LETTERS = _Letters()


class _Apart(dict):
    """Code point → a blank for a hyphen, else the character, for `str.translate`."""

    def __missing__(self, code):
        apart = " " if is_hyphen(chr(code)) else chr(code)
        if code <= 0xFFFF:
            self[code] = apart
        return apart


_APART = _Apart()


_FAR_MARKS = re.compile(f"[{''.join(mark for mark in ENDS if not mark.isascii())}]")
_APOSTROPHE = "\u02bc"  # to Unicode, this one is a letter
_PARTED = _Apart({ord(mark): " " for mark in f"{ENDS}/'\u2019{_APOSTROPHE}"})
"""The same for punctuation and apostrophes within words: l’eau, and/or."""


def fold(text):
    """`text` as searches compare it: each character folded, in Unicode's composed form."""
    folded = text.translate(_LETTERS)
    return folded if folded.isascii() else unicodedata.normalize("NFKC", folded)


def search_words(typed):
    """The folded words of what somebody typed into a search field; `typed` may be None.

    A hyphen parts two words: “al-waha” finds Al-Waha, Al Waha and Alwaha.
    """
    apart = fold((typed or "").translate(_APART))
    return [word.strip(ENDS) or word for word in apart.split()]


def is_pair(word):
    """Whether `word` is two ideographs, as `word_line` has them."""
    return len(word) == 2 and IDEOGRAPHS.fullmatch(word) is not None


def is_hyphen(letter):
    return letter == "−" or unicodedata.category(letter) == "Pd"


def word_line(text):
    """Each different word of `text` once, folded, in one line with a blank around each.

    So " heat" in it tells whether a word begins with heat, and " eu " whether there is a word eu.
    What hyphens, apostrophes and punctuation join is a word, and so is each of its parts. The marks
    of other scripts only part: there a sentence has no blanks. Two ideographs side by side are a
    word too: most words of Chinese have two, and an index of letters finds whole words alone.
    """
    written = dict.fromkeys(_FAR_MARKS.sub(" ", text).split())
    words = dict.fromkeys([word.strip(ENDS) for word in fold(" ".join(written)).split()])
    joined = " ".join(word for word in written if not word.isalpha() or _APOSTROPHE in word)
    apart = joined.translate(_PARTED)
    if apart != joined:
        words.update(dict.fromkeys(fold(apart).split()))
    words.pop("", None)
    line = " ".join(words)
    if pairs := ["".join(pair) for run in IDEOGRAPHS.findall(line) for pair in pairwise(run)]:
        line = " ".join(words | dict.fromkeys(pairs))
    return f" {line} " if line else ""
