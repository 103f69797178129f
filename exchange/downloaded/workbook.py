"""Writes what was read of downloaded profiles as a workbook of our own sheets."""

import datetime

import xlsxwriter
from django.utils.translation import gettext as _

from .. import cells
from ..lookups.context import ImportContext
from ..reading.workbook import DOUBTS, NOT_USED
from ..reading.written import PROPERTY
from ..sheets import sheet_classes
from ..writing import layout
from ..writing.lists import Lists
from ..writing.page import Page
from .rows import rows_of

ALWAYS = ("Cities", "Commitments", "Actions", "Baselines", "Targets", "Progress")
"""Sheets that are there also where they have no rows."""

DOUBT_WIDTHS = (24, 8, 8, 12, 8, 60, 70, 12)
LEFT_WIDTHS = (24, 8, 8, 90, 50)
MOST_NOTES = 2_000
"""Programs get slow with more notes on cells."""


def write_profiles(profiles, file, user=None):
    """Write one workbook of all `profiles` to a path or a file that takes bytes."""
    rows = rows_of(profiles)
    context = ImportContext(user)
    classes = [
        cls
        for cls in sheet_classes(user)
        if cls.sheet_name in ALWAYS or cls.sheet_name in rows.sheets
    ]
    sheets = [cls(context) for cls in classes]
    lists = Lists(sheets)
    with xlsxwriter.Workbook(file, layout.OPTIONS) as book:
        if moment := moment_of(profiles):
            book.set_custom_property(PROPERTY, moment.isoformat(), "text")
        write_doubts(book, profiles, rows, sheets)
        for sheet in sheets:
            write_sheet(book, sheet, lists, profiles, rows)
        lists.write(book)
        write_not_used(book, profiles)


def moment_of(profiles):
    """When the first of the profiles was downloaded: what was changed here since is newer."""
    days = [profile.day for profile in profiles if profile.day]
    if not days or len(days) < len(profiles):
        return None
    return datetime.datetime.combine(min(days), datetime.time(), datetime.UTC)


def write_sheet(book, sheet, lists, profiles, rows):
    headers = [column.header for column in sheet.fields.values()]
    page = Page(book, sheet, lists)
    own = rows.sheets.get(sheet.sheet_name, ())
    page.write([row.get(header) for header in headers] for row in own)
    noted = {}
    for profile in profiles:
        for doubt in profile.doubts:
            number = rows.numbers.get((doubt.sheet, id(doubt.thing)))
            if doubt.sheet == sheet.sheet_name and number and doubt.header in headers:
                spot = number - 1, headers.index(doubt.header)
                noted.setdefault(spot, []).append(doubt.message)
    for spot, messages in list(noted.items())[:MOST_NOTES]:
        layout.write_note(page.page, *spot, "\n".join(messages))


def address_of(doubt, rows, sheets):
    """The address of the cell that a doubt concerns; empty where it concerns none."""
    number = rows.numbers.get((doubt.sheet, id(doubt.thing)))
    sheet = next((one for one in sheets if one.sheet_name == doubt.sheet), None)
    if number is None or sheet is None:
        return ""
    headers = [column.header for column in sheet.fields.values()]
    return cells.address(number, headers.index(doubt.header))


class List:
    """A sheet of words for people, which no import reads."""

    def __init__(self, book, name, widths, above, headers):
        self.page = book.add_worksheet(name)
        self.widths = widths
        self.body = book.add_format(layout.BODY | {"num_format": layout.TEXT})
        layout.set_up_print(self.page, widths)
        for at, width in enumerate(widths):
            self.page.set_column(at, at, width)
        self.page.merge_range(0, 0, 0, len(widths) - 1, above, self.body)
        self.page.set_row(0, layout.height([above], [sum(widths)]))
        layout.write_words(self.page, 1, headers, book.add_format(layout.HEADER))
        self.page.freeze_panes(2, 0)
        self.row = 2

    def write(self, words):
        words = [str(word) for word in words]
        self.page.set_row(self.row, layout.height(words, self.widths))
        layout.write_words(self.page, self.row, words, self.body)
        self.row += 1


def write_doubts(book, profiles, rows, sheets):
    above = _(
        "What was read from downloaded profiles, and what is doubtful. Look at these cells, then "
        "import the workbook as it is: this sheet and the last one are not read."
    )
    headers = [_("File"), _("Line"), _("Page"), _("Sheet"), _("Cell")]
    headers += [_("As printed"), _("What is doubtful"), _("To decide")]
    page = List(book, DOUBTS, DOUBT_WIDTHS, above, headers)
    for profile in profiles:
        for doubt in sorted(profile.doubts, key=lambda one: one.place.line):
            page.write(
                [
                    profile.file_name,
                    doubt.place.line,
                    doubt.place.page or "",
                    doubt.sheet,
                    address_of(doubt, rows, sheets),
                    doubt.words,
                    doubt.message,
                    _("yes") if doubt.needs_person else "",
                ]
            )


def write_not_used(book, profiles):
    above = _("The lines from which nothing was taken, and why.")
    headers = [_("File"), _("Line"), _("Page"), _("As printed"), _("Why")]
    page = List(book, NOT_USED, LEFT_WIDTHS, above, headers)
    for profile in profiles:
        for line in profile.not_used:
            place = line.place
            page.write([profile.file_name, place.line, place.page or "", line.text, line.why])
