"""What single cells of a table look like: a header, a year, a figure, a unit."""

import datetime
import math
import re

from catalogue import units

from ... import cells

LONGEST_HEADER = 250
LONG_TEXT = 60
YEARS = range(1800, 2200)
YEAR = re.compile(r"(?:1[89]|2[01])\d\d(?:\s?[-/–]\s?(?:\d\d|(?:1[89]|2[01])\d\d))?\*?")
NUMBER = re.compile(r"[-+−~≈<>≤≥]*\s*[\d][\d.,'’\s\u00a0]*(?:e[+-]?\d+)?\s*%?", re.IGNORECASE)
BRACKETS = "()[] "


def filled(values):
    return sum(not cells.is_empty(value) for value in values)


def present(values):
    return [value for value in values if not cells.is_empty(value)]


def likeness(value):
    """From 0 to 1: how well a cell can be a header."""
    if is_year(value):
        return 1
    if isinstance(value, cells.Broken):
        return 0.5
    if not isinstance(value, str):
        return 0.5 if isinstance(value, datetime.date) else 0
    text = value.strip()
    if NUMBER.fullmatch(text) or len(text) > LONGEST_HEADER:
        return 0
    return 0.6 if len(text) > LONG_TEXT and "\n" not in text else 1


def is_year(value):
    """Whether a cell is a year, or a period of years."""
    if isinstance(value, str):
        return YEAR.fullmatch(value.strip()) is not None
    return is_figure(value) and value == int(value) and int(value) in YEARS


def is_figure(value):
    return cells.is_number(value) and math.isfinite(value)


def is_data(value):
    """Whether a cell holds a number or a day, as no header does."""
    if isinstance(value, str):
        return NUMBER.fullmatch(value.strip()) is not None
    return not isinstance(value, cells.Broken) and value is not None


def is_unit(value):
    return isinstance(value, str) and (
        value.strip() in ("%", "‰", "€", "$", "£", "¥")
        or units.parse(value.strip(BRACKETS)) in units.UNITS
    )


def share_of_data(rows, column):
    values = column_of(rows, column)
    return sum(map(is_data, values)) / len(values) if values else 0


def share_of_years(rows, column):
    values = column_of(rows, column)
    return sum(map(is_year, values)) / len(values) if values else 0


def column_of(rows, column):
    """The filled cells of a column."""
    found = (values[column] for _number, values in rows if column < len(values))
    return [value for value in found if not cells.is_empty(value)]
