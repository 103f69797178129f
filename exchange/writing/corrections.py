"""Fix and upload again: the sheets that were read, their wrong cells coloured and commented."""

import datetime
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

from .. import cells
from ..reading.xlsx.cell_types import column_index
from ..sheets import SHEETS
from . import layout

NAME = "What is wrong"
"""The first sheet. Reading passes it over."""

MOST_NOTES = 2_000
"""Programs get slow with more comments than these; wrong cells are coloured all the same."""

SHOWN = 300
"""Characters of a wrong value on the first sheet."""

WIDTHS = (16, 9, 40, 70, 50)
OTHER_WIDTH = 16
GENERAL, SHARE = "General", "0.00%"
DAY, MOMENT, TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "[h]:mm:ss"
NOT_IN_XML = dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\x1a")
"""Half characters and the like cannot be written; what is put for them is as wrong, and can."""


def write_corrections(workbook, problems, path):
    """Write the sheets of a `reading.Workbook` to `path`, every cell where it was."""
    options = layout.OPTIONS | {"nan_inf_to_errors": True, "date_1904": workbook.from_1904}
    with xlsxwriter.Workbook(path, options) as book:
        styles, wrong, notes = Styles(book), by_cell(problems), Allowance(MOST_NOTES)
        has_all_notes = sum(map(len, wrong.values())) <= MOST_NOTES
        write_list(book.add_worksheet(NAME), styles, problems, has_all_notes=has_all_notes)
        ours = {cells.folded(sheet.sheet_name): sheet for sheet in SHEETS}
        for name, data in workbook.sheets.items():
            page = book.add_worksheet(ours[name].sheet_name)
            widths = widths_of(ours[name], data)
            CorrectionsPage(page, styles, widths, wrong.get(name, {}), notes).write(data)


class Allowance:
    """How many more of something there may be."""

    def __init__(self, most):
        self.left = most

    def take(self):
        """Whether there may be one more, which then is taken."""
        self.left -= 1
        return self.left >= 0


def by_cell(problems):
    """Folded sheet name → (row from 1, column from 0) → what is wrong there."""
    found = {}
    for problem in problems:
        if problem.cell:
            of_sheet = found.setdefault(cells.folded(problem.sheet), {})
            of_sheet.setdefault(place(problem.cell), []).append(problem)
    return found


def place(address):
    """B7 as (7, 1)."""
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), column_index(letters)


def written(text):
    return text.translate(NOT_IN_XML)


class Styles:
    """The formats of cells, each made when it is first needed."""

    def __init__(self, book):
        self.book = book
        self.made = {}

    def __call__(self, number_format=layout.TEXT, look=layout.BODY, *, is_wrong=False):
        key = (number_format, id(look), is_wrong)
        if key not in self.made:
            marking = layout.WRONG if is_wrong else {}
            self.made[key] = self.book.add_format(look | {"num_format": number_format} | marking)
        return self.made[key]


def write_list(page, styles, problems, *, has_all_notes):
    """All problems, also those that belong to no cell."""
    layout.set_up_print(page, WIDTHS)
    for at, width in enumerate(WIDTHS):
        page.set_column(at, at, width)
    page.set_row(0, layout.LINE * 1.5)
    page.write_string(0, 0, NAME, styles(look=layout.TITLE))
    above = list(introduction(len(problems), has_all_notes=has_all_notes))
    for row, text in enumerate(above, start=1):
        page.set_row(row, layout.height([text], [sum(WIDTHS)]))
        page.merge_range(row, 0, row, len(WIDTHS) - 1, text, styles())
    first = len(above) + 2
    headers = (_("Sheet"), _("Cell"), _("Value"), _("What is wrong"), _("What is expected"))
    layout.write_words(page, first - 1, headers, styles(look=layout.HEADER))
    page.freeze_panes(first, 0)
    for row, problem in enumerate(problems, start=first):
        write_problem(page, row, problem, styles())


def introduction(count, *, has_all_notes):
    done = _(
        "Nothing was written. Correct the coloured cells on the other sheets, save this file and "
        "upload it again; this sheet may stay. Number of problems: %d."
    )
    yield done % count
    yield _(
        "Each coloured cell has a note that tells what is wrong. Problems below without a cell "
        "concern a whole sheet. A sheet with an unknown name is not in this file: rename it in "
        "yours, or copy it in."
    )
    if not has_all_notes:
        cut = _(
            "Only the first %d cells have a note, because more would make the file slow; all "
            "wrong cells are coloured."
        )
        yield cut % MOST_NOTES


def write_problem(page, row, problem, style):
    value = problem.value if len(problem.value) <= SHOWN else f"{problem.value[:SHOWN]}…"
    words = (problem.sheet, problem.cell, value, problem.message, problem.expected)
    words = [written(word) for word in words]
    page.set_row(row, layout.height(words, WIDTHS))
    layout.write_words(page, row, words, style)


def widths_of(sheet, data):
    """The widths of the columns, of those that are known as in any workbook."""
    known = {cells.folded(column.header): column.width for column in sheet.fields.values()}
    return [known.get(cells.folded(header), OTHER_WIDTH) for header in data.headers]


class CorrectionsPage:
    """`wrong`: (row, column) → what is wrong there."""

    def __init__(self, page, styles, widths, wrong, notes):
        self.page = page
        self.styles = styles
        self.widths = widths
        self.wrong = wrong
        self.notes = notes

    def write(self, data):
        layout.set_up_print(self.page, self.widths)
        self.page.freeze_panes(data.header_row, 1)
        for at, width in enumerate(self.widths):
            self.page.set_column(at, at, width)
        self.write_row(data.header_row, data.headers, layout.HEADER)
        for number, values in data.rows:
            self.write_row(number, values, layout.BODY)

    def write_row(self, number, values, look):
        if height := layout.height(values, self.widths):
            self.page.set_row(number - 1, height)
        for at, value in enumerate(values):
            problems = self.wrong.get((number, at))
            if problems or (value is not None and value != ""):
                self.put(number - 1, at, value, look, is_wrong=bool(problems))
            if problems and self.notes.take():
                layout.write_note(self.page, number - 1, at, note_of(problems))

    def put(self, row, at, value, look, *, is_wrong):
        """Write the value by its type, so that it is read again as it was."""

        def style(number_format=GENERAL):
            return self.styles(number_format, look, is_wrong=is_wrong)

        if value is None or value == "":
            self.page.write_blank(row, at, None, style(layout.TEXT))
        elif isinstance(value, bool):
            self.page.write_boolean(row, at, value, style())
        elif isinstance(value, cells.Padded):
            self.page.write_number(row, at, value, style("0" * value.digits))
        elif isinstance(value, int | float | Decimal):
            self.page.write_number(row, at, float(value), style())
        elif isinstance(value, cells.Percent):
            self.page.write_number(row, at, float(value.number / 100), style(SHARE))
        elif isinstance(value, cells.Broken):
            self.page.write_formula(row, at, "=NA()", style(), "#N/A")
        elif isinstance(value, datetime.date | datetime.time | datetime.timedelta):
            self.put_date(row, at, value, style)
        else:
            self.page.write_string(row, at, written(str(value)), style(layout.TEXT))

    def put_date(self, row, at, value, style):
        if isinstance(value, datetime.time | datetime.timedelta):
            number_format = TIME
        elif isinstance(value, datetime.datetime) and value.time() != datetime.time():
            number_format = MOMENT
        else:
            number_format, value = DAY, datetime.date(value.year, value.month, value.day)
        self.page.write_datetime(row, at, value, style(number_format))


def note_of(problems):
    parts = []
    for problem in problems:
        expected = _("Expected: %s.") % problem.expected if problem.expected else ""
        parts += filter(None, (problem.message, expected))
    return written("\n".join(parts))
