"""The different words of a column, each of which becomes one of ours once."""

from dataclasses import dataclass, field

LEAVE_OUT = "-"
"""Instead of one of our words: rows with it are left out."""

BY_ROW = "*"
"""Instead of one of our words: each row with it is decided by itself."""


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

    `by_row`: (table, row number) → a code of ours.
    """

    key: str
    choices: str
    words: list = field(default_factory=list)
    by_row: dict = field(default_factory=dict)


def choices_of(name, draft):
    """[(code, label)] of the words of ours called `name`: `action_type`, `commitment`, `language`,
    `statement`."""
    raise NotImplementedError


def guess_words(draft, decided):
    """Key of a column → its `WordList`.

    `decided`: {"words": {key: {folded word: becomes}}, "rows": {key: {"table:number": code}}}.
    """
    raise NotImplementedError


def read_words(draft, column, row):
    """The codes of ours that a cell means, a list; None where the row is left out.

    Raises CellError for a word of which nothing is known.
    """
    raise NotImplementedError


def is_blank(value):
    """Whether a cell is empty, or says so: "NA", "n/a", "-", "[Enter a number]"."""
    raise NotImplementedError
