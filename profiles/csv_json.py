"""Tables as lines of CSV and JSON, for streamed responses."""

import csv
import io
import json
from decimal import Decimal

BYTE_ORDER_MARK = "\ufeff"
"""Excel recognises UTF-8 by it."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
"""A spreadsheet program may run text that begins so as a formula: `csv_cell` puts `'` before it."""


def number_text(number):
    """All digits of a Decimal, without zeros at the end and without a sign before zero."""
    return f"{number.normalize() + 0:f}"


def csv_cell(value):
    match value:
        case str():
            return f"'{value}" if value.startswith(FORMULA_STARTS) else value
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return number_text(value)
    return "" if value is None else str(value)


def csv_line(cells):
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def csv_lines(names, rows, cell=csv_cell):
    """The lines of a file with this header. `cell` turns a value into text."""
    yield BYTE_ORDER_MARK
    yield csv_line(map(csv_cell, names))
    for values in rows:
        yield csv_line(map(cell, values))


def json_value(value):
    """`value` as JSON: decimals with all their digits, empty text as null, other types as text."""
    match value:
        case None | "":
            return "null"
        case Decimal():
            return number_text(value)
        case str() | int():
            return json.dumps(value, ensure_ascii=False)
    return json.dumps(str(value), ensure_ascii=False)


def json_rows(names, rows):
    """Each row as an object on a line of its own, with commas between."""
    keys = [json_value(name) for name in names]
    for number, values in enumerate(rows):
        cells = zip(keys, map(json_value, values), strict=True)
        yield f"{',' if number else ''}\n{{{', '.join(f'{key}: {cell}' for key, cell in cells)}}}"
