"""Which tables of a file are lists of data, and which of them belong together."""

import re

from django.utils.translation import gettext as _

from ... import cells
from .cell_kinds import LONG_TEXT, column_of, filled, present
from .row_words import INSTRUCTION_SHEETS, LISTS_OF_CHOICES, TOTALS

ROWS_LOOKED_AT = 300
LEAST_ALIKE = 0.8
"""Share of the columns that two tables must have in common to be taken as one list."""

NUMBERS_AND_SIGNS = re.compile(r"[\d\W_]+")
YEAR = re.compile(r"(?:1[89]|2[01])\d\d")
FEW_COLUMNS, FEW_ROWS = 3, 5


def choose(layouts):
    """Take the largest list and those with the same columns; say why of each."""
    reasons = [why_no_list(layout) for layout in layouts]
    lists = [layout for layout, why in zip(layouts, reasons, strict=True) if not why]
    shown = [layout for layout in lists if not layout.table.appearance.is_hidden]
    parts = [layout for layout in shown if not is_named_total(layout)]
    first = max(parts or shown or lists or filled_ones(layouts), key=size, default=None)
    for layout, why in zip(layouts, reasons, strict=True):
        layout.is_taken = layout is first
        if layout is first:
            layout.why = "" if len(layouts) == 1 else _("the largest list")
        elif why:
            layout.why = why
        else:
            layout.is_taken, layout.why = beside(first, layout)


def beside(first, layout):
    """Whether a list is taken beside the first one, and why."""
    if layout.table.appearance.is_hidden:
        return False, _("hidden")
    if not have_same_columns(first, layout):
        return False, _("other columns than “%s”") % first.table.name
    if is_named_total(layout):
        return False, _("looks like the total of other sheets")
    return True, _("the same columns as “%s”") % first.table.name


def is_named_total(layout):
    return cells.folded(layout.table.name) in TOTALS


def filled_ones(layouts):
    return [layout for layout in layouts if layout.table.rows]


def size(layout):
    """More cells in a row count for more than more rows: long lists of codes are no actions."""
    rows = layout.table.rows
    looked_at = rows[:ROWS_LOOKED_AT]
    filled_cells = sum(filled(values) for _number, values in looked_at)
    return (filled_cells / len(looked_at)) ** 3 * len(rows) ** 0.5


def why_no_list(layout):
    """Why a table is no list, in words; "" where it is one."""
    rows = layout.table.rows
    if not rows:
        return _("empty")
    name = NUMBERS_AND_SIGNS.sub(" ", cells.folded(layout.table.name)).strip()
    looked_at = rows[:ROWS_LOOKED_AT]
    width = max(filled(values) for _number, values in looked_at)
    is_small = width <= FEW_COLUMNS or len(rows) <= FEW_ROWS
    if is_small and INSTRUCTION_SHEETS.fullmatch(name):
        return _("looks like instructions")
    if is_small and LISTS_OF_CHOICES.fullmatch(name):
        return _("looks like a list of choices")
    if is_list_of_choices(layout, looked_at, width):
        return _("looks like a list of choices")
    if is_instruction(looked_at, width):
        return _("looks like instructions")
    if not data_rows(layout):
        return _("headers without rows")
    return ""


def data_rows(layout):
    last = max(layout.header_rows, default=0)
    return sum(number > last and number not in layout.left_out for number, _v in layout.table.rows)


def is_instruction(rows, width):
    """Whether there is mostly one text a row, and some are long."""
    texts = [value for _number, values in rows for value in present(values)]
    long = sum(isinstance(value, str) and len(value) > LONG_TEXT for value in texts)
    single = sum(filled(values) <= 1 for _number, values in rows)
    return single > 0.6 * len(rows) and (width <= FEW_COLUMNS or long > 0.2 * len(texts))


def is_list_of_choices(layout, rows, width):
    """Whether the columns are short words, different each, and end one after another."""
    if width == 1:
        return len(layout.table.rows) <= ROWS_LOOKED_AT and all(
            is_short(value) for _number, row in rows for value in present(row)
        )
    body = [row for row in rows if row[0] > max(layout.header_rows, default=0)]
    columns = [column_of(body, column) for column in range(max(len(v) for _n, v in rows))]
    columns = [values for values in columns if values]
    lengths = {len(values) for values in columns}
    if len(columns) < 2 or len(lengths) <= len(columns) / 2:
        return False
    return all(
        len(set(map(cells.as_text, values))) == len(values)
        and all(isinstance(value, str) and is_short(value) for value in values)
        for values in columns
    ) and ends_once(body, columns)


def is_short(value):
    """Whether a cell is a word or a few, and no sentence."""
    text = cells.as_text(value).strip()
    return len(text) <= LONG_TEXT and not text.endswith((".", "。", "!"))


def ends_once(body, columns):
    """Whether no column has a gap before its end, as in lists that stand side by side."""
    width = max(len(values) for _number, values in body)
    for column in range(width):
        flags = [column < len(v) and not cells.is_empty(v[column]) for _n, v in body]
        if any(later and not earlier for earlier, later in zip(flags, flags[1:], strict=False)):
            return False
    return True


def have_same_columns(one, other):
    """Whether two lists have nearly the same headers, apart from the years in them."""
    keys, others = (
        {YEAR.sub("", cells.folded(header)) for header in layout.headers if header}
        for layout in (one, other)
    )
    return bool(keys) and len(keys & others) >= LEAST_ALIKE * len(keys | others)
