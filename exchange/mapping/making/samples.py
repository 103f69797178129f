"""Cells of a column of numbers, days or years as they stand and as they are read."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from actions.models import Value
from catalogue import units

from ... import cells
from ...problems import CellError
from ..columns.use import filled_down
from ..numbers import formats, signs
from ..words.blanks import is_blank
from .made import MAKERS

DIGITS = re.compile(r"\d+")
MOST_READ = 3_000
"""Different cells of a column that are looked at for the page."""


@dataclass(slots=True)
class Sample:
    """`stands`: the cell; `reads`: what it becomes, "" where it cannot be read: `problem` says why.

    `count`: how many cells are equal to it. `weight`: how much a person should look at it.
    """

    stands: str
    reads: str = ""
    problem: str = ""
    notes: tuple = ()
    count: int = 1
    weight: int = 0

    @property
    def doubts(self):
        return [note for note in self.notes if isinstance(note, formats.Doubtful)]


def samples_of(draft, uses):
    """A `Sample` of each different cell of columns that are read alike, the trickiest first.

    The maker of the workbook reads them.
    """
    maker = MAKERS[draft.target](draft)
    counts, found = Counter(), {}
    for stands, row in zip(draft.rows, filled_down(draft.rows, draft.uses), strict=True):
        for use in uses:
            value = stands.values[use.column.at]
            if value in formats.EMPTY:
                continue
            key = type(value), value, maker.beside(use, row)
            if key not in found and len(found) < MOST_READ:
                found[key] = sample_of(maker, use, row, value)
            counts[key] += key in found
    for key, sample in found.items():
        sample.count = counts[key]
    return by_turns(sorted(found.values(), key=lambda one: -one.weight))


def by_turns(samples):
    """The samples, those first that are written like none before them."""
    seen, first, later = set(), [], []
    for one in samples:
        shape = DIGITS.sub("9", one.stands), one.weight
        (later if shape in seen else first).append(one)
        seen.add(shape)
    return first + later


def sample_of(maker, use, row, value):
    sample = Sample(cells.as_text(value))
    try:
        taken, sample.notes = maker.taken(use, row)
        sample.reads = in_words(taken, maker.draft.field_of(use).unit)
    except CellError as error:
        sample.problem = str(error)
    sample.weight = weight_of(sample, value)
    return sample


def in_words(taken, unit):
    """What a cell becomes, for people. `unit`: of our cell, which has the number alone."""
    if isinstance(taken, formats.Reading):
        if taken.number is None:
            return _("in words: %s") % taken.text if taken.text else _("empty")
        precision = str(Value.Precision(taken.precision).label) if taken.precision else ""
        return " ".join(filter(None, (precision, plain(taken.number), units.symbol(taken.unit))))
    if isinstance(taken, Decimal):
        return f"{plain(taken)} {units.symbol(unit)}".strip()
    return _("empty") if taken in formats.EMPTY else str(taken)


def plain(number):
    return f"{number.normalize():f}"


def weight_of(sample, value):
    """How much a person should look at it: what cannot be read, then what is not plain digits."""
    if sample.problem:
        return 6
    if sample.doubts:
        return 5
    if is_blank(value):
        return 1
    if isinstance(value, str) and signs.is_ambiguous(value.strip()):
        return 4
    return 3 if sample.notes else 2 if isinstance(value, str) and not value.isdecimal() else 0
