"""Texts cut to what fits where room is short: the one page at a glance."""

import re
import unicodedata
from dataclasses import replace

from profiles.characters import JOINERS, is_mark

MORE = "…"
BACK = 16
"""Within how many letters before its end a text is cut between words."""
KILLER = 9
"""The combining class of signs that join a letter to the next one, in the scripts of India."""
NUMERALS = "〇零一二两三四五六七八九十百千万萬亿億兆"
POWERS = "十百千万萬亿億兆십백천만억조"
LAST_NUMBER = re.compile(
    rf"(?:[A-Za-z\u00c0-\u024f]*[^\w\s]*\d(?:[^ \u2e80-\uffef]|[{POWERS}]|(?<=\d) (?=\d))*"
    rf"|[{NUMERALS}]+)$"
)
"""A number at the end of a text, with what is joined to it: its sign or letters before (CO2), its
unit behind. Of Han, Kana and Hangul behind a number only powers of ten are joined to it: the rest
may be any words."""


def shortened(text, width):
    """A `Text` no wider than so many letters of usual width, with an ellipsis where it was cut.

    It is not cut within a number, nor between a number and what follows: of 1,200 km² neither
    “1,2…” nor “1,200…” is left. Capitals and letters of Han, Kana and Hangul count twice, signs on
    letters not at all. Of several lines the first is kept.
    """
    line = text.value.strip().partition("\n")[0].strip()
    kept = _fitting(line, width)
    if kept == text.value:
        return text
    return replace(text, value=kept if kept == text.value.strip() else f"{kept.rstrip()}{MORE}")


def fits(text, width):
    """Whether a `Text` of one line is no wider than so many letters."""
    return _fitting(text.value, width) == text.value


def _fitting(line, width):
    """The longest beginning of a line that is not wider, cut between words if that is near."""
    taken = 0
    for place, character in enumerate(line):
        taken += _width(character)
        if taken > width and not is_mark(character):
            return LAST_NUMBER.sub("", _between_words(line[:place], line[place]))
    return line


def _between_words(kept, following):
    if following.isspace():
        return kept
    start, space, end = kept.rpartition(" ")
    if space and len(end) < BACK:
        return start
    while kept and (kept[-1] in JOINERS or unicodedata.combining(kept[-1]) == KILLER):
        kept = kept[:-2]
    return kept


def _width(character):
    if is_mark(character):
        return 0
    is_wide = character.isupper() or unicodedata.east_asian_width(character) in "WF"
    return 2 if is_wide else 1
