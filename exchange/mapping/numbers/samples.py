"""Cells of a column of numbers, days or years as they stand and as they are read."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from actions.models import Value
from catalogue import units

from ... import cells
from ...problems import CellError
from ..columns.fields import Kind
from ..words.blanks import is_blank
from . import formats, signs
from .of_fields import kept

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


def samples_of(draft, uses, form):
    """A `Sample` of each different cell of columns that are read as `form`, the trickiest first."""
    field = draft.field_of(uses[0])
    units_at = [use.column.at for use in unit_uses(draft, uses[0])]
    counts = Counter()
    for row in draft.rows:
        unit = next((one for at in units_at if (one := cells.as_text(row.values[at]))), "")
        for use in uses:
            value = row.values[use.column.at]
            if value not in formats.EMPTY and (type(value), value, unit) in counts:
                counts[type(value), value, unit] += 1
            elif len(counts) < MOST_READ and value not in formats.EMPTY:
                counts[type(value), value, unit] = 1
    # A memory of its own: looking at the page must not fill that of the draft.
    form = replace(form, known={})
    found = [
        sample_of(value, unit, field, form, draft.book.from_1904, count)
        for (_type, value, unit), count in counts.items()
    ]
    return by_turns(sorted(found, key=lambda one: -one.weight))


def by_turns(samples):
    """The samples, those first that are written like none before them."""
    seen, first, later = set(), [], []
    for one in samples:
        shape = DIGITS.sub("9", one.stands), one.weight
        (later if shape in seen else first).append(one)
        seen.add(shape)
    return first + later


def unit_uses(draft, use):
    """The columns that say the unit of the numbers of a column, row by row."""
    return draft.used_as("area_unit" if use.field == "area" else "unit")


def sample_of(value, unit, field, form, from_1904, count):
    sample = Sample(cells.as_text(value), count=count)
    try:
        if field.kind in formats.NUMBERS:
            show_number(sample, kept(formats.read_number(value, form, unit), field.code))
        else:
            read = formats.read_day if field.kind is Kind.DAY else formats.read_year
            read_as, sample.notes = read(value, form, from_1904=from_1904)
            sample.reads = str(read_as) if read_as is not None else _("empty")
    except CellError as error:
        if field.joins:  # it goes into a text, whatever it says
            sample.reads = _("in words: %s") % sample.stands
        else:
            sample.problem = str(error)
    sample.weight = weight_of(sample, value)
    return sample


def show_number(sample, reading):
    sample.notes = reading.notes
    if reading.number is None:
        sample.reads = _("in words: %s") % reading.text if reading.text else _("empty")
        return
    precision = str(Value.Precision(reading.precision).label) if reading.precision else ""
    number = f"{reading.number.normalize():f}"
    sample.reads = " ".join(filter(None, (precision, number, units.symbol(reading.unit))))


def weight_of(sample, value):
    """How much a person should look at it: what cannot be read, then what is not plain digits."""
    if sample.problem:
        return 6
    if any(isinstance(note, formats.Doubtful) for note in sample.notes):
        return 5
    if is_blank(value):
        return 1
    if isinstance(value, str) and signs.is_ambiguous(value.strip()):
        return 4
    return 3 if sample.notes else 2 if isinstance(value, str) and not value.isdecimal() else 0
