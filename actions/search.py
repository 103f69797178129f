"""The full-text search in the descriptions of actions.

A table of signatures excludes most texts that cannot contain the words; only the others are read.
"""

from dataclasses import dataclass
from operator import or_

from django.db.models import BigIntegerField, Exists, ExpressionWrapper, F, OuterRef, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from profiles.search import Piece, excerpt

from .explorer import public_cities
from .models import Action, Sought

SIGNATURE_FIELDS = ("signs_1", "signs_2", "signs_3", "signs_4")
BITS = 63
"""Bits of a column that holds no negative number, on every database."""

FULL, PAIRS = (1 << BITS) - 1, BITS * len(SIGNATURE_FIELDS)

MOST_HITS = 1_000
"""A reader who finds more than these is asked to narrow the search."""


@dataclass(frozen=True, slots=True)
class Hit:
    action: Action
    language: str
    pieces: tuple[Piece, ...]


def search_signature(text):
    """Which pairs of letters `text` has, as bits of four numbers (a Bloom filter of one hash).

    A text that contains a word has every bit of the word's signature. The reverse is not true
    (pairs can share a bit), so a text with all bits is searched as well.
    """
    bits = 0
    for first, second in zip(text, text[1:], strict=False):
        bits |= 1 << (ord(first) * 67 + ord(second)) % PAIRS
    return tuple(bits >> BITS * place & FULL for place in range(len(SIGNATURE_FIELDS)))


def signature_of_all(words):
    """The bits that a text with every one of the `words` has."""
    signature = [0] * len(SIGNATURE_FIELDS)
    for word in words:
        signature = list(map(or_, signature, search_signature(word)))
    return signature


def find(words, *, samples=False, region=None, area=None, commitment=None, action_type=None):
    """The ids of the actions that contain every word, at most `MOST_HITS` + 1; one query."""
    cities = public_cities(samples)
    if region:
        cities = cities.filter(country__region=region)
    rows = Sought.objects.all()
    # The signature comes first, then the city, then the text: SQLite compares in this order.
    for field, bits in zip(SIGNATURE_FIELDS, signature_of_all(words), strict=True):
        if bits:
            # PostgreSQL would take a plain integer, which is too small for these bits.
            common = ExpressionWrapper(F(field).bitand(bits), BigIntegerField())
            rows = rows.alias(**{f"common_{field}": common}).filter(**{f"common_{field}": bits})
    rows = rows.filter(city__in=cities)
    if words:
        holding = Action.objects.filter(pk=OuterRef("pk"))
        for word in words:
            holding = holding.filter(GreaterThan(StrIndex("search_text", Value(word)), 0))
        rows = rows.filter(Exists(holding))
    given = {
        "action_type__commitment__area": area,
        "action_type__commitment": commitment,
        "action_type": action_type,
    }
    rows = rows.filter(**{path: row for path, row in given.items() if row})
    return list(rows.order_by("pk").values_list("pk", flat=True)[: MOST_HITS + 1])


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
        yield Hit(action, text.language, tuple(excerpt(text.value, words)))
