"""What is tidied in a text before it is stored, and which texts show nothing or cannot be set."""

import re
import unicodedata
from functools import lru_cache

LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")

DIRECTION_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of the text after them, until another one ends it."""

INVISIBLE = (
    "\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
    "\U0001107f\U00013430-\U0001343f\U00016fe4\U0001bca0-\U0001bca3\U0001d159"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Blanks, control characters, all that Unicode calls default ignorable, and empty letters."""

VISIBLE = re.compile(f"[^{INVISIBLE}]")

MOST_MARKS = 30
"""The most characters that may be joined to one letter: Unicode's stream-safe text (UAX #15)."""

ZERO_WIDTH_JOINER = "\N{ZERO WIDTH JOINER}"
VIRAMA = 9
"""The combining class of the signs that join the next letter to the one before."""


def shows_nothing(text):
    return VISIBLE.search(text) is None


def tidy(text):
    """`text` as it is stored: line feeds end its lines, tabs are blanks, and no blanks around it.

    A text that shows nothing is empty.
    """
    if shows_nothing(text):
        return ""
    return with_line_feeds(text).strip()


def tidy_line(text):
    """`text` of one line as it is stored; nothing in it turns the direction of what follows it."""
    return tidy(DIRECTION_CONTROLS.sub("", with_line_feeds(text).replace("\n", " ")))


def with_line_feeds(text):
    """`text` with line feeds only, and with blanks for tabs."""
    return text if text.isprintable() else LINE_ENDS.sub("\n", text).replace("\t", " ")


def crowded_letter(text):
    """The first letter of `text` to which too much is joined, with all of it; "" if none is."""
    if not _may_be_crowded(text):
        return ""
    return next((one for one in _clusters(text) if len(one) > MOST_MARKS + 1), "")


def thin_out(text, sign="\N{REPLACEMENT CHARACTER}"):
    """`text` with `sign` in place of what is joined to a letter beyond `MOST_MARKS`."""
    if not _may_be_crowded(text):
        return text
    most = MOST_MARKS + 1
    return "".join(one if len(one) <= most else one[:most] + sign for one in _clusters(text))


def _may_be_crowded(text):
    if len(text) <= MOST_MARKS or text.isascii():
        return False
    # Of the characters that are joined to a letter, one in two at least is a mark or joins.
    marks = sum(text.count(one) for one in set(text) if _is_mark(one) or _joins(one))
    return 2 * marks > MOST_MARKS


def _clusters(text):
    """`text` in pieces: a letter with its marks, and with the letters that these join to it."""
    start = 0
    for index in range(1, len(text)):
        if not _stand_together(text[index - 1], text[index]):
            yield text[start:index]
            start = index
    yield text[start:]


def _stand_together(before, after):
    if _is_mark(after):
        return True
    return _joins(before) and (_leads(after) or not (_leads(before) or after.isspace()))


@lru_cache(maxsize=20_000)
def _is_mark(character):
    """Whether it belongs to the letter before it: accents, vowel signs, skin tones, tags."""
    return (
        unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\u1160" <= character <= "\u11ff"
        or "\ud7b0" <= character <= "\ud7ff"
    )


@lru_cache(maxsize=20_000)
def _joins(character):
    """Whether the letter after it belongs to the one before: joiners and viramas; Hangul."""
    is_sign = character == ZERO_WIDTH_JOINER or unicodedata.combining(character) == VIRAMA
    return is_sign or _leads(character)


def _leads(character):
    """Whether it is a consonant that begins a syllable of single Hangul letters."""
    return "\u1100" <= character <= "\u115f" or "\ua960" <= character <= "\ua97f"
