"""The words of a search: how each is looked for, by the database and in a text at hand alike.

A word is looked for with its English endings where the reader reads English. One of two letters is
found as a whole word and one of four at the beginning of words, so that “tree” finds no street;
longer ones, and those of other scripts, are found within words too.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Concat, Replace
from django.db.models.lookups import Contains
from django.utils.translation import get_language

from catalogue.english import beginnings, without_question_words
from catalogue.folding import fold, is_pair, search_words
from catalogue.translated import OFFICIAL_LANGUAGE

from . import search
from .search import Piece, find_words

WHOLE, AT_BEGINNING = 2, 4
"""Letters up to which a word is found as a whole, or at the beginning of words."""


@dataclass(frozen=True, slots=True)
class Term:
    """A folded word of a search; each of its forms begins with one of `beginnings`.

    `anywhere`: short ones are found within other words too.
    """

    word: str
    beginnings: tuple[str, ...]
    anywhere: bool = False

    @classmethod
    def of(cls, word):
        return cls(word, beginnings(word) if reads_english() else (word,))

    @property
    def patterns(self):
        """What stands in a `catalogue.folding.word_line` that has the word."""
        return tuple(f" {b} " if is_pair(b) else self._pattern(b) for b in self.beginnings)

    @property
    def plain_patterns(self):
        """The same for other folded text with a blank around each word."""
        return tuple(map(self._pattern, self.beginnings))

    def _pattern(self, beginning):
        if self.anywhere or not beginning.isascii() or len(beginning) > AT_BEGINNING:
            return beginning
        return f" {beginning} " if len(beginning) <= WHOLE else f" {beginning}"

    def is_in(self, line):
        """Whether a `word_line` has the word."""
        return any(pattern in line for pattern in self.patterns)

    def is_in_plain(self, line):
        """The same of other folded text with a blank around each word."""
        return any(pattern in line for pattern in self.plain_patterns)

    def condition(self, field):
        """The same in the database, of a field that holds a `word_line`."""
        return _contains(field, self.patterns)

    def plain_condition(self, field):
        """Whether the word stands in a field of other folded text."""
        return _contains(line_of(field), self.plain_patterns)

    def places(self, text):
        """(start, end) in `text` of the words that are found, in order."""
        for low, high in sorted(find_words(text, self.beginnings)):
            end = high
            while end < len(text) and continues(text[end]):
                end += 1
            if self._counts(text, low, high, end):
                yield low, end if self.word.isascii() else high

    def stands_in(self, text):
        """Whether the word would be marked in `text`."""
        return next(self.places(text), None) is not None

    def _counts(self, text, low, high, end):
        if self.anywhere or not self.word.isascii() or high - low > AT_BEGINNING:
            return True
        is_first = low == 0 or not text[low - 1].isalnum()
        return is_first and (high - low > WHOLE or end == high)


def continues(letter):
    """Whether a word in Latin letters goes on with this one."""
    return letter.isalnum() and fold(letter).isascii()


def reads_english():
    return (get_language() or OFFICIAL_LANGUAGE).split("-")[0] == OFFICIAL_LANGUAGE


def terms_of(typed):
    """The `Term`s of what somebody typed, each once."""
    words = list(dict.fromkeys(search_words(typed)))
    if reads_english():
        words = without_question_words(words)
    return [Term.of(word) for word in words]


def _contains(field, patterns):
    """That a field or an expression contains one of the `patterns`."""
    what = F(field) if isinstance(field, str) else field
    return reduce(or_, (Q(Contains(what, one)) for one in patterns))


def line_of(field):
    """A field of folded text with line feeds, with a blank before and after each word."""
    text = TextField()
    blank, feed = Value(" ", output_field=text), Value("\n", output_field=text)
    spaced = Replace(F(field), feed, blank, output_field=text)
    return Concat(blank, spaced, blank, output_field=text)


def with_terms(rows, terms, field):
    """The rows that have each of the `terms` in a field of folded text."""
    for term in terms:
        rows = rows.filter(term.plain_condition(field))
    return rows


def find_terms(text, terms):
    """(start, end) in `text` of each word that one of the `terms` finds."""
    return [place for term in terms for place in term.places(text)]


def excerpt(text, terms):
    """The pieces of `text` around the first word that one of the `terms` finds."""
    return tuple(search.excerpt(text, terms, find_terms))


def marked(text, terms):
    """The whole `text` in pieces."""
    at, pieces = 0, []
    for low, high in sorted(find_terms(text, terms)):
        if low >= at:
            pieces += [Piece(text[at:low]), Piece(text[low:high], hit=True)]
            at = high
    return *filter(lambda piece: piece.words, pieces), Piece(text[at:])


def has_all(terms, line):
    """Whether a `word_line` has each of the `terms`."""
    return all(term.is_in(line) for term in terms)
