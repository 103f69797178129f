"""Rows that are headings of those below them: “Field of action 1: Energy” across a table."""

import re

from ... import cells
from .cell_kinds import filled, is_data, present
from .header_texts import header_text
from .headers import ROWS_BELOW
from .row_words import SECTION

LEAST_CELLS = 3
MOST_SHARE = 0.4
"""Where more of the rows have a single cell, these are data."""

NEARLY_EMPTY = 0.2
LONGEST, LONGEST_CODE = 200, 6
NUMBERED = re.compile(r"(?:[A-Z]|[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.):]?\s+\D{3,}")


def find_headings(table, rows, left_out):
    """Number of a row → its text, of the rows that are headings. `rows`: below the headers.

    Before the text of a heading stands that of the one in the row above it.
    """
    kept = [row for row in rows if row[0] not in left_out]
    usual = max((filled(values) for _number, values in kept[:ROWS_BELOW]), default=0)
    if usual < LEAST_CELLS:
        return {}
    few = {
        number: values for number, values in kept if is_single(values) or is_coded(values, usual)
    }
    if not few or len(few) > MOST_SHARE * len(kept):
        return {}
    merged = rows_merged_across(table)
    empty = columns_nearly_empty(kept, few)
    found = {}
    for at, (number, values) in enumerate(kept):
        if number not in few or not is_followed(kept, at, few):
            continue
        text, below = words_of(values), kept[at + 1][1]
        if filled(values) == 2:
            is_heading = begins_codes(values, below) or is_section(values)
        else:
            is_heading = is_section(values) or only_cell(values)[0] in empty
        if number in merged or is_heading:
            above = found.get(kept[at - 1][0]) if at else None
            found[number] = f"{above} – {text}" if above else text
    return found


def is_single(values):
    """Whether a row has one cell, with words."""
    if len(values) - values.count("") > LEAST_CELLS or filled(values) != 1:
        return False
    text = words_of(values)
    return not is_data(text) and len(text) <= LONGEST


def is_coded(values, usual):
    """Whether a row has a code and words beside it, where most have more."""
    if usual <= LEAST_CELLS or len(values) - values.count("") > LEAST_CELLS or filled(values) != 2:
        return False
    code, words = map(header_text, present(values))
    return len(code) <= LONGEST_CODE and not is_data(words) and len(words) <= LONGEST


def begins_codes(values, below):
    """Whether the code of a row begins that of the row below: A and A1, 2 and 2.1."""
    code, first = header_text(present(values)[0]), header_text(present(below)[0])
    return len(first) > len(code) and first.startswith(code.rstrip(". "))


def words_of(values):
    return " ".join(map(header_text, present(values)))


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


def is_section(values):
    """Whether a row begins as headings do: “2.1 Water”, “Field of action: Water”."""
    *code, words = map(header_text, present(values))
    return SECTION.match(cells.folded(words)) is not None or (
        not code and NUMBERED.match(words) is not None
    )
