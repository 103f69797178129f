"""What the document prints for every city, as the catalogue has it, ready to be found."""

import re
from functools import lru_cache
from string import Formatter

from rapidfuzz import fuzz, process

from catalogue import frozen
from catalogue.models import Origin

from .stream import key_of

CLOSE = 88
"""How alike, of 100, a name must be to an official one to be read as it."""

SHORT_PIECE = 4
CHAPTERS = ("overview", "actions", "pathway", "cbi", "resources")
LONG_START = 60
"""Letters by which the disclaimer is known, whose address is printed in several ways."""

NUMBER = re.compile(r"^(?:[ivx]+\.|\d+\.?)")
"""The number before a heading, as keys have it."""

AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
"""Figures and marks at the ends of a line."""

LONGEST_LINE = 200
"""Letters of a line that is compared with the texts that have gaps."""

PRINTED_ONCE = ("cover.line", "footer")
"""Codes of the texts that stand once in a document, and of which nothing is taken."""

LABELS = (
    "actions.commitment",
    "actions.commitment.open",
    "actions.description",
    "actions.baseline",
    "actions.target",
)
"""Codes of the labels that are printed for each action."""

GAP = re.compile(r"\{\w+\}")
LEAST_LETTERS = 6
"""Letters that a text with gaps needs, to be known by them."""


def official_now():
    return _official(frozen.current())


@lru_cache(maxsize=4)
def _official(catalogue):
    return Official(catalogue)


def name_key(name):
    """An official name as it is found: a full stop at its end may be missing."""
    return key_of(name).rstrip(".")


class Official:
    """`types`, `commitments`, `areas`, `steps`: key of the name → row of the catalogue."""

    def __init__(self, catalogue):
        self.catalogue = catalogue
        self.types = by_name(catalogue.action_types)
        self.commitments = by_name(catalogue.commitments)
        self.areas = by_name(catalogue.areas)
        self.steps = by_name(catalogue.steps)
        self.targets = list(by_name(catalogue.targets))
        self.measures = {}
        for measure in catalogue.measures.values():
            if not measure.retired:
                self.measures.setdefault(measure.action_type, {})[measure.key] = measure
        texts = [text.name for text in catalogue.texts.values()]
        former = [text for text in catalogue.texts.values() if text.origin == Origin.OFFICIAL]
        self.former = self.keys_with(text.name for text in former)
        self.once = frozenset(self.label(code) for code in PRINTED_ONCE)
        self.labels = tuple(self.label(code).rstrip(":") for code in LABELS)
        self.printed = self.keys_with(texts)
        self.with_gaps = [gaps_as_groups(text) for text in texts if has_words(text)]

    def keys_with(self, texts):
        """Keys of `texts` without gaps, and of all names."""
        rows = (*self.catalogue.phases.values(), *self.catalogue.components.values())
        return frozenset(
            [key_of(text) for text in texts if "{" not in text]
            + [name_key(row.name) for row in rows]
            + [*self.types, *self.commitments, *self.areas, *self.steps]
        )

    def label(self, code):
        return key_of(self.catalogue.texts[code].name)

    def disclaimer_in(self, stream):
        """The position of the text that ends the document, or the end where it is missing."""
        at = stream.letters.rfind(self.label("disclaimer")[:LONG_START])
        return at if at >= 0 else len(stream)

    def is_cover_line(self, text):
        return key_of(text) == self.label("cover.line")

    def is_printed_once(self, text):
        """Whether it is the line of the cover, or the foot that ends the document."""
        return key_of(text) in self.once

    def is_of_actions(self, text):
        """Whether it is a heading or label that the document prints for each action."""
        key = key_of(text).rstrip(".:")
        is_label = key in self.labels or key.startswith(self.label("actions.updated").rstrip(":"))
        return is_label or key in self.types or key in self.commitments

    def made(self, stream):
        """Whether this platform made a document: it has a note that the former did not print."""
        return self.label("achievements.rules.note") in stream.letters

    def is_of_document(self, text):
        """Whether it is printed for every city, or begins with the words of a last update."""
        return key_of(text).startswith(
            self.label("actions.updated").rstrip(":")
        ) or self.is_printed(text)

    def is_of_former(self, text):
        """Whether the former platform printed it for every city, also with figures around it."""
        return name_key(AROUND.sub("", text)) in self.former

    def is_printed(self, text):
        key = key_of(text)
        bare = NUMBER.sub("", key).rstrip(".")
        if not bare or not {key, bare}.isdisjoint(self.printed):
            return bool(bare)
        return len(key) <= LONGEST_LINE and any(one.fullmatch(key) for one in self.with_gaps)


def has_words(text):
    return "{" in text and len(key_of(GAP.sub("", text))) >= LEAST_LETTERS


def by_name(rows):
    return {name_key(row.name): row for row in rows.values() if not row.retired}


def gaps_as_groups(template):
    """A template as a regular expression over keys, with a group for each gap."""
    parts = []
    for literal, name, _spec, _conversion in Formatter().parse(template):
        parts.append(re.escape(key_of(literal)))
        if name is not None:
            parts.append(f"(?P<{name}>.*?)")
    return re.compile("".join(parts))


def closest(words, rows):
    """The row whose name `words` misspell; None where none is close, or two are."""
    key = name_key(words)
    if len(key) < SHORT_PIECE:
        return None
    found = process.extract(key, list(rows), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=2)
    return rows[found[0][0]] if len(found) == 1 or (found and found[0][1] > found[1][1]) else None
