"""The different words of a column, each of which becomes one of ours once."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from catalogue.folding import fold

from ... import cells
from ...problems import CellError
from ..columns.fields import Kind
from ..columns.use import filled_down
from . import vocabulary
from .blanks import is_blank, yes_or_no

LEAVE_OUT = "-"
"""Instead of one of our words: rows with it are left out."""

BY_ROW = "*"
"""Instead of one of our words: each row with it is decided by itself."""

LONGEST = 500
"""Letters of a word that are looked at."""

AS_LIST = re.compile(r"\[\s*(['\"]).*\1\s*\]", re.DOTALL)
"""A cell that a program wrote for several words: ['one', 'two']."""

QUOTED = re.compile(r"(['\"])(.*?)\1\s*(?:,|\]\s*$)", re.DOTALL)

SPECIAL = ("", LEAVE_OUT, BY_ROW)
TELLING = ("title", "description", "measure", "name")
"""Fields whose texts tell what a row is about."""

FEW = 12
"""Words of a column that are mapped one by one, also where each row has another."""

LETTERS = re.compile(r"[^\W\d_]{3}")
SHORT = 80
SHOWN_OF_ROW = 3
"""Texts of a row by which it is known on the page."""


@dataclass(slots=True)
class Word:
    """`count`: cells that have it. `becomes`: a code of ours, "" for empty, `LEAVE_OUT`, `BY_ROW`,
    or None while nothing is known. `label`: what `becomes` is called."""

    word: str
    count: int
    becomes: str | None = None
    label: str = ""
    is_guess: bool = True


@dataclass(slots=True)
class WordList:
    """The words of the column `key` for the words of ours called `choices`.

    `by_row`: (table, row number) → a code of ours. `by_key`: `word_key` → `Word`. `guessed_rows`:
    those of `by_row` that nobody has decided. `are_titles`: they tell the action type, and are
    titles, or nearly each row has another; those that tell none are of the type that is chosen for
    all such rows.
    """

    key: str
    choices: str
    words: list = field(default_factory=list)
    by_row: dict = field(default_factory=dict)
    by_key: dict = field(default_factory=dict)
    guessed_rows: set = field(default_factory=set)
    are_titles: bool = False

    @property
    def open_words(self):
        """Words of which nothing is known."""
        return [word for word in self.words if word.becomes is None]


def choices_of(name, draft):
    """[(code, label)] of the words of ours called `name`: `action_type`, `commitment`, `language`,
    `statement`."""
    return vocabulary_of(name, draft).choices


def vocabulary_of(name, draft):
    """The `Vocabulary` of this name, made once for a draft."""
    kept = draft.__dict__.setdefault("vocabularies", {})
    if name not in kept:
        kept[name] = vocabulary.load(name)
    return kept[name]


def word_key(word):
    """What names a word in decisions: Élevé, élevé and eleve are one."""
    return " ".join(fold(word).split()) or cells.folded(word)


def choices_of_columns(draft):
    """[(use, name of the words of ours)] of the columns whose words become ours."""
    found = []
    type_column = draft.constants.type_column
    for use in draft.uses:
        mapped = draft.field_of(use)
        if use.column.key == type_column:
            found.append((use, "action_type"))
        elif mapped is not None and mapped.kind is Kind.WORD:
            found.append((use, mapped.choices))
    return found


def guess_words(draft, decided):
    """Key of a column → its `WordList`.

    `decided`: {"words": {key: {folded word: becomes}}, "rows": {key: {"table:number": code}}}.
    """
    lists = {}
    for use, choices in choices_of_columns(draft):
        key = use.column.key
        words = decided.get("words", {}).get(key, {})
        rows = decided.get("rows", {}).get(key, {})
        lists[key] = list_of(draft, use, choices, words, rows)
    return lists


def list_of(draft, use, choices, decided, decided_rows):
    """The `WordList` of a column, its most frequent words first."""
    ours = vocabulary_of(choices, draft)
    made = WordList(use.column.key, choices)
    decided = {word_key(word): becomes for word, becomes in decided.items()}
    for key, (word, count) in counted(draft.rows, use).items():
        made.by_key[key] = with_meaning(Word(word, count), key, ours, decided)
    made.words = sorted(made.by_key.values(), key=lambda one: -one.count)
    guess_no_as_empty(made.words)
    if use.column.key == draft.constants.type_column:
        guess_rest(made, use, ours, draft.constants.action_type)
    if any(word.becomes == BY_ROW for word in made.words):
        decide_rows(made, draft, use, ours, decided_rows)
    return made


def counted(rows, use):
    """Key of a word → (its most frequent spelling, how many cells have it)."""
    spellings = Counter()
    at, separator = use.column.at, use.separator
    for value, count in Counter(cells.as_text(row.values[at]) for row in rows).items():
        for word in words_in(value, separator):
            spellings[word] += count
    counts = {}
    for word, count in spellings.most_common():
        key = word_key(word)
        first, sum_of_others = counts.get(key, (word, 0))
        counts[key] = first, sum_of_others + count
    return counts


def empty_words(rows, use):
    """[(a word that counts as empty, how many cells of a column have it)], such as “N/A”."""
    seen = Counter(cells.as_text(row.values[use.column.at]).strip() for row in rows)
    return [(word, count) for word, count in seen.most_common() if word and is_blank(word)]


def words_in(text, separator):
    """The words of a cell, without those that say that there is nothing."""
    if AS_LIST.fullmatch(text):
        parts = [found[1] for found in QUOTED.findall(text)]
    elif separator:
        parts = text.split(separator)
    else:
        parts = [text]
    tidied = (" ".join(part[:LONGEST].split()) for part in parts)
    return [part for part in tidied if not is_blank(part)]


def with_meaning(word, key, ours, decided):
    if key in decided:
        word.becomes, word.is_guess = decided[key], False
        if word.becomes not in (*SPECIAL, *ours.labels, None):
            word.becomes = None  # a word of ours that is no longer there
    else:
        word.becomes = ours.guess(word.word)
    word.label = ours.labels.get(word.becomes, "")
    return word


def guess_no_as_empty(words):
    """Where a column says only yes and no, what says no is empty."""
    if all(yes_or_no(word.word) is not None for word in words):
        for word in words:
            if word.is_guess and word.becomes is None and yes_or_no(word.word) is False:
                word.becomes = ""


def guess_rest(made, use, ours, action_type):
    """Where titles tell the type, those that tell none are of the type of all such rows."""
    cells_ = sum(word.count for word in made.words)
    are_many = len(made.words) > FEW and len(made.words) > cells_ / 2
    are_texts = use.field == "description" and len(made.words) == cells_
    made.are_titles = use.field == "title" or are_texts or are_many
    if made.are_titles and action_type in ours.labels:
        for word in made.open_words:
            word.becomes, word.label = action_type, ours.labels[action_type]


def decide_rows(made, draft, use, ours, decided):
    """Fill in what each row becomes whose word is decided row by row."""
    for row in rows_by_themselves(made, draft, use):
        code = decided.get(f"{row.table}:{row.number}")
        if code is None:
            code = ours.guess(words_of_row(draft, row, use))
            made.guessed_rows.add((row.table, row.number))
        if code == LEAVE_OUT or code in ours.labels:
            made.by_row[row.table, row.number] = code


def rows_by_themselves(made, draft, use):
    """The rows whose word is decided row by row, in their order."""
    at, separator = use.column.at, use.separator
    keys = {key for key, word in made.by_key.items() if word.becomes == BY_ROW}
    return [
        row
        for row in filled_down(draft.rows, draft.uses)
        if any(
            word_key(word) in keys for word in words_in(cells.as_text(row.values[at]), separator)
        )
    ]


def words_of_row(draft, row, but=None):
    """What a row says, by which it is known: its title, its description, or its first texts."""
    uses = [use for code in TELLING for use in draft.used_as(code)] or draft.uses
    texts = (cells.as_text(row.values[use.column.at]) for use in uses if use is not but)
    found = [text for text in texts if not is_blank(text) and LETTERS.search(text)]
    return "\n".join(found[:SHOWN_OF_ROW])


def read_words(draft, column, row):
    """The codes of ours that a cell means, a list; None where the row is left out.

    Raises CellError for a word of which nothing is known.
    """
    made = draft.words[column.key]
    use = next(one for one in draft.uses if one.column.key == column.key)
    codes = []
    for word in words_in(cells.as_text(row.values[column.at]), use.separator):
        known = made.by_key.get(word_key(word))
        becomes = known.becomes if known else None
        if becomes == BY_ROW:
            becomes = made.by_row.get((row.table, row.number))
        if becomes is None:
            message = _("Nobody has said what “%s” is here: decide it under “Words”.")
            raise CellError(message % Truncator(word).chars(SHORT))
        if becomes == LEAVE_OUT:
            return None
        if becomes and becomes not in codes:
            codes.append(becomes)
    return codes
