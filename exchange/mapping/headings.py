"""Rows that are headings of those below them: “Field of action 1: Energy” across a table."""

import re

from .. import cells
from .cell_kinds import filled, is_data
from .header_texts import header_text
from .headers import ROWS_BELOW
from .row_words import SECTION

LEAST_CELLS = 3
MOST_SHARE = 0.4
"""Where more of the rows have a single cell, these are data."""

NEARLY_EMPTY = 0.2
LONGEST = 200
NUMBERED = re.compile(r"(?:[A-Z]|[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.):]?\s+\D{3,}")


def find_headings(table, rows, left_out):
    """Number of a row → its text, of the rows that are headings. `rows`: below the headers.

    Before the text of a heading stands that of the one in the row above it.
    """
    kept = [row for row in rows if row[0] not in left_out]
    usual = max((filled(values) for _number, values in kept[:ROWS_BELOW]), default=0)
    if usual < LEAST_CELLS:
        return {}
    single = {number: values for number, values in kept if is_single(values)}
    if not single or len(single) > MOST_SHARE * len(kept):
        return {}
    merged = rows_merged_across(table)
    empty = columns_nearly_empty(kept, single)
    found = {}
    for at, (number, values) in enumerate(kept):
        if number in single and is_followed(kept, at, single):
            column, text = only_cell(values)
            if number in merged or column in empty or is_like_heading(text):
                above = found.get(kept[at - 1][0]) if at else None
                found[number] = f"{above} – {text}" if above else text
    return found


def is_single(values):
    """Whether a row has one cell, with words."""
    if filled(values) != 1:
        return False
    _column, text = only_cell(values)
    return not is_data(text) and len(text) <= LONGEST


def only_cell(values):
    return next(
        (column, header_text(value))
        for column, value in enumerate(values)
        if not cells.is_empty(value)
    )


def rows_merged_across(table):
    return {
        first
        for first, left, last, right in table.appearance.merged
        if first == last and right - left + 1 >= LEAST_CELLS
    }


def columns_nearly_empty(rows, single):
    """The columns with a single cell in a row that hardly any other row fills."""
    others = [values for number, values in rows if number not in single][:ROWS_BELOW]
    columns = {only_cell(values)[0] for values in single.values()}
    return {
        column
        for column in columns
        if sum(column < len(row) and not cells.is_empty(row[column]) for row in others)
        <= NEARLY_EMPTY * len(others)
    }


def is_followed(rows, at, single):
    """Whether a row of data comes next, behind other headings at most."""
    return any(number not in single for number, _values in rows[at + 1 : at + 1 + LEAST_CELLS])


def is_like_heading(text):
    return NUMBERED.match(text) is not None or SECTION.match(cells.folded(text)) is not None
