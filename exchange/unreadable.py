"""How a file is turned away, in words for who sent it."""

from django.conf import settings
from django.utils.translation import gettext as _


class UnreadableWorkbook(ValueError):
    """The file cannot be read as a workbook. The message is for who sent it."""


def damaged():
    return UnreadableWorkbook(
        _("The file is damaged: open it in your spreadsheet program and save it anew as .xlsx.")
    )


def cut_off():
    return UnreadableWorkbook(
        _("This is not a workbook, or its end is missing: save it anew as .xlsx and send it again.")
    )


def protected():
    return UnreadableWorkbook(
        _("The workbook is protected by a password: save it without one, as .xlsx.")
    )


def with_macros():
    return UnreadableWorkbook(_("The workbook has macros: save it as .xlsx, without them."))


def too_large_unpacked():
    return UnreadableWorkbook(
        _("The workbook is too large when it is unpacked: split it into several files.")
    )


def too_many_rows():
    return UnreadableWorkbook(
        _("The workbook has too many rows: at most %d. Split it into several files.")
        % settings.WORKBOOK_MAX_ROWS
    )


def too_far():
    return UnreadableWorkbook(
        _("A cell lies far away from the others: delete the rows or columns around it.")
    )


def doubled(name):
    return UnreadableWorkbook(
        _("There are two sheets “%s”: put their rows on one, or rename the other.") % name
    )
