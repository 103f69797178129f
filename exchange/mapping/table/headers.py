"""Which rows of a table are its headers."""

import re
from collections import Counter

from ... import cells
from .cell_kinds import (
    column_of,
    filled,
    is_data,
    is_unit,
    is_year,
    likeness,
    present,
    share_of_data,
    share_of_years,
)
from .header_texts import headers_of, spans_of

ROWS_SEARCHED = 60
ROWS_BELOW = 240
"""By so many rows it is judged what the rows of a table look like."""

LEAST_SHARE = 0.5
"""Cells of a row, of those that most rows have, that must be filled in headers."""

NEARLY_THE_BEST = 0.7
ROWS_OF_DATA = 3
"""After so many rows of data no header is sought any more."""

MOST_HEADER_ROWS = 4
IN_BRACKETS = re.compile(
    r"[(（](?:[^()（）\d]+|[^()（）]*[^\W\d_][^()（）]*)[)）]"  # noqa: RUF001 (wide brackets)
)
"""Words or a sign in brackets, as “(km2)” or “(%)”, and no number, as “(5)”."""


def find_headers(table):
    """The numbers of the rows that are the headers of a table; none if it has no header."""
    rows = table.rows[: ROWS_SEARCHED + ROWS_BELOW]
    at = best_row(rows)
    if at is None:
        return ()
    found = [rows[at][0]]
    while at > 0 and len(found) < MOST_HEADER_ROWS and is_group_row(table, rows, at - 1):
        at -= 1
        found.insert(0, rows[at][0])
    at = [number for number, _values in rows].index(found[-1])
    while len(found) < MOST_HEADER_ROWS and goes_on(table, rows, found, at + 1):
        at += 1
        found.append(rows[at][0])
    return tuple(found)


def best_row(rows):
    """The index of the row that looks most like headers; None if all look like data."""
    usual, widest = usual_width(rows), used_columns(rows)
    recurring = recurring_values(rows)
    scores, data_rows = {}, 0
    for at, (_number, values) in enumerate(rows[:ROWS_SEARCHED]):
        width = filled(values)
        if width < max(LEAST_SHARE * usual, min(usual, 2)):
            continue
        likeness = label_share(values, recurring)
        if likeness < LEAST_SHARE:
            data_rows += 1
            if data_rows >= ROWS_OF_DATA:
                break
            continue
        scores[at] = likeness * width / widest
    if not scores:
        return None
    best = max(scores.values())
    first = min(at for at, score in scores.items() if score >= NEARLY_THE_BEST * best)
    return None if looks_like_those_below(rows, first) else first


def usual_width(rows):
    """How many cells the fuller rows have."""
    widths = sorted(filled(values) for _number, values in rows)
    return widths[len(widths) * 4 // 5] if widths else 0


def used_columns(rows):
    """How many columns have anything."""
    width = max((len(values) for _number, values in rows), default=0)
    return sum(bool(column_of(rows, column)) for column in range(width))


def recurring_values(rows):
    """(column, value) of the texts that stand in several rows."""
    seen = Counter(
        (column, value)
        for _number, values in rows
        for column, value in enumerate(values)
        if isinstance(value, str) and value
    )
    return {key for key, count in seen.items() if count > 1}


def label_share(values, recurring):
    """The share of the filled cells of a row that can be headers."""
    present = [(column, value) for column, value in enumerate(values) if not cells.is_empty(value)]
    if not present:
        return 0
    marks = sum(
        likeness(value) * (0.5 if (column, value) in recurring else 1) for column, value in present
    )
    different = len({cells.folded(cells.as_text(value)) for _column, value in present})
    return marks / len(present) * min(1, (different + len(present)) / (2 * len(present)) + 0.1)


def looks_like_those_below(rows, at):
    """Whether a row has numbers where those below have numbers, so that it is one of them.

    Years are no sign: they stand in headers too, unless they are in one column of the rows below.
    """
    values, below = rows[at][1], rows[at + 1 : at + 1 + ROWS_BELOW]
    alike = sum(
        is_data(value) and share_of_data(below, column) > LEAST_SHARE
        for column, value in enumerate(values)
        if not cells.is_empty(value) and not is_year(value)
    )
    years = [column for column, value in enumerate(values) if is_year(value)]
    if len(years) == 1 and share_of_years(below, years[0]) > LEAST_SHARE:
        alike += 1
    return alike > 0


# Headers of several rows


def is_group_row(table, rows, at):
    """Whether a row has the names of groups of columns, and the one below their headers."""
    (number, values), (below, leaves) = rows[at], rows[at + 1]
    if number + 1 != below or any(likeness(value) < 1 for value in present(values)):
        return False
    spans = spans_of(table, number, values, leaves)
    wide = {start: span for start, span in spans.items() if len(span) > 1}
    if not wide or filled(values) > filled(leaves) + len(spans) - len(wide):
        return False
    first = min(column for column, value in enumerate(leaves) if not cells.is_empty(value))
    is_title = len(spans) == 1 and min(spans) <= first
    covers_all = len(spans) <= 2 and len(max(wide.values(), key=len)) >= 0.7 * filled(leaves)
    return not is_title and not (covers_all and min(spans) <= first)


def goes_on(table, rows, found, at):
    """Whether the row at `at` goes on with the headers: it fills the gaps of those above it."""
    if at >= len(rows) - 1 or rows[at][0] != found[-1] + 1:
        return False
    number, values = rows[at]
    above = headers_of(table, found)
    if (
        is_row_of_units(values, above)
        or is_row_in_brackets(values)
        or is_only_over_numbers(values, rows[at + 1 :])
    ):
        return True
    if not all(likeness(value) == 1 for value in present(values)):
        return False
    if is_merged_down(table, found[-1], number):
        return True
    upper = next(row for row_number, row in rows if row_number == found[-1])
    spans = spans_of(table, found[-1], upper, values)
    gaps = [
        column
        for start, span in spans.items()
        for column in span
        if column > start and column < len(values) and not cells.is_empty(values[column])
    ]
    return bool(gaps) and is_below_gaps(rows, upper, at, gaps)


def is_merged_down(table, number, below):
    """Whether a header of the row `number` reaches into the row `below`."""
    return any(
        first <= number and last == below for first, _left, last, _right in table.appearance.merged
    )


def is_below_gaps(rows, upper, at, gaps):
    """Whether a row is one of headers under a row with gaps: years, or words over numbers."""
    values, below = rows[at][1], rows[at + 1 : at + 1 + ROWS_BELOW]
    under_headers = [
        column
        for column, value in enumerate(values[: len(upper)])
        if not cells.is_empty(value) and not cells.is_empty(upper[column])
    ]
    if all(is_year(values[column]) for column in gaps):
        return True
    beside = [column for column in under_headers if column + 1 not in gaps]
    over_data = sum(share_of_data(below, column) > LEAST_SHARE for column in gaps)
    return not beside and (over_data > 0 or len(gaps) > 1)


def is_only_over_numbers(values, below):
    """Whether a row has words over columns of numbers, and nothing over the names of the rows."""
    columns = [column for column, value in enumerate(values) if not cells.is_empty(value)]
    if len(columns) < 2 or len(below) < 2 or any(is_data(values[column]) for column in columns):
        return False
    return all(share_of_data(below, column) >= LEAST_SHARE for column in columns) and any(
        share_of_data(below, column) < LEAST_SHARE
        for column in range(len(values))
        if column_of(below[:ROWS_BELOW], column)
    )


def is_row_of_units(values, headers):
    """Whether a row below headers has the unit of some columns, and nothing else."""
    words = present(values)
    return bool(words) and len(words) < len(present(headers)) and all(map(is_unit, words))


def is_row_in_brackets(values):
    """Whether a row below headers only explains them: all its cells are in brackets."""
    words = present(values)
    return len(words) > 1 and all(
        isinstance(value, str) and IN_BRACKETS.fullmatch(value.strip()) for value in words
    )
