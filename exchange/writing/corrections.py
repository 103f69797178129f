"""Writes the sheets that were read again, wrong cells coloured and with a note each."""

import datetime
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

from .. import cells
from ..reading.written import PROPERTY
from ..reading.xlsx.names import column_index
from ..sheets import SHEETS
from . import layout

NAME = "What is wrong"
"""The first sheet. It is skipped when the file is read again."""

MOST_NOTES = 2_000
"""Programs get slow with more notes than these. Cells without a note are coloured all the same."""

SHOWN = 300
"""Characters of a wrong value on the first sheet."""

WIDTHS = (16, 9, 40, 70, 50)
OTHER_WIDTH = 16
GENERAL, SHARE = "General", "0.00%"
DAY, MOMENT, TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "[h]:mm:ss"
STRUCK = layout.BODY | {"font_strikeout": True}
NOT_IN_XML = dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\x1a")
"""XML cannot hold these. The control character that replaces them is refused in a cell as well."""


def write_corrections(workbook, problems, path):
    """Write the sheets of a `reading.Workbook` to `path`, every cell where it was."""
    options = layout.OPTIONS | {"nan_inf_to_errors": True, "date_1904": workbook.from_1904}
    with xlsxwriter.Workbook(path, options) as book:
        if workbook.written and workbook.written.is_ours:
            book.set_custom_property(PROPERTY, workbook.written.at.isoformat(), "text")
        styles, wrong, notes = Styles(book), by_cell(problems), Allowance(MOST_NOTES)
        has_all_notes = sum(map(len, wrong.values())) <= MOST_NOTES
        write_list(book.add_worksheet(NAME), styles, problems, has_all_notes=has_all_notes)
        ours = {cells.folded(sheet.sheet_name): sheet for sheet in SHEETS}
        for name, data in workbook.sheets.items():
            page = book.add_worksheet(ours[name].sheet_name)
            if data.appearance.is_hidden:
                page.hide()
            widths = widths_of(ours[name], data)
            CorrectionsPage(page, styles, widths, wrong.get(name, {}), notes).write(data)


class Allowance:
    """Counts how many more of something there may be."""

    def __init__(self, most):
        self.left = most

    def take(self):
        """Take one. Returns whether there was one left."""
        self.left -= 1
        return self.left >= 0


def by_cell(problems):
    """Folded sheet name → (row from 1, column from 0) → the problems of that cell."""
    found = {}
    for problem in problems:
        if problem.cell:
            of_sheet = found.setdefault(cells.folded(problem.sheet), {})
            of_sheet.setdefault(row_and_column(problem.cell), []).append(problem)
    return found


def row_and_column(address):
    """B7 as (7, 1)."""
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), column_index(letters)


def replace_forbidden(text):
    return text.translate(NOT_IN_XML)


class Styles:
    """The cell formats of a workbook. Each is added when it is first needed."""

    def __init__(self, book):
        self.book = book
        self.made = {}

    def __call__(self, number_format=layout.TEXT, style=layout.BODY, *, is_wrong=False):
        key = (number_format, id(style), is_wrong)
        if key not in self.made:
            colours = layout.WRONG if is_wrong else {}
            self.made[key] = self.book.add_format(style | {"num_format": number_format} | colours)
        return self.made[key]


def write_list(page, styles, problems, *, has_all_notes):
    """Write all problems, also those that belong to no cell."""
    layout.set_up_print(page, WIDTHS)
    for at, width in enumerate(WIDTHS):
        page.set_column(at, at, width)
    page.set_row(0, layout.LINE * 1.5)
    page.write_string(0, 0, NAME, styles(style=layout.TITLE))
    above = list(introduction(len(problems), has_all_notes=has_all_notes))
    for row, text in enumerate(above, start=1):
        page.set_row(row, layout.height([text], [sum(WIDTHS)]))
        page.merge_range(row, 0, row, len(WIDTHS) - 1, text, styles())
    first = len(above) + 2
    headers = (_("Sheet"), _("Cell"), _("Value"), _("What is wrong"), _("What is expected"))
    layout.write_words(page, first - 1, headers, styles(style=layout.HEADER))
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
    words = [replace_forbidden(word) for word in words]
    page.set_row(row, layout.height(words, WIDTHS))
    layout.write_words(page, row, words, style)


def widths_of(sheet, data):
    """The widths of the columns. Columns of the sheet have the width of an export."""
    known = {cells.folded(column.header): column.width for column in sheet.fields.values()}
    return [known.get(cells.folded(header), OTHER_WIDTH) for header in data.headers]


class CorrectionsPage:
    """A sheet with its values. `wrong`: (row, column) → the problems of the cell."""

    def __init__(self, page, styles, widths, wrong, notes):
        self.page = page
        self.styles = styles
        self.widths = widths
        self.wrong = wrong
        self.notes = notes

    def write(self, data):
        looks = data.appearance
        layout.set_up_print(self.page, self.widths)
        self.page.freeze_panes(data.header_row, 1)
        for at, width in enumerate(self.widths):
            self.page.set_column(at, at, width, None, {"hidden": at in looks.hidden_columns})
        for number, values in data.above:
            self.write_row(number, values, layout.BODY)
        self.write_row(data.header_row, data.headers, layout.HEADER)
        for number, values in data.rows:
            style = STRUCK if number in looks.struck_rows else layout.BODY
            self.write_row(number, values, style, is_hidden=number in looks.hidden_rows)

    def write_row(self, number, values, style, *, is_hidden=False):
        height = layout.height(values, self.widths)
        if height or is_hidden:
            self.page.set_row(number - 1, height, None, {"hidden": is_hidden})
        for at, value in enumerate(values):
            problems = self.wrong.get((number, at))
            if problems or (value is not None and value != ""):
                self.write_value(number - 1, at, value, style, is_wrong=bool(problems))
            if problems and self.notes.take():
                layout.write_note(self.page, number - 1, at, note_of(problems))

    def write_value(self, row, at, value, style, *, is_wrong):
        """Write the value by its type, so that it is read again as it was."""

        def cell_format(number_format=GENERAL):
            return self.styles(number_format, style, is_wrong=is_wrong)

        if value is None or value == "":
            self.page.write_blank(row, at, None, cell_format(layout.TEXT))
        elif isinstance(value, bool):
            self.page.write_boolean(row, at, value, cell_format())
        elif isinstance(value, cells.Padded):
            self.page.write_number(row, at, value, cell_format("0" * value.digits))
        elif isinstance(value, cells.Money):
            self.page.write_number(row, at, value, cell_format(f"0.###### [${value.currency}]"))
        elif isinstance(value, int | float | Decimal):
            self.page.write_number(row, at, float(value), cell_format())
        elif isinstance(value, cells.Percent):
            self.page.write_number(row, at, float(value.number / 100), cell_format(SHARE))
        elif isinstance(value, cells.Undecoded):
            self.page.write_string(row, at, value.text, cell_format(layout.TEXT))
        elif isinstance(value, cells.Broken):
            self.page.write_formula(row, at, "=NA()", cell_format(), "#N/A")
        elif isinstance(value, datetime.date | datetime.time | datetime.timedelta):
            self.write_date(row, at, value, cell_format)
        else:
            self.page.write_string(row, at, replace_forbidden(str(value)), cell_format(layout.TEXT))

    def write_date(self, row, at, value, cell_format):
        if isinstance(value, datetime.time | datetime.timedelta):
            number_format = TIME
        elif isinstance(value, datetime.datetime) and value.time() != datetime.time():
            number_format = MOMENT
        else:
            number_format, value = DAY, datetime.date(value.year, value.month, value.day)
        self.page.write_datetime(row, at, value, cell_format(number_format))


def note_of(problems):
    parts = []
    for problem in problems:
        expected = _("Expected: %s.") % problem.expected if problem.expected else ""
        parts += filter(None, (problem.message, expected))
    return replace_forbidden("\n".join(parts))
