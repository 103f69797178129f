"""By which words action types are found: their names, their commitments, other words for them."""

import re
from functools import lru_cache

from catalogue import frozen
from catalogue.folding import word_line

GAP = re.compile(r"\{[^}]*\}")


def codes_with(term, catalogue):
    """The codes of the action types whose actions a `profiles.terms.Term` finds."""
    return {code for code, line in _lines(catalogue.sha256).items() if term.is_in(line)}


@lru_cache(maxsize=8)
def _lines(sha256):
    """Code of an action type → the words of its names, of its commitment's, and its synonyms.

    Not of its sentence: that one names figures, not what is done.
    """
    catalogue = frozen.find(sha256)
    return {
        row.code: word_line(
            "\n".join(
                (*names_of(row), row.synonyms, *names_of(catalogue.commitments[row.commitment]))
            )
        )
        for row in catalogue.action_types.values()
    }


def names_of(row):
    """The names of a row of the catalogue in every language."""
    return row.name, *(texts["name"] for texts in row.translations.values() if texts.get("name"))


def sentence_of(row):
    """The sentence of an action type in the reader's language, its gaps left out."""
    return GAP.sub("…", str(row.text("baseline_template")))
