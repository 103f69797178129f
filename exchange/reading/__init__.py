"""Reads a file once: its known sheets as rows of plain values, its unknown ones by name."""

import struct
import zipfile
import zlib
from pathlib import Path

import python_calamine
from django.conf import settings
from django.utils.translation import gettext as _

from ..archive import Archive
from ..unreadable import UnreadableWorkbook, damaged, protected
from . import ods, sheet_names, text, xlsx
from .workbook import OUR_OTHER_SHEETS, SheetData, Workbook

__all__ = ["OUR_OTHER_SHEETS", "SheetData", "UnreadableWorkbook", "Workbook", "read"]

OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP_HEADER = b"PK\x03\x04"
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
DAMAGES = (
    python_calamine.CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    ValueError,
    NotImplementedError,
)
"""What the libraries raise for a file that is damaged in one way or another."""


def read(path, *, name="", sheet=""):
    """The workbook at `path`, as far as its sheets are ours.

    `name`: how its sender calls the file. `sheet`: which of our sheets it is, where a file of one
    sheet does not say so. Raises UnreadableWorkbook.
    """
    path = Path(path)
    name = name or path.name
    start = check_file(path, name)
    try:
        workbook = _read(path, name, start)
        return sheet_names.assigned(workbook, name, sheet)
    except UnreadableWorkbook:
        raise
    except DAMAGES as error:
        raise damaged() from error
    except BaseException as error:
        # A panic of a library in Rust is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged() from error


def _read(path, name, start):
    with path.open("rb") as file:
        if start.startswith(ZIP_HEADER):
            archive = Archive(file)
            if main := xlsx.workbook_path(archive):
                return xlsx.read(archive, main)
            if ods.is_spreadsheet(archive):
                return ods.read(archive)
            raise not_a_workbook()
        return text.read(file, start)


def check_file(path, name):
    """The first bytes of the file. Raises UnreadableWorkbook where they tell enough."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise UnreadableWorkbook(
            _("The file %(file)s cannot be opened: %(reason)s.")
            % {"file": name, "reason": error.strerror}
        ) from error
    if size == 0:
        raise UnreadableWorkbook(_("The file is empty: it is not a workbook."))
    if size > settings.WORKBOOK_MAX_BYTES:
        raise UnreadableWorkbook(
            _("The file is too large: at most %d MB. Split it into several files.")
            % (settings.WORKBOOK_MAX_BYTES // 1_000_000)
        )
    if start.startswith(OLE_HEADER):
        if ENCRYPTED in path.read_bytes():
            raise protected()
        raise UnreadableWorkbook(
            _("The workbook has a password or the old format .xls: save it as .xlsx.")
        )
    is_text = name.lower().endswith(TEXT_SUFFIXES) and not start.lstrip().startswith(b"<")
    if not is_text and not start.startswith(ZIP_HEADER):
        raise not_a_workbook()
    return start


def not_a_workbook():
    return UnreadableWorkbook(
        _("This is not a workbook: save it as .xlsx, or one sheet of it as .ods or .csv.")
    )
