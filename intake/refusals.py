"""Every sentence with which a file is refused, and the exceptions that carry them.

Three groups below: a hub file, a workbook, the .zip with files. What is said of an ending that is
not taken stands with the endings, in `intake.kinds`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _


class Refused(ValueError):
    """A file is not taken. The message is for who sent it, and says what to do."""


class WrongContent(Refused):
    """The content of a file is not of the kind that its ending says."""


class UnreadableWorkbook(Refused):
    """A file cannot be read as a workbook."""


class UnreadableFiles(UnreadableWorkbook):
    """The .zip with the files of a workbook cannot be read."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """The words of refusal for one kind of ZIP file.

    Each attribute is a function that makes the exception, because its words depend on the language
    of the request.
    """

    damaged: Callable[[], Refused]
    cut_off: Callable[[], Refused]
    protected: Callable[[], Refused]
    too_large: Callable[[], Refused]
    part_too_large: Callable[[], Refused]


# A file that the hub keeps


def empty_file():
    return Refused(_("The file is empty: look whether it is the right one, and send it again."))


def file_too_large(most):
    return Refused(
        _("The file is larger than %s: make it smaller, or put it elsewhere and give a link.")
        % filesizeformat(most)
    )


def file_too_large_unpacked():
    return Refused(
        _("The file is too large when it is unpacked: make it smaller, or split it into several.")
    )


def not_as_named(ending):
    return WrongContent(
        _(
            "The content of the file is not what its ending .%(ending)s says, or the file is "
            "damaged: open it in the program that made it, save it anew as .%(ending)s and send "
            "that."
        )
        % {"ending": ending}
    )


def named_wrongly(ending, what, advice):
    """`what`: the content in words, with its article; `advice`: a sentence."""
    return WrongContent(
        _("The content of the file is not what its ending .%(ending)s says: it is %(what)s.")
        % {"ending": ending, "what": what}
        + f" {advice}"
    )


def protected_file():
    return Refused(_("The file is protected by a password: save it without one and send that."))


def file_with_program(ending):
    return Refused(
        _(
            "The file contains macros, scripts or an embedded program: save it without them as "
            ".%(ending)s, or as PDF, and send that."
        )
        % {"ending": ending}
    )


def file_with_macros(ending, real_ending):
    return Refused(
        _(
            "The file is one with macros (.%(real_ending)s), whatever its name says: save it "
            "without macros, as .%(ending)s or PDF, and send that."
        )
        % {"ending": ending, "real_ending": real_ending}
    )


def template_of_documents(ending, real_ending):
    return Refused(
        _(
            "The file is a template or a slide show (.%(real_ending)s), whatever its name says: "
            "save it as .%(ending)s or PDF, and send that."
        )
        % {"ending": ending, "real_ending": real_ending}
    )


def text_not_in_utf8():
    return WrongContent(
        _(
            "The text is not in UTF-8, so that its letters cannot be read everywhere: save it "
            "again, choosing “UTF-8” as encoding (in Excel: “CSV UTF-8”)."
        )
    )


def too_many_points():
    return Refused(_("The map data have too many points: simplify the shapes, or split them."))


def too_many_pixels():
    return Refused(
        _("The image has more than %d million pixels: scale it down and send that.")
        % (settings.UPLOAD_MAX_PIXELS // 1_000_000)
    )


def side_too_long(most):
    return Refused(_("A side of the image is longer than %d pixels: cut or scale it down.") % most)


def file_refusals(ending):
    damaged = partial(not_as_named, ending)
    return Refusals(
        damaged=damaged,
        cut_off=damaged,
        protected=protected_file,
        too_large=file_too_large_unpacked,
        part_too_large=damaged,
    )


# A workbook


def workbook_not_opened(name, reason):
    return UnreadableWorkbook(
        _("The file %(file)s cannot be opened: %(reason)s.") % {"file": name, "reason": reason}
    )


def empty_workbook():
    return UnreadableWorkbook(_("The file is empty: it is not a workbook."))


def workbook_too_large():
    return UnreadableWorkbook(
        _("The file is too large: at most %d MB. Split it into several files.")
        % (settings.WORKBOOK_MAX_BYTES // 1_000_000)
    )


def workbook_too_large_unpacked():
    return UnreadableWorkbook(
        _("The workbook is too large when it is unpacked: split it into several files.")
    )


def not_a_workbook():
    return UnreadableWorkbook(
        _("This is not a workbook: save it as .xlsx, or one sheet of it as .ods or .csv.")
    )


def workbook_cut_off():
    return UnreadableWorkbook(
        _("This is not a workbook, or its end is missing: save it anew as .xlsx and send it again.")
    )


def damaged_workbook():
    return UnreadableWorkbook(
        _("The file is damaged: open it in your spreadsheet program and save it anew as .xlsx.")
    )


def protected_workbook():
    return UnreadableWorkbook(
        _("The workbook is protected by a password: save it without one, as .xlsx.")
    )


def protected_or_old_workbook():
    return UnreadableWorkbook(
        _("The workbook has a password or the old format .xls: save it as .xlsx.")
    )


def workbook_with_macros():
    return UnreadableWorkbook(_("The workbook has macros: save it as .xlsx, without them."))


def too_many_rows():
    return UnreadableWorkbook(
        _("The workbook has too many rows: at most %d. Split it into several files.")
        % settings.WORKBOOK_MAX_ROWS
    )


def cell_too_far():
    return UnreadableWorkbook(
        _("A cell lies far away from the others: delete the rows or columns around it.")
    )


def doubled_sheet(name):
    return UnreadableWorkbook(
        _("There are two sheets “%s”: put their rows on one, or rename the other.") % name
    )


def unclear_sheet(known):
    return UnreadableWorkbook(
        _(
            "It is not clear which sheet this is: give the file the name of one, "
            "such as Actions.csv. These sheets are known: %s."
        )
        % ", ".join(known)
    )


def not_a_text_table():
    return UnreadableWorkbook(_("This is not a table of text: save it as CSV UTF-8 or .xlsx."))


def text_table_not_in_utf8(cell="", found=""):
    """`cell`: the first one whose letters cannot be read, if it is known; `found`: its bytes."""
    message = _("The letters of this file are not in UTF-8: save it as “CSV UTF-8”, or as .xlsx.")
    if cell:
        first = _("The first such cell is %(cell)s, with the bytes %(bytes)s.")
        message = f"{message} {first % {'cell': cell, 'bytes': found}}"
    return UnreadableWorkbook(message)


def unreadable_row(number):
    return UnreadableWorkbook(
        _(
            "Row %d cannot be read: a quotation mark is missing or stands in the wrong place, "
            "or a cell is far too long. Save the sheet anew as CSV UTF-8, or as .xlsx."
        )
        % number
    )


WORKBOOK_REFUSALS = Refusals(
    damaged=damaged_workbook,
    cut_off=workbook_cut_off,
    protected=protected_workbook,
    too_large=workbook_too_large_unpacked,
    part_too_large=workbook_too_large_unpacked,
)


# The .zip with the files of a workbook


def damaged_zip():
    return UnreadableFiles(
        _("The .zip with the files is damaged, or is none: pack the files anew as .zip.")
    )


def protected_zip():
    return UnreadableFiles(
        _("The .zip with the files is protected by a password: pack the files without one.")
    )


def zip_too_large(most_files):
    return UnreadableFiles(
        _(
            "The .zip with the files is too large: at most %(packed)s, %(unpacked)s unpacked, and "
            "%(files)d files. Send the files in several imports."
        )
        % {
            "packed": filesizeformat(settings.FILES_ZIP_MAX_BYTES),
            "unpacked": filesizeformat(settings.FILES_ZIP_MAX_UNPACKED_BYTES),
            "files": most_files,
        }
    )


def zip_refusals(most_files):
    too_large = partial(zip_too_large, most_files)
    return Refusals(
        damaged=damaged_zip,
        cut_off=damaged_zip,
        protected=protected_zip,
        too_large=too_large,
        part_too_large=too_large,
    )
