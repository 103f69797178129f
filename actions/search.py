"""The full-text search in the descriptions of actions.

Each text is compared with the words: no index finds two Chinese characters, and in the order in
which hits are shown the database stops at the last one that is wanted (docs/performance.md).
"""

from dataclasses import dataclass

from profiles.search import Piece, excerpt, with_words

from .models import PublicAction

MOST_HITS = 1_000
"""A reader who finds more than these is asked to narrow the search."""


@dataclass(frozen=True, slots=True)
class Hit:
    action: PublicAction
    language: str
    pieces: tuple[Piece, ...]


def find(words, *, samples=False, region=None, area=None, commitment=None, action_type=None):
    """The keys of the actions that contain every word, at most `MOST_HITS` + 1; one query."""
    given = {
        "city__country__region": region,
        "action_type__commitment__area": area,
        "action_type__commitment": commitment,
        "action_type": action_type,
    }
    rows = PublicAction.objects.filter(city__is_sample=samples)
    rows = rows.filter(**{path: row for path, row in given.items() if row})
    found = with_words(rows, words, "search_text").order_by("city_id", "number")
    return list(found.values_list("pk", flat=True)[: MOST_HITS + 1])


SHOWN = (
    "number", "description", "language", "city__name", "city__slug", "city__is_sample",
    "city__country__code", "city__country__name", "city__country__translations",
    "action_type__name", "action_type__translations",
)  # fmt: skip


def hits(keys, words):
    """The actions of these keys, with what to show of each; one query."""
    actions = PublicAction.objects.select_related("city__country", "action_type").only(*SHOWN)
    for action in actions.filter(pk__in=keys).order_by("city_id", "number"):
        text = action.text("description")
        yield Hit(action, text.language, tuple(excerpt(text.value, words)))
