"""Spreads a column that was copied from a spreadsheet over the rows of an update."""

import csv
from itertools import islice

from .models import Answer

COLUMNS = ("text", "year", "source")


def spread(lines, first, keys, post):
    """Put the cells of `lines` into `post`, from the row `first` on; returns the lines left over.

    A line is a value; a year and a source may follow after tabs. Empty cells change nothing, and a
    cell that names a choice (unchanged, no new data) chooses it.
    """
    keys = keys[keys.index(first) :] if first in keys else keys
    given = cells_in(lines)
    for key, cells in zip(keys, given, strict=False):
        for name, cell in zip(COLUMNS, cells, strict=False):
            if cell.strip():
                _fill(post, key, name, cell.strip())
    return "\n".join("\t".join(cells) for cells in islice(given, len(keys), None))


def cells_in(lines):
    try:
        rows = list(csv.reader(lines.splitlines(keepends=True), delimiter="\t", strict=True))
    except csv.Error:  # a quotation mark that no spreadsheet wrote, or a very long cell
        rows = [line.split("\t") for line in lines.splitlines()]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def _fill(post, key, name, cell):
    choice = chosen_by(cell) if name == "text" else None
    if choice:
        post[f"{key}-choice"], post[f"{key}-text"] = choice, ""
        return
    post[f"{key}-{name}"] = cell
    if name == "text":
        post[f"{key}-choice"] = Answer.Choice.NEW.value


def chosen_by(cell):
    for choice in (Answer.Choice.UNCHANGED, Answer.Choice.NO_DATA):
        if cell.casefold() in (choice.value, str(choice.label).casefold()):
            return choice.value
    return None
