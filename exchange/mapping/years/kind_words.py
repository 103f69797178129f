"""Whether the cells of a column say of each figure if it was observed or is aimed at."""

import re

from ..words import vocabulary

MOST_WORDS, LEAST_SHARE = 8, 0.8
PARTS = re.compile(r"[^\W\d_]+")
BESIDE = frozenset(
    (
        *("value", "values", "data", "figure", "figures", "valeur", "valeurs", "donnees", "valor"),
        *("valores", "dato", "datos", "dado", "dados", "valore", "valori", "dati", "wert", "werte"),
        *("daten", "zustand", "waarde", "waarden", "vardet", "varde", "значение", "данные"),
    )
)
"""Words that say nothing of their own beside one for a kind, as in “valor real”."""


def are_kinds(content):
    """Whether a `Content` has few words, and nearly all of them say a kind and nothing else."""
    if not content.words or len(content.words) > MOST_WORDS:
        return False
    known = sum(count for word, count in content.words.items() if is_kind(word))
    return known >= LEAST_SHARE * len(content.values)


def is_kind(word):
    """Whether a cell says that a figure is a starting point, a target or progress, no more."""
    kinds = vocabulary.load("statement").exact
    key = vocabulary.key_of(word)
    parts = [part for part in PARTS.findall(key) if part not in BESIDE]
    return key in kinds or bool(parts) and all(part in kinds for part in parts)
