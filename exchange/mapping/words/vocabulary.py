"""Our own words that words of a list can become, and how alike others are to them."""

import re
from functools import lru_cache

from django.utils.translation import get_language
from rapidfuzz import fuzz, process

from actions.models import Statement
from actions.type_search import names_of
from catalogue import frozen, languages
from catalogue.folding import fold

from .everyday.action_types import ACTION_TYPES, COMMITMENTS
from .everyday.language_names import LANGUAGES, THREE_LETTERS
from .everyday.statements import STATEMENTS

CLOSE = 90
"""How alike, of 100, a word must be to one of ours to be taken for it."""

BEHIND = 6
"""How far behind the next one must be."""

LEAST_LETTERS = 6
"""Shorter words are like many others by chance."""

LONGEST_ALIKE = 200
LENGTHS = 10
MOST_GUESSED = 60_000
"""Words whose guesses are remembered: each page of a mapping asks for them again."""

WORD = re.compile(r"\w{4,}")
STEM = 5
"""Letters that two words share to be counted as alike, for the order of the choices."""

UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
"""Letters of scripts in which no blanks stand between words, or endings follow them."""

WORDS = re.compile(r"\w+")
FIRST = 6
"""Letters of an everyday word that may be the beginning of one; shorter ones are whole words."""


class Vocabulary:
    """`choices`: [(code, label)]; `groups`: [(label, [(code, label)])] for a list to choose from.

    `exact`: a folded word → its code. `phrases`: beginnings of folded words → their codes, of
    which `whole` are words and `inside` stand anywhere in a text.
    """

    def __init__(self, groups, exact, phrases, tag_of=None):
        self.groups = groups
        self.choices = [pair for _label, pairs in groups for pair in pairs]
        self.labels = dict(self.choices)
        self.exact = {
            key_of(word): code for word, code in unambiguous(exact) if code in self.labels
        }
        self.phrases = {key_of(phrase): code for phrase, code in phrases if code in self.labels}
        self.by_length, self.guessed = {}, {}
        self.tag_of = tag_of
        self.inside = [pair for pair in self.phrases.items() if UNPARTED.search(pair[0])]
        apart = {one: code for one, code in self.phrases.items() if not UNPARTED.search(one)}
        self.whole = {one: code for one, code in apart.items() if len(one) < FIRST}
        self.starts = {}
        for phrase in apart.keys() - self.whole.keys():
            self.starts.setdefault(phrase[:FIRST], []).append(phrase)
        self.stems = stems_of(self, exact)

    def guess(self, word):
        """The code that a word of a list clearly means; None where that is for a person."""
        if word not in self.guessed:
            if len(self.guessed) >= MOST_GUESSED:
                self.guessed.clear()
            self.guessed[word] = self.guess_anew(word)
        return self.guessed[word]

    def guess_anew(self, word):
        key = key_of(word)
        if found := self.exact.get(key):
            return found
        if self.tag_of and (tag := self.tag_of(word)):
            return tag
        hits = self.codes_in(key)
        if len(hits) == 1:
            return next(iter(hits))
        return None if hits else self.like(key)

    def codes_in(self, key):
        """The codes of which everyday words are in a folded text."""
        found = set()
        for word in WORDS.finditer(key):
            if code := self.whole.get(word[0]):
                found.add(code)
            at = word.start()
            for phrase in self.starts.get(key[at : at + FIRST], ()):
                # A code such as Climate2019 is no word.
                if key.startswith(phrase, at) and not any(map(str.isdecimal, word[0])):
                    found.add(self.phrases[phrase])
        if not key.isascii():
            found.update(code for phrase, code in self.inside if phrase in key)
        return found

    def like(self, key):
        """The code of the only word of ours that is written almost so."""
        if not LEAST_LETTERS <= len(key) <= LONGEST_ALIKE:
            return None
        found = process.extract(
            key,
            self.of_length(len(key) // LENGTHS),
            scorer=fuzz.ratio,
            score_cutoff=CLOSE - BEHIND,
            limit=5,
        )
        codes = {self.exact[word] for word, score, _at in found if score > found[0][1] - BEHIND}
        return codes.pop() if len(codes) == 1 and found[0][1] >= CLOSE else None

    def of_length(self, tens):
        """The words of ours that are not much shorter or longer than so many tens of letters."""
        if tens not in self.by_length:
            least, most = tens * LENGTHS * 0.7, (tens + 1) * LENGTHS * 1.4
            self.by_length[tens] = [word for word in self.exact if least <= len(word) <= most]
        return self.by_length[tens]

    def likeliest(self, text, most=5):
        """Codes by how many words they share with a text, the likeliest first; none without any."""
        key = key_of(text[:LONGEST_ALIKE])
        scores = dict.fromkeys(self.codes_in(key), 3)
        for word in {found[:STEM] for found in WORD.findall(key)}:
            for code in self.stems.get(word, ()):
                scores[code] = scores.get(code, 0) + 1 / len(self.stems[word])
        order = {code: at for at, code in enumerate(self.labels)}
        return sorted(scores, key=lambda code: (-scores[code], order[code]))[:most]


def key_of(word):
    """A word as it is compared: without case, accents and more than one blank."""
    return " ".join(fold(word).split()) or word.casefold().strip()


def unambiguous(pairs):
    """The (word, code) whose word is that of no other code."""
    codes = {}
    for word, code in pairs:
        codes.setdefault(key_of(word), set()).add(code)
    return [(word, next(iter(found))) for word, found in codes.items() if word and len(found) == 1]


def stems_of(vocabulary, exact):
    """The beginning of a word → the codes of ours in whose names and other words it is."""
    stems = {}
    texts = [*exact, *((phrase, code) for phrase, code in vocabulary.phrases.items())]
    for text, code in texts:
        if code in vocabulary.labels:
            for word in WORD.findall(key_of(text)):
                codes = stems.setdefault(word[:STEM], [])
                if code not in codes:
                    codes.append(code)
    return stems


def load(name):
    """The `Vocabulary` of this name in the reader's language; one query for the catalogue's."""
    if name in ("action_type", "commitment"):
        return of_catalogue(name, frozen.current().sha256, get_language())
    return of_languages(get_language()) if name == "language" else of_statements(get_language())


@lru_cache(maxsize=32)
def of_catalogue(name, sha256, _language):
    catalogue = frozen.find(sha256)
    commitments = [row for row in catalogue.commitments.values() if not row.retired]
    types = [row for row in catalogue.action_types.values() if not row.retired]
    if name == "commitment":
        return of_commitments(catalogue, commitments, types)
    groups = [
        (str(one.text("name")), [pair(row) for row in types if row.commitment == one.code])
        for one in catalogue.commitments.values()
    ]
    exact = [(word, row.code) for row in types for word in (row.code, *names(row), *synonyms(row))]
    phrases = [(word, code) for code, words in ACTION_TYPES.items() for word in words]
    return Vocabulary([group for group in groups if group[1]], exact, phrases)


def of_commitments(catalogue, commitments, types):
    areas = catalogue.areas
    groups = [
        (str(area.text("name")), [pair(row) for row in commitments if row.area == area.code])
        for area in areas.values()
    ]
    exact = [(word, row.code) for row in commitments for word in (row.code, *names(row))]
    commitment_of = {row.code: row.commitment for row in types}
    phrases = [
        (word, commitment_of[code])
        for code, words in ACTION_TYPES.items()
        if code in commitment_of
        for word in words
    ] + [(word, code) for code, words in COMMITMENTS.items() for word in words]
    return Vocabulary([group for group in groups if group[1]], exact, phrases)


def pair(row):
    return row.code, str(row.text("name"))


def names(row):
    """The names of a row of the catalogue, also without the full stop that ends some."""
    return [form for name in names_of(row) for form in {name, name.rstrip(". ")}]


def synonyms(row):
    return [word.strip() for word in row.synonyms.split(",") if word.strip()]


@lru_cache(maxsize=8)
def of_statements(_language):
    kinds = [(kind.value, str(kind.label)) for kind in Statement.Kind]
    words = [(word, code) for code, words in STATEMENTS.items() for word in words]
    exact = [*((label, code) for code, label in kinds), *((code, code) for code, _label in kinds)]
    return Vocabulary([("", kinds)], [*exact, *words], words)


@lru_cache(maxsize=8)
def of_languages(_language):
    tags = sorted(languages.known_tags(), key=lambda tag: fold(languages.language_name(tag)))
    choices = [(tag, languages.language_label(tag)) for tag in tags]
    tables = (LANGUAGES, THREE_LETTERS)
    exact = [
        (word, tag) for table in tables for tag, words in table.items() for word in words.split()
    ]
    exact += [(tag, tag) for tag in tags]
    return Vocabulary([("", choices)], exact, [], tag_in)


def tag_in(word):
    """The tag of a language that is named or written as a tag: French, fr_FR; None of others."""
    tag = word.strip().replace("_", "-")
    if languages.TAG.fullmatch(tag):
        known = {one.casefold(): one for one in languages.known_tags()}
        main = tag.split("-")[0].casefold()
        return known.get(tag.casefold()) or (
            languages.canonical_tag(tag) if main in known else None
        )
    return languages.tag_of(word.strip())
