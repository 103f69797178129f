"""What the rows of headers say of each column, in one text."""

import re
from collections import Counter

from ... import cells
from .cell_kinds import is_unit, is_year
from .row_words import VAGUE_HEADERS

SHORT_HEADER = 2
BLANKS = re.compile(r"\s+")
MARKS = re.compile(r"(?<=\S)\s?(?:\[\d{1,2}\]|\*+)(?=\s|$)")
NUMBERED_MARKS = re.compile(r"(?<=\w)\s\d{1,2}\)(?=\s|$)|(?<=[^\W\d])\d{1,2}\)(?=\s|$)")
"""Signs of footnotes, and of what must be filled in."""


def headers_of(table, numbers):
    """One text a column, of the rows with these numbers."""
    wanted = set(numbers)
    rows = [row for row in table.rows if row[0] in wanted]
    width = max((width_of(values) for _number, values in table.rows), default=0)
    parts = [[] for _column in range(width)]
    for at, (number, values) in enumerate(rows):
        texts = [header_text(value) for value in values[:width]] + [""] * (width - len(values))
        if at + 1 < len(rows):
            add_groups(table, parts, (number, texts), rows[at + 1][1])
        else:
            add_leaves(parts, texts)
    return [without_marks(" ".join(each)) for each in parts]


def without_marks(text):
    if text.count(")") > text.count("("):
        text = NUMBERED_MARKS.sub("", text)
    return MARKS.sub("", text)


def width_of(values):
    """How many cells there are up to the last one that is filled."""
    width = len(values)
    while width and cells.is_empty(values[width - 1]):
        width -= 1
    return width


def header_text(value):
    if is_year(value) and not isinstance(value, str):
        return str(int(value))
    return BLANKS.sub(" ", cells.as_text(value)).strip()


def add_groups(table, parts, row, below):
    """Put the names of groups before those headers below them that say little by themselves.

    Where no name is of several columns, each is the first line of a header.
    """
    number, texts = row
    below = [header_text(value) for value in below] + [""] * (len(texts) - len(below))
    spans = spans_of(table, number, texts, below)
    doubled = doubled_in_groups(spans.values(), below)
    are_groups = any(len(span) > 1 for span in spans.values())
    for start, span in spans.items():
        for column in span:
            leaf = below[column] if column < len(below) else ""
            is_enough = is_name_by_itself(leaf) and cells.folded(leaf) not in doubled
            if not (are_groups and is_enough):
                parts[column].append(texts[start])


def is_name_by_itself(leaf):
    return (
        (len(leaf) > SHORT_HEADER or not leaf.isascii())
        and bool(leaf)
        and not is_year(leaf)
        and not is_unit(leaf)
        and cells.folded(leaf).strip(" .:*()") not in VAGUE_HEADERS
    )


def doubled_in_groups(spans, texts):
    """The folded texts that stand below several groups."""
    groups = [
        {cells.folded(texts[column]) for column in span if column < len(texts)} for span in spans
    ]
    counts = Counter(text for group in groups for text in group)
    return {text for text, count in counts.items() if count > 1}


def add_leaves(parts, texts):
    for part, text in zip(parts, texts, strict=True):
        if not text or (part and cells.folded(part[-1]) == cells.folded(text)):
            continue
        if part and is_unit(text) and not text.startswith(("(", "[")):
            text = f"({text})"
        part.append(text)


def spans_of(table, number, values, leaves):
    """Column of each filled cell of a row → the columns that it stands over."""
    starts = [column for column, value in enumerate(values) if not cells.is_empty(value)]
    merged = {
        left: range(left, right + 1)
        for first, left, last, right in table.appearance.merged
        if first <= number <= last and right > left
    }
    width = len(leaves)
    spans = {}
    for start, end in zip(starts, [*starts[1:], width], strict=True):
        if merged:
            spans[start] = merged.get(start, range(start, start + 1))
        else:
            spans[start] = range(start, group_end(leaves, start, end))
    return spans


def group_end(leaves, start, end):
    """Where a group ends that is not merged: before a gap, and of years where years end."""
    if cells.is_empty(leaves[start : start + 1] and leaves[start]):
        return start + 1
    of_years = is_year(leaves[start])
    at = start + 1
    while at < end and not cells.is_empty(leaves[at]) and is_year(leaves[at]) == of_years:
        at += 1
    return at
