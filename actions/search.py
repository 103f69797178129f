"""Looks into what cities write about their actions: plain containment, in any language."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from django.db.models import BigIntegerField, Exists, ExpressionWrapper, F, OuterRef, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from catalogue.atoms import Text
from profiles.fields import fold

from .explorer import public_cities
from .models import Action, Sought

SIGNS = ("signs_1", "signs_2", "signs_3", "signs_4")
BITS = 63
"""Of a number that every database keeps, the sign left out."""

FULL, PAIRS = (1 << BITS) - 1, BITS * len(SIGNS)

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


def signs_of(text):
    """The pairs of letters in `text` as bits of four numbers, for the rows of `Sought`.

    A text that holds a word has every sign of the word. One that has them all need not hold it,
    but few are left to look into. Pairs beyond `PAIRS` bits share one: that only weakens the sieve.
    """
    signs = 0
    for first, second in zip(text, text[1:], strict=False):
        signs |= 1 << (ord(first) * 67 + ord(second)) % PAIRS
    return tuple(signs >> BITS * place & FULL for place in range(len(SIGNS)))


def find(words, *, samples=False, region=None, area=None, commitment=None, action_type=None):
    """The keys of the actions that hold every word, at most `MOST_HITS` and one; one query."""
    cities = public_cities(samples)
    if region:
        cities = cities.filter(country__region=region)
    sought = Sought.objects.all()
    # The signs come first, then the city, then the text: SQLite compares in this order.
    for field, sign in zip(SIGNS, signs_of_all(words), strict=True):
        if sign:
            # Said to be big: PostgreSQL's plain integers hold no such sign, so none would equal it.
            common = ExpressionWrapper(F(field).bitand(sign), BigIntegerField())
            sought = sought.alias(**{f"of_{field}": common}).filter(**{f"of_{field}": sign})
    sought = sought.filter(city__in=cities)
    if words:
        holding = Action.objects.filter(pk=OuterRef("pk"))
        for word in words:
            holding = holding.filter(GreaterThan(StrIndex("search_text", Value(word)), 0))
        sought = sought.filter(Exists(holding))
    given = {
        "action_type__commitment__area": area,
        "action_type__commitment": commitment,
        "action_type": action_type,
    }
    sought = sought.filter(**{path: row for path, row in given.items() if row})
    return list(sought.order_by("pk").values_list("pk", flat=True)[: MOST_HITS + 1])


def signs_of_all(words):
    signs = [signs_of(word) for word in words]
    return [reduce(or_, of_field, 0) for of_field in zip(*signs, strict=True)] or [0] * len(SIGNS)


def words_of(search):
    return fold(search or "").split()


SHOWN = (
    "number", "description", "language", "city__name", "city__slug", "city__content_language",
    "city__is_sample", "city__country__code", "city__country__name",
    "city__country__translations", "action_type__name", "action_type__translations",
)  # fmt: skip


def hits(ids, words):
    """The actions of these keys, with what to show of each; one query."""
    actions = Action.objects.select_related("city__country", "action_type").only(*SHOWN)
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


folded_letter = lru_cache(maxsize=4096)(fold)
"""A page of excerpts asks for the same few letters thousands of times."""


def spans(plain, words):
    """(from, to) in `plain` of every folded word; overlapping ones are left to the caller."""
    folded, origin = [], []
    for place, letter in enumerate(plain):
        for sign in folded_letter(letter):
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
