"""The full-text search in actions: in what cities say of them, and by their types.

Each text is compared with the words: no index finds two Chinese characters, and in the order in
which rows are found the database stops at the last one that is wanted (docs/performance.md).
"""

from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Case, IntegerField, Q, Value, When

from profiles.city_search import places_with
from profiles.samples import in_lists

from .models import ActionType, PublicAction
from .type_search import codes_with

MOST_HITS = 1_000
"""A reader who finds more than these is asked to narrow the search."""


class Found(NamedTuple):
    pk: int
    city_id: int


def find(
    terms, catalogue, by_country=(), *, region=None, area=None, commitment=None, action_type=None
):
    """The listed actions in which all `terms` are found, at most `MOST_HITS` + 1.

    A word stands in what the city says of the action, or in the texts of its type; of several, some
    may name the place. Those actions come first whose city uses the words itself.
    `by_country`: as `profiles.city_search.words_of_countries` gives it.
    """
    given = {
        "city__country__region": region,
        "action_type__commitment__area": area,
        "action_type__commitment": commitment,
        "action_type": action_type,
    }
    rows = PublicAction.objects.filter(in_lists("city"))
    rows = rows.filter(**{path: row for path, row in given.items() if row})
    places = places_with(terms, by_country) if len(terms) > 1 else {}
    for condition in _conditions(terms, catalogue, places):
        rows = rows.filter(condition)
    first = rows.order_by("city_id", "number").values("pk")[: MOST_HITS + 1]
    # Ranked are those alone: the database would rank all that it finds before it leaves some out.
    found = PublicAction.objects.filter(pk__in=first).annotate(rank=_rank(terms, places))
    ordered = found.order_by("rank", "city_id", "number")
    return [Found(*row) for row in ordered.values_list("pk", "city_id")]


def _conditions(terms, catalogue, places):
    keys = ActionType.objects.keys_by_code()
    said = []
    for term in terms:
        codes = codes_with(term, catalogue)
        said.append(term.condition("search_text"))
        if codes:
            said[-1] |= Q(action_type__in=[keys[code] for code in codes if code in keys])
        yield said[-1] | Q(city__in=places[term]) if term in places else said[-1]
    if terms and len(places) == len(terms):
        # All of them name places: at least one has to tell what is done there too.
        yield reduce(or_, said)


def _rank(terms, places):
    """0 where words of the city itself begin as all `terms` do, 1 where they have all of them, 2
    where some stand in texts of the type only. The name of the place will do, but not for all.
    """
    if not terms:
        return Value(0)
    begin, has = Q(), Q()
    for term in terms:
        is_named = term in places and len(places) < len(terms)
        there = Q(city__in=places[term]) if is_named else Q()
        begin &= there | reduce(or_, (Q(search_text__contains=f" {b}") for b in term.beginnings))
        has &= there | term.condition("search_text")
    return Case(When(begin, then=0), When(has, then=1), default=2, output_field=IntegerField())


SHOWN = (
    "number", "description", "language", "search_text",
    "city__name", "city__slug", "city__is_sample", "city__publication",
    "city__country__code", "city__country__name", "city__country__translations",
    "action_type__code", "action_type__name", "action_type__translations",
)  # fmt: skip


def load(keys):
    """The actions of these keys in their order, with what to show of each; one query."""
    rows = PublicAction.objects.select_related("city__country", "action_type").only(*SHOWN)
    return in_order(rows, keys)


def in_order(rows, keys):
    """The `rows` of these keys, in their order; one query."""
    by_key = rows.in_bulk(keys)
    return [by_key[key] for key in keys if key in by_key]
