"""Writes what was read of downloaded profiles as a workbook of our own sheets."""

import datetime

from django.utils.translation import gettext as _

from ..writing.with_doubts import Book, WordSheet
from .rows import rows_of

ALWAYS = ("Cities", "Commitments", "Actions", "Baselines", "Targets", "Progress")
"""Sheets that are there also where they have no rows."""

DOUBT_WIDTHS = (24, 8, 8, 12, 8, 60, 70, 12)
LEFT_WIDTHS = (24, 8, 8, 90, 50)


def write_profiles(profiles, file, user=None):
    """Write one workbook of all `profiles` to a path or a file that takes bytes.

    Each doubt then knows its cell there.
    """
    rows = rows_of(profiles)
    book = Book(rows.sheets, user=user, always=ALWAYS, moment=moment_of(profiles))
    notes = [
        (doubt.sheet, at_of(doubt, rows), doubt.header, doubt.message, doubt.words)
        for profile in profiles
        for doubt in profile.doubts
    ]
    for profile in profiles:
        for doubt in profile.doubts:
            doubt.cell = book.address(doubt.sheet, at_of(doubt, rows), doubt.header)
    book.write(file, doubts_of(profiles), not_used_of(profiles), notes)


def moment_of(profiles):
    """When the first of the profiles was downloaded: what was changed here since is newer."""
    days = [profile.day for profile in profiles if profile.day]
    if not days or len(days) < len(profiles):
        return None
    return datetime.datetime.combine(min(days), datetime.time(), datetime.UTC)


def at_of(doubt, rows):
    """The index of the row that a doubt concerns; None where it concerns none."""
    number = rows.numbers.get((doubt.sheet, id(doubt.thing)))
    return None if number is None else number - 2


def doubts_of(profiles):
    above = _(
        "What was read from downloaded profiles, and what is doubtful. Look at these cells, then "
        "import the workbook as it is: this sheet and the last one are not read."
    )
    headers = [_("File"), _("Line"), _("Page"), _("Sheet"), _("Cell")]
    headers += [_("As printed"), _("What is doubtful"), _("To decide")]
    lines = [
        [
            profile.file_name,
            doubt.place.line,
            doubt.place.page or "",
            doubt.sheet,
            doubt.cell,
            doubt.words,
            doubt.message,
            _("yes") if doubt.needs_person else "",
        ]
        for profile in profiles
        for doubt in profile.doubts_in_order()
    ]
    return WordSheet(above, headers, DOUBT_WIDTHS, lines)


def not_used_of(profiles):
    above = _("The lines from which nothing was taken, and why.")
    headers = [_("File"), _("Line"), _("Page"), _("As printed"), _("Why")]
    lines = [
        [profile.file_name, line.place.line, line.place.page or "", line.text, line.why]
        for profile in profiles
        for line in profile.not_used
    ]
    return WordSheet(above, headers, LEFT_WIDTHS, lines)
