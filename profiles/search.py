"""Search by plain containment in folded text, which works in any language."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Q

from catalogue.folding import fold

CONTEXT = 90
"""Characters of an excerpt before its first hit, and after it twice as many."""


def with_words(queryset, words, *fields):
    """The rows that contain each of the folded `words` in at least one of their folded `fields`."""
    for word in words:
        queryset = queryset.filter(reduce(or_, (Q(**{f"{f}__contains": word}) for f in fields)))
    return queryset


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an excerpt; `hit`: whether it is one of the words searched for."""

    words: str
    hit: bool = False


def excerpt(text, words, find=None):
    """The pieces of `text` around the first of the folded `words` in it.

    `find`: finds the places of `words` in a text, by default as `find_words`.
    """
    plain = " ".join(text.split())
    hits = sorted((find or find_words)(plain, words))
    start = max(0, hits[0][0] - CONTEXT) if hits else 0
    end = min(len(plain), (hits[0][1] if hits else CONTEXT) + 2 * CONTEXT)
    start, end = _move_to_spaces(plain, start, end)
    if start:
        yield Piece("… ")
    at = start
    for low, high in hits:
        if low < at or high > end:
            continue
        if low > at:
            yield Piece(plain[at:low])
        yield Piece(plain[low:high], hit=True)
        at = high
    if at < end:
        yield Piece(plain[at:end])
    if end < len(plain):
        yield Piece(" …")


def _move_to_spaces(plain, start, end):
    """`start` and `end` moved inwards to a space nearby, if there is one: no word is cut."""
    if start and (space := plain.find(" ", start, start + 25)) >= 0:
        start = space + 1
    if end < len(plain) and (space := plain.rfind(" ", end - 25, end)) > start:
        end = space
    return start, end


def find_words(text, words):
    """(start, end) in `text` of each occurrence of one of the folded `words`.

    Occurrences may overlap and come in no order.
    """
    joined, origin = _fold_each(text)
    for word in words:
        at = joined.find(word)
        while at >= 0:
            last = origin[at + len(word) - 1] + 1
            # Diacritics after the last letter belong to it.
            while last < len(text) and unicodedata.combining(text[last]):
                last += 1
            yield origin[at], last
            at = joined.find(word, at + len(word))


@lru_cache(maxsize=16)
def _fold_each(text):
    """`text` folded, and the index in it of each folded letter: one may fold to several or none.

    The words of one search are looked for in one text after the other.
    """
    folded, origin = [], []
    for index, letter in enumerate(text):
        for sign in fold(letter):
            folded.append(sign)
            origin.append(index)
    return "".join(folded), origin
