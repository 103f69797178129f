"""Finds the table on a sheet of ours: below titles, without totals, with addresses for links."""

import re
from urllib.parse import unquote

from .. import cells
from ..sheets import SHEETS
from .sheet_names import ROWS_OF_TITLES, headers_of

LEAST_HEADERS = 2
MAIL = "mailto"
ADDRESS = re.compile(r"\s*(?:https?://\S+|[^\s@]+@[^\s@]+\.[^\s@]+)\s*", re.IGNORECASE)


def find_tables(workbook):
    """Set apart what is no data, sheet by sheet. What was done is noted in the sheets."""
    classes = {cells.folded(cls.sheet_name): cls for cls in SHEETS}
    for name, data in workbook.sheets.items():
        if cls := classes.get(name):
            find_headers(cls, data)
            leave_out_totals(data)
            put_addresses(cls, data)


def find_headers(cls, data):
    """Where titles stand above the headers, move them into `above`."""
    known = headers_of(cls)
    keys = {
        cells.folded(column.header)
        for column in cls.fields.values()
        if column.is_key and not column.one_of
    }
    if keys <= words_of(data.headers):
        return
    for at, (number, row) in enumerate(data.rows[:ROWS_OF_TITLES]):
        words = words_of(row)
        if keys <= words and len(words & known) >= LEAST_HEADERS:
            data.above = [(data.header_row, data.headers), *data.rows[:at]]
            data.header_row, data.headers = number, [cells.as_text(value) for value in row]
            del data.rows[: at + 1]
            return


def words_of(row):
    return {cells.folded(cells.as_text(value)) for value in row if not cells.is_empty(value)}


def leave_out_totals(data):
    """Take the totals of tables away, and the rows that hold nothing else."""
    for first, left, last, right in data.appearance.totals:
        for number, row in data.rows:
            if first <= number <= last:
                stop = min(right + 1, len(row))
                row[left:stop] = [""] * (stop - left)
                data.totals.append(number)
    if data.totals:
        rows = ((number, row) for number, row in data.rows if not all(map(cells.is_empty, row)))
        data.rows = list(rows)


def put_addresses(cls, data):
    """In columns for addresses, put the address behind a text that is no address itself."""
    addresses = data.appearance.addresses
    schemes = schemes_by_column(cls, data) if addresses else {}
    if not schemes:
        return
    for number, row in data.rows:
        for column, wanted in schemes.items():
            text, address = row[column], addresses.get((number, column), "")
            scheme, _, rest = address.partition(":")
            if scheme.lower() not in wanted or not isinstance(text, str) or ADDRESS.fullmatch(text):
                continue
            row[column] = unquote(rest.partition("?")[0]) if scheme.lower() == MAIL else address
            data.linked.append((number, column, text))


def schemes_by_column(cls, data):
    """Column → the schemes of the addresses that it takes."""
    by_header = {cells.folded(column.header): column.widget for column in cls.fields.values()}
    widgets = enumerate(by_header.get(cells.folded(header)) for header in data.headers)
    return {at: widget.link_schemes for at, widget in widgets if widget and widget.link_schemes}
