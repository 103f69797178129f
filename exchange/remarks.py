"""Says how a file was read, and leaves out what it hides where the sender wants that."""

from dataclasses import replace
from itertools import groupby

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import cells
from .problems import Problem

MOST_RANGES = 12
MOST_LINKS = 20
LONGEST_TITLE = 120


def remarks_about(cls, data, *, leaves_out_hidden):
    """The remarks about a sheet, each as a `Problem` of no cell."""
    messages = [
        *about_name(cls, data),
        *about_titles(data),
        *about_totals(data),
        *about_hidden(cls, data, leaves_out_hidden=leaves_out_hidden),
        *about_struck_cells(data),
        *about_links(data),
    ]
    return [Problem(message, sheet=cls.sheet_name) for message in messages]


def about_name(cls, data):
    if cells.folded(data.name) != cells.folded(cls.sheet_name):
        yield _("The sheet “%(name)s” is read as %(sheet)s.") % {
            "name": data.name,
            "sheet": cls.sheet_name,
        }


def about_titles(data):
    if data.above:
        words = " ".join(cells.as_text(v) for _number, row in data.above for v in row if v != "")
        yield _(
            "The headers stand in row %(row)d. What stands above them is passed over: “%(words)s”."
        ) % {
            "row": data.header_row,
            "words": Truncator(words).chars(LONGEST_TITLE),
        }


def about_totals(data):
    if data.totals:
        yield ngettext(
            "Row %(rows)s has the totals of a table and is left out.",
            "Rows %(rows)s have the totals of tables and are left out.",
            len(data.totals),
        ) % {"rows": ranges(data.totals)}


def about_hidden(cls, data, *, leaves_out_hidden):
    """What is hidden or struck through, and whether it is taken."""
    end = (
        _("Left out, as was chosen.")
        if leaves_out_hidden
        else _("Taken in like everything else; it can be left out.")
    )
    looks = data.appearance
    if looks.is_hidden and data.rows:
        yield _("The whole sheet is hidden.") + f" {end}"
    numbers = [number for number, _row in data.rows]
    if hidden := [number for number in numbers if number in looks.hidden_rows]:
        yield (
            ngettext(
                "Row %(rows)s is hidden, perhaps by a filter.",
                "Rows %(rows)s are hidden, perhaps by a filter.",
                len(hidden),
            )
            % {"rows": ranges(hidden)}
            + f" {end}"
        )
    if struck := [number for number in numbers if number in looks.struck_rows]:
        yield (
            ngettext(
                "Row %(rows)s is struck through.", "Rows %(rows)s are struck through.", len(struck)
            )
            % {"rows": ranges(struck)}
            + f" {end}"
        )
    for column in hidden_columns(data):
        of_key = leaves_out_hidden and column in key_columns(cls, data)
        yield (
            _("Column %(column)s (%(header)s) is hidden.")
            % {
                "column": cells.column_letters(column),
                "header": cells.as_text(data.headers[column]),
            }
            + f" {_('Taken in nevertheless, because it names the rows.') if of_key else end}"
        )


def about_struck_cells(data):
    numbers = {number for number, _row in data.rows}
    struck = [
        cells.address(*place) for place in data.appearance.struck_cells if place[0] in numbers
    ]
    if struck:
        shown = ", ".join(struck[:MOST_RANGES]) + (" …" if len(struck) > MOST_RANGES else "")
        yield ngettext(
            "The text of %(cells)s is struck through, but not its whole row. It is taken in.",
            "The texts of %(cells)s are struck through, but not their whole rows. They are taken "
            "in.",
            len(struck),
        ) % {"cells": shown}


def about_links(data):
    for number, column, text in data.linked[:MOST_LINKS]:
        yield _("In %(cell)s, the address behind the text “%(text)s” is taken.") % {
            "cell": cells.address(number, column),
            "text": Truncator(text).chars(LONGEST_TITLE),
        }
    if len(data.linked) > MOST_LINKS:
        yield _("So it is in %d more cells.") % (len(data.linked) - MOST_LINKS)


def has_hidden(data):
    """Whether there is anything that can be left out."""
    looks = data.appearance
    numbers = {number for number, _row in data.rows}
    return bool(
        (looks.is_hidden and numbers)
        or (looks.hidden_rows | looks.struck_rows) & numbers
        or hidden_columns(data)
    )


def without_hidden(cls, data):
    """The sheet without what it hides, every other cell where it was; None if all is hidden."""
    looks = data.appearance
    if looks.is_hidden:
        return None
    unseen = looks.hidden_rows | looks.struck_rows
    rows = [(number, row) for number, row in data.rows if number not in unseen]
    columns = set(hidden_columns(data)) - key_columns(cls, data)
    if columns:
        rows = [(number, blanked(row, columns)) for number, row in rows]
    return replace(data, headers=blanked(data.headers, columns), rows=rows)


def blanked(row, columns):
    return ["" if column in columns else value for column, value in enumerate(row)]


def hidden_columns(data):
    headers = enumerate(data.headers)
    hidden = data.appearance.hidden_columns
    return [at for at, header in headers if at in hidden and not cells.is_empty(header)]


def key_columns(cls, data):
    """The columns that name the rows: without them, no row would be known."""
    keys = {cells.folded(column.header) for column in cls.fields.values() if column.is_key}
    return {at for at, header in enumerate(data.headers) if cells.folded(header) in keys}


def ranges(numbers):
    """[3, 7, 8, 9] as “3, 7–9”."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ends = [[number for _at, number in run] for _key, run in runs]
    words = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in ends]
    return ", ".join(words[:MOST_RANGES]) + (" …" if len(words) > MOST_RANGES else "")
