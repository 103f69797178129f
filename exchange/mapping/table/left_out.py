"""Which rows of a table are no data: explanations, totals, repeated headers, footnotes."""

import math
import re

from django.utils.translation import gettext as _

from ... import cells
from .cell_kinds import LONG_TEXT, filled, is_data, is_figure, is_unit, present, share_of_data
from .header_texts import header_text
from .headers import ROWS_BELOW
from .row_words import (
    EXAMPLE,
    FOOTNOTE,
    IN_BRACKETS,
    INSTRUCTION,
    KINDS_OF_ENTRY,
    PATTERN_OF_DAY,
    TOTALS,
)

BEHIND_A_KIND = re.compile(r"[(\[:;,]| - ")
"""What begins the explanation behind a kind of entry: “text (at most 200 letters)”."""

MOST_BELOW_HEADERS = 5
LEAST_ROWS_OF_SUM = 3
MOST_FOOTNOTES = 60
MOSTLY = 0.6
NEARLY_ALL = 0.8
NARROW = 3
LONGEST_TOTAL = 30

COUNTED = re.compile(r"\d[\d.,'\s]*[^\d\s]+(?: [^\d\s]+)?")
"""A number of what stands above, in a row of totals: “21 Maßnahmen”, “2,4 Mio. EUR”."""


def find_left_out(table, header_rows, headers):
    """Number of a row → why it is no data, in words."""
    last = max(header_rows, default=0)
    rows = [row for row in table.rows if row[0] > last]
    found = dict.fromkeys(sorted(table.appearance.struck_rows), _("all of it is struck through"))
    found = {number: why for number, why in found.items() if number > last}
    found.update(rows_below_headers(rows, headers))
    found.update(repeated_headers(table, rows, header_rows))
    found.update(totals(table, rows))
    found.update(footnotes(rows, found))
    found.update(sums(rows, found))
    return dict(sorted(found.items()))


# Below the headers


def rows_below_headers(rows, headers):
    """The rows with which a table begins that say what to enter."""
    found = {}
    for at, (number, values) in enumerate(rows[:MOST_BELOW_HEADERS]):
        why = why_no_data(values, rows[at + 1 : at + 1 + ROWS_BELOW], headers)
        if not why:
            break
        found[number] = why
    return found


def why_no_data(values, below, headers):
    words = [cells.folded(cells.as_text(value)) for value in present(values)]
    if not words:
        return ""
    if EXAMPLE.match(words[0]) and (EXAMPLE.fullmatch(words[0]) or len(words) > 1):
        return _("an example")
    if share(words, is_kind_of_entry) >= MOSTLY or is_one_word_often(words, values, below):
        return _("says what kind of entry belongs into each column")
    if is_numbering(values) and len(words) >= min(NARROW, filled(headers)):
        return _("numbers the columns")
    if share(words, lambda word: word.startswith("#")) >= MOSTLY and len(words) > 1:
        return _("names the columns for programs")
    instructions = share(words, INSTRUCTION.match)
    if instructions >= MOSTLY or (instructions and words_over_numbers(values, below)):
        return _("explains the columns")
    if words_over_numbers(values, below) and mean_length(words) > LONG_TEXT / 4:
        return _("explains the columns")
    return ""


def share(words, test):
    return sum(bool(test(word)) for word in words) / len(words)


def mean_length(words):
    return sum(map(len, words)) / len(words)


def is_kind_of_entry(word):
    word = BEHIND_A_KIND.split(word.strip(" *:()[]"))[0].strip()
    first = " ".join(word.split()[:2])
    return (
        word in KINDS_OF_ENTRY
        or (" " in first and first in KINDS_OF_ENTRY)
        or PATTERN_OF_DAY.fullmatch(word) is not None
        or IN_BRACKETS.match(f"[{word}]") is not None
    )


def is_one_word_often(words, values, below):
    """Whether the cells of a row repeat few words that stand nowhere below."""
    if not below or len(words) < 4 or len(set(words)) * 3 > len(words):
        return False
    if any(map(is_data, present(values))):
        return False
    others = {value for _number, row in below for value in row if isinstance(value, str)}
    return not others & {value for value in values if isinstance(value, str) and value}


def is_numbering(values):
    """Whether cells count 1, 2, 3 or A, B, C."""
    texts = [header_text(value).strip("()[]. ") for value in present(values)]
    if len(texts) < NARROW:
        return False
    texts = [text.removesuffix(".0") for text in texts]
    counts = [str(number) for number in range(1, len(texts) + 1)]
    letters = [cells.column_letters(column) for column in range(len(texts))]
    return texts == counts or [text.upper() for text in texts] == letters


def words_over_numbers(values, below):
    """Whether a row has words in most of the columns that have numbers or days below."""
    if len(below) < NARROW:
        return False
    columns = [
        column
        for column, value in enumerate(values)
        if not cells.is_empty(value) and share_of_data(below, column) >= NEARLY_ALL
    ]
    return len(columns) > 1 and not any(is_data(values[column]) for column in columns)


# Anywhere


def repeated_headers(table, rows, header_rows):
    found, words = {}, _("repeats the headers")
    for number, values in table.rows:
        if number not in header_rows or filled(values) < 2:
            continue
        column = next(at for at, value in enumerate(values) if not cells.is_empty(value))
        first = values[column]
        wanted = [header_text(value) for value in values]
        for other, row in rows:
            if column < len(row) and row[column] == first and is_same(wanted, row):
                found[other] = words
    return found


def is_same(wanted, row):
    texts = [header_text(value) for value in row]
    pairs = [(one, other) for one, other in zip(wanted, texts, strict=False) if one or other]
    alike = sum(cells.folded(one) == cells.folded(other) for one, other in pairs)
    return alike >= NEARLY_ALL * len(pairs)


def totals(table, rows):
    """Rows that a table of the sheet, or their first word, calls a total."""
    marked = {
        number
        for first, _left, last, _right in table.appearance.totals
        for number in range(first, last + 1)
    }
    words = _("a total")
    return {number: words for number, values in rows if number in marked or is_total(values)}


def is_total(values):
    """Whether the first word of a row says so, and all others are numbers, counts or units."""
    for column, value in enumerate(values):
        if cells.is_empty(value):
            continue
        if not isinstance(value, str) or len(value) > LONGEST_TOTAL:
            return False
        if cells.folded(value).rstrip(" :：*.") not in TOTALS:
            return False
        rest = present(values[column + 1 :])
        return all(is_data(one) or is_unit(one) or is_count(one) for one in rest)
    return False


def is_count(value):
    return isinstance(value, str) and COUNTED.fullmatch(value.strip()) is not None


def footnotes(rows, found):
    """Below a table: rows with a single cell, behind a gap or with the sign of a footnote."""
    notes, words = {}, _("a note below the table")
    usual = max((filled(values) for _number, values in rows[:ROWS_BELOW]), default=0)
    if usual < NARROW:
        return {}
    tail = []
    for number, values in reversed(rows[-MOST_FOOTNOTES:]):
        if number in found:
            continue
        if filled(values) > 2 or (filled(values) == 2 and usual <= NARROW + 1):
            break
        tail.insert(0, (number, values))
    if len(tail) == len(rows):
        return {}
    before = next((n for n, _v in reversed(rows) if not tail or n < tail[0][0]), None)
    for number, values in tail:
        text = cells.as_text(present(values)[0])
        is_note = FOOTNOTE.match(cells.folded(text)) is not None or len(text) > 2 * LONG_TEXT
        is_apart = before is not None and number > before + 1 and filled(values) == 1
        if notes or is_note or is_apart:
            notes[number] = words
        before = number
    return notes


def sums(rows, found):
    """The last row, where each number is the sum of those above, or nothing names its numbers."""
    kept = [row for row in rows if row[0] not in found]
    if len(kept) <= LEAST_ROWS_OF_SUM:
        return {}
    (number, values), above = kept[-1], kept[:-1]
    if is_nameless(values, above[-ROWS_BELOW:]):
        return {number: _("numbers that nothing names, as of a total")}
    figures = [column for column, value in enumerate(values) if is_figure(value) and value]
    words = sum(isinstance(value, str) for value in present(values))
    if len(figures) < 2 or words > 2:
        return {}
    if all(is_sum(values[column], above, column) for column in figures):
        return {number: _("each of its numbers is the sum of those above")}
    return {}


def is_nameless(values, above):
    """Whether a row has numbers alone, where each of those above has words in some column."""
    if not values or not all(map(is_data, present(values))):
        return False
    named = [
        column
        for column in range(len(values))
        if all(column < len(row) and isinstance(row[column], str) for _number, row in above)
        and not any(is_data(row[column]) for _number, row in above)
    ]
    return any(all(not cells.is_empty(row[column]) for _number, row in above) for column in named)


def is_sum(value, above, column):
    values = (row[column] for _number, row in above if column < len(row))
    figures = [figure for figure in values if is_figure(figure)]
    return len(figures) >= LEAST_ROWS_OF_SUM and math.isclose(sum(figures), value, rel_tol=1e-6)
