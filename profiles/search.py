"""Search by plain containment in folded text, which works in any language."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Q

CONTEXT = 90
"""Characters of an excerpt before its first hit, and after it twice as many."""


def fold(text):
    """Text as searches compare it: compatibility forms, case and diacritics taken away."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", bare)


folded_letter = lru_cache(maxsize=4096)(fold)
"""A page of excerpts asks for the same few letters thousands of times."""


def search_words(typed):
    """The folded words of what somebody typed into a search field; `typed` may be None."""
    return fold(typed or "").split()


def with_words(queryset, words, *fields):
    """The rows that hold every one of the folded `words` in one of their folded `fields`."""
    for word in words:
        queryset = queryset.filter(reduce(or_, (Q(**{f"{f}__contains": word}) for f in fields)))
    return queryset


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an excerpt; `hit`: whether it is one of the words that were searched."""

    words: str
    hit: bool = False


def excerpt(text, words):
    """The pieces of `text` around the first of the folded `words` in it."""
    plain = " ".join(text.split())
    found = sorted(find_words(plain, words))
    start = max(0, found[0][0] - CONTEXT) if found else 0
    end = min(len(plain), (found[0][1] if found else CONTEXT) + 2 * CONTEXT)
    start, end = _at_spaces(plain, start, end)
    if start:
        yield Piece("… ")
    at = start
    for low, high in found:
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


def _at_spaces(plain, start, end):
    """`start` and `end` moved to a space nearby, in scripts that have them."""
    if start and (space := plain.find(" ", start, start + 25)) >= 0:
        start = space + 1
    if end < len(plain) and (space := plain.rfind(" ", end - 25, end)) > start:
        end = space
    return start, end


def find_words(text, words):
    """(start, end) in `text` of each place where one of the folded `words` stands.

    Places may overlap and are in no order.
    """
    folded, origin = [], []
    for place, letter in enumerate(text):
        for sign in folded_letter(letter):
            folded.append(sign)
            origin.append(place)
    joined = "".join(folded)
    for word in words:
        at = joined.find(word)
        while at >= 0:
            last = origin[at + len(word) - 1] + 1
            while last < len(text) and unicodedata.combining(text[last]):
                last += 1
            yield origin[at], last
            at = joined.find(word, at + len(word))
