"""Writes what was made of a list as a workbook of our own sheets."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from ...writing.with_doubts import Book, WordSheet

DOUBT_WIDTHS = (20, 8, 24, 40, 12, 8, 80, 10)
LEFT_WIDTHS = (20, 8, 90, 60)


def write_made(made, file, user=None):
    """Write the workbook of a `Made` to a path or a file that takes bytes; returns its `Book`."""
    book = Book(made.sheets, user=user)
    notes = (
        (doubt.sheet, doubt.our_row, doubt.header, doubt.message, doubt.words)
        for doubt in made.doubts
        if doubt.our_row is not None
    )
    book.write(file, doubts_of(made, book), left_out_of(made), notes)
    return book


def name_of(file_name):
    """What the workbook is called that is made of a list."""
    return f"{PurePath(file_name).stem}-in-our-sheets.xlsx"


def doubts_of(made, book):
    above = _(
        "What became of the list is on the next sheets. Look at what is doubtful here, then import "
        "the workbook as it is: this sheet and the last one are not read."
    )
    headers = [_("Table"), _("Row"), _("Column"), _("As it stands there")]
    headers += [_("Our sheet"), _("Cell"), _("What is doubtful")]
    headers.append(_("To look at"))
    lines = (line_of(doubt, book) for doubt in made.doubts)
    return WordSheet(above, headers, DOUBT_WIDTHS, lines)


def line_of(doubt, book):
    address = book.address(doubt.sheet, doubt.our_row, doubt.header)
    at = [doubt.table, doubt.row or "", doubt.column, doubt.words]
    return [*at, doubt.sheet, address, doubt.message, _("yes") if doubt.needs_person else ""]


def left_out_of(made):
    above = _("The tables, columns and rows from which nothing was taken, and why.")
    headers = [_("Table"), _("Row"), _("As it stands there"), _("Why")]
    lines = ([table, row or "", words, why] for table, row, words, why in made.left_out)
    return WordSheet(above, headers, LEFT_WIDTHS, lines)
