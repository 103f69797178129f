"""Finds action types by the words of their texts, of their commitments and by other words for them.

The lists are short and in English unless translated: they are read whole, and an English plural
finds the singular.
"""

import re
from functools import lru_cache

from catalogue.folding import search_words

from .models import ActionType

GAP = re.compile(r"\{[^}]*\}")
SHORT = 2
"""Letters of a word that is not taken for the beginning of another."""


def find_types(words, *, area=None, commitment=None, action_type=None):
    """The action types that have each of the folded `words`: in their own names first; one query.

    `area`, `commitment`, `action_type`: the row under which they are, if one is chosen.
    """
    given = {
        "commitment__area": area,
        "commitment": commitment,
        "pk": action_type and action_type.pk,
    }
    rows = ActionType.objects.current().filter(**{path: row for path, row in given.items() if row})
    found = [
        row
        for row in rows.select_related("commitment")
        if words and has_all(words, [*texts_of(row), row.synonyms, *texts_of(row.commitment)])
    ]
    return sorted(found, key=lambda row: not has_all(words, texts_of(row)))


def texts_of(row):
    """The name of the row and, if it has one, its sentence; in every language."""
    names = ("name", "baseline_template")
    given = (row.__dict__, *row.translations.values())
    return [GAP.sub(" ", texts[name]) for texts in given for name in names if texts.get(name)]


@lru_cache(maxsize=2000)
def words_in(text):
    """The folded words of a text of the catalogue, which has some hundred of them."""
    return frozenset(search_words(text))


def has_all(words, texts):
    held = frozenset().union(*map(words_in, texts))
    return all(any(is_same(form, one) for form in forms(word) for one in held) for word in words)


def is_same(word, held):
    """Whether `held` begins with the word; scripts without blanks may have it anywhere."""
    if not word.isascii():
        return word in held
    return held.startswith(word) if len(word) > SHORT else held == word


def forms(word):
    """The word, and its singular or plural if it is an English one that does not just add an s."""
    yield word
    if not word.isascii() or len(word) <= SHORT + 1:
        return
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    elif word.endswith(("ches", "shes", "sses", "xes")):
        yield word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    elif word.endswith("y"):
        yield f"{word[:-1]}ies"
