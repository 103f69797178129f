"""Words that are one letter off what somebody typed, for a search that finds nothing.

They are those of the catalogue, and of the names of countries and listed cities. The words of all
public texts are not among them: to store some 100,000 in all languages, and to keep them in step,
would cost more than it helps.
"""

from functools import lru_cache, reduce
from itertools import islice, product
from operator import or_

from django.db.models import Q
from django.utils.translation import get_language

from catalogue import frozen
from catalogue.folding import search_words
from profiles.models import PublicCity

from .search_pages import pages

SHORTEST = 4
"""Letters of a word that has near words."""

MOST = 3
MOST_CITIES = 2_000


def near_searches(asked):
    """What to search for instead: each word that nobody knows replaced by near ones."""
    places = {word for _pk, words in asked.by_country for word in words}
    known = catalogue_words(asked.catalogue) | places
    choices = []
    for term in asked.terms:
        is_known = any(word.startswith(term.beginnings) for word in known)
        near = [] if is_known else near_words(term.word, known | words_of_cities(term.word))
        choices.append(near or [term.word])
    typed = tuple(term.word for term in asked.terms)
    # Of a dozen words, each with three near ones, there are half a million.
    others = (" ".join(words) for words in product(*choices) if words != typed)
    return list(islice(others, MOST))


def catalogue_words(catalogue):
    return _catalogue_words(catalogue.sha256, get_language())


@lru_cache(maxsize=8)
def _catalogue_words(sha256, language):
    return frozenset(word for page in pages(frozen.find(sha256)) for word in page.line.split())


def words_of_cities(word):
    """Words of the names of listed cities that may be near: one half of them is that of `word`."""
    middle = len(word) // 2
    halves = (word[: middle - 1 or 1], word[middle:])
    near = reduce(or_, (Q(search_text__contains=half) for half in halves))
    rows = PublicCity.objects.listed().filter(near).order_by()
    texts = rows.values_list("search_text", flat=True)[:MOST_CITIES]
    return {one for text in texts for one in search_words(text)}


def near_words(word, known):
    """Those of the `known` words that are one letter off, the likeliest first."""
    if len(word) < SHORTEST:
        return []
    near = [(off, one) for one in known if (off := how_far(word, one)) is not None]
    return [one for _off, one in sorted(near)][:MOST]


def how_far(word, other):
    """0: two letters changed places, 1: another letter, 2: one more or less; None: farther off."""
    longer, shorter = (word, other) if len(word) >= len(other) else (other, word)
    if len(longer) - len(shorter) > 1 or word == other:
        return None
    at = next((i for i, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), None)
    if at is None:
        return 2
    if len(longer) > len(shorter):
        return 2 if longer[at + 1 :] == shorter[at:] else None
    if longer[at + 1 :] == shorter[at + 1 :]:
        return 1
    turned = longer[at] == shorter[at + 1 : at + 2] and longer[at + 1 : at + 2] == shorter[at]
    return 0 if turned and longer[at + 2 :] == shorter[at + 2 :] else None
