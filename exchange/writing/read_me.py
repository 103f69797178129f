"""The first sheet: in plain words, how to fill in the workbook and what an import does."""

from django.utils.translation import gettext as _

from profiles.dates import today

from . import layout
from .help import RULES, sheet_help

NAME = "Read me"
WIDTHS = (38, 22, 70, 62)
MOST_NAMED = 20
"""So many cities are named at the top; of more, only the number is given."""


class ReadMe:
    def __init__(self, book):
        self.page = book.add_worksheet(NAME)
        self.title = book.add_format(layout.TITLE)
        self.header = book.add_format(layout.HEADER)
        self.body = book.add_format(layout.BODY | {"num_format": layout.TEXT})
        self.row = 0
        layout.set_up_print(self.page, WIDTHS)
        for at, width in enumerate(WIDTHS):
            self.page.set_column(at, at, width)

    def write_heading(self, text):
        """Write a heading, with an empty row before it except at the top."""
        self.row += bool(self.row)
        self.page.set_row(self.row, layout.LINE * 1.5)
        self.page.write_string(self.row, 0, text, self.title)
        self.row += 1

    def write_paragraph(self, text):
        """Write a text over the whole width."""
        width = sum(WIDTHS)
        self.page.set_row(self.row, layout.height([text], [width]))
        self.page.merge_range(self.row, 0, self.row, len(WIDTHS) - 1, text, self.body)
        self.row += 1

    def write_row(self, values, style=None):
        self.page.set_row(self.row, layout.height(values, WIDTHS))
        layout.write_words(self.page, self.row, values, style or self.body)
        self.row += 1


def write_read_me(book, selection, sheets, *, is_template):
    page = ReadMe(book)
    page.write_heading(
        _("A workbook to fill in") if is_template else _("Cities and what they report")
    )
    page.write_paragraph(origin(selection))
    page.write_heading(_("How it works"))
    for rule in RULES:
        page.write_paragraph(f"• {rule}")
    for sheet in sheets:
        write_sheet(page, sheet_help(sheet))


def write_sheet(page, guide):
    page.write_heading(guide.name)
    page.write_paragraph(guide.purpose)
    page.write_row([_("Column"), _("Needed"), _("What it says"), _("Accepted")], page.header)
    for column in guide.columns:
        page.write_row([column.header, column.needed, column.help, column.accepted])


def origin(selection):
    """When it was written, and which cities are in it."""
    day = today().isoformat()
    cities = selection.cities.order_by("name", "pk")
    names = list(cities.values_list("name", flat=True)[: MOST_NAMED + 1])
    if not names:
        return _("Written on %(day)s, without any rows so far.") % {"day": day}
    if len(names) > MOST_NAMED:
        count = cities.count()
        return _("Written on %(day)s, with %(count)d cities.") % {"day": day, "count": count}
    return _("Written on %(day)s. Cities: %(names)s.") % {"day": day, "names": ", ".join(names)}
