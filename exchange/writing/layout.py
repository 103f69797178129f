"""Formats and measures that the sheets of a workbook share."""

import math
import unicodedata

from django.conf import settings
from django.utils.translation import gettext as _

from .. import cells

OPTIONS = {
    "constant_memory": True,
    "strings_to_urls": False,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
A4 = 9
LINE, MOST_LINES = 15, 12
"""Points of a line of text, and the lines of the highest row: longer texts are cut off there."""

READABLE_WIDTH = 220
"""Characters side by side on one page."""

TEXT = "@"
"""The number format of text: what looks like a number or a date is left as it was typed."""

NOTE_WIDTH, NOTE_CHARACTERS = 300, 46
"""Pixels of a note, and about how many characters of it are a line."""

NOTE_LINE, LONGEST_NOTE = 18, 2_000

TITLE = {"bold": True, "font_size": 14, "valign": "top"}
BODY = {"text_wrap": True, "valign": "top"}
HEADER = BODY | {"bold": True, "bg_color": "#E4ECE6", "bottom": 1}
KEY_HEADER = HEADER | {"bg_color": "#C5D8CB"}
KEY_BODY = BODY | {"bg_color": "#F0F5F1"}
WRONG = {"bg_color": "#FFC7CE", "font_color": "#7A0010", "border": 1, "border_color": "#9C0006"}
RIGHT = {"align": "right", "indent": 1}


class NotWritten(RuntimeError):
    """A cell or its note could not be written, so there is no file."""


def lines(text, width):
    """About how many lines `text` takes in a column so many characters wide."""
    return sum(max(1, math.ceil(room(line) / width)) for line in text.split("\n"))


def room(line):
    """How many characters wide a line is; those of East Asia count twice."""
    if line.isascii():
        return len(line)
    return len(line) + sum(unicodedata.east_asian_width(character) in "WF" for character in line)


def height(values, widths, *, most=MOST_LINES):
    """The height of a row in points; None for a row of one line.

    It is written because not every program fits the height of a row to its texts.
    """
    needed = max(
        (
            lines(value, width)
            for value, width in zip(values, widths, strict=True)
            if isinstance(value, str) and (len(value) * 2 > width or "\n" in value)
        ),
        default=1,
    )
    return min(needed, most) * LINE if needed > 1 else None


def set_up_print(page, widths, *, headers=0):
    """Print on A4 in landscape, as many pages wide as can be read, headers on each."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(math.ceil(sum(widths) / READABLE_WIDTH), 0)
    page.set_footer("&L&A&R&P / &N")
    if headers:
        page.repeat_rows(0, headers - 1)


def write_words(page, row, words, style, *, fill=False):
    """Write texts from column A on; with `fill`, empty cells get the style too."""
    for at, word in enumerate(words):
        if word:
            page.write_string(row, at, word, style)
        elif fill:
            page.write_blank(row, at, None, style)


def write_note(page, row, column, text):
    """Write a comment on a cell, large enough for its text."""
    text = text[:LONGEST_NOTE]
    size = {"width": NOTE_WIDTH, "height": NOTE_LINE * (lines(text, NOTE_CHARACTERS) + 1)}
    if page.write_comment(row, column, text, {"author": settings.SITE_NAME, **size}):
        where = f"{page.get_name()} {cells.address(row + 1, column)}"
        raise NotWritten(_("The note on %s could not be written.") % where)
