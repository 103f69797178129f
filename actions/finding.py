"""Looks into what cities write about their actions: plain containment, in any language."""

import unicodedata
from dataclasses import dataclass

from catalogue.atoms import Text
from profiles.fields import fold

from .explorer import public_cities
from .models import Action

MOST_HITS = 1_000
"""So many are shown; who finds more asks more closely."""

AROUND = 90
"""Characters of an excerpt before its first hit, and after it twice as many."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an excerpt; `hit`: what was looked for."""

    words: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    action: Action
    language: str
    pieces: tuple[Piece, ...]


def find(words, *, samples=False, region=None, area=None, commitment=None, action_type=None):
    """The keys of the actions that hold every word, at most `MOST_HITS` and one; one query."""
    cities = public_cities(samples)
    if region:
        cities = cities.filter(country__region=region)
    actions = Action.objects.filter(city__in=cities)
    for word in words:
        actions = actions.filter(search_text__contains=word)
    given = {
        "action_type__commitment__area": area,
        "action_type__commitment": commitment,
        "action_type": action_type,
    }
    actions = actions.filter(**{path: row for path, row in given.items() if row})
    return list(actions.order_by("pk").values_list("pk", flat=True)[: MOST_HITS + 1])


def words_of(search):
    return fold(search or "").split()


def hits(ids, words):
    """The actions of these keys, with what to show of each; one query."""
    actions = Action.objects.select_related("city__country", "action_type").defer("search_text")
    for action in actions.filter(pk__in=ids).order_by("pk"):
        text = action.text("description")
        yield Hit(action, text.language, tuple(excerpt(text, words)))


def excerpt(text: Text, words):
    """The words around the first hit, the hits apart."""
    plain = " ".join(text.value.split())
    marks = sorted(spans(plain, words))
    start = max(0, marks[0][0] - AROUND) if marks else 0
    end = min(len(plain), (marks[0][1] if marks else AROUND) + 2 * AROUND)
    start, end = whole_words(plain, start, end)
    if start:
        yield Piece("… ")
    at = start
    for low, high in marks:
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


def whole_words(plain, start, end):
    """`start` and `end` moved to a space nearby, in scripts that have them."""
    if start and (space := plain.find(" ", start, start + 25)) >= 0:
        start = space + 1
    if end < len(plain) and (space := plain.rfind(" ", end - 25, end)) > start:
        end = space
    return start, end


def spans(plain, words):
    """(from, to) in `plain` of every folded word; overlapping ones are left to the caller."""
    folded, origin = [], []
    for place, letter in enumerate(plain):
        for sign in fold(letter):
            folded.append(sign)
            origin.append(place)
    text = "".join(folded)
    for word in words:
        at = text.find(word)
        while at >= 0:
            last = origin[at + len(word) - 1] + 1
            while last < len(plain) and unicodedata.combining(plain[last]):
                last += 1
            yield origin[at], last
            at = text.find(word, at + len(word))
