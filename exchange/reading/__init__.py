"""Reads a file once: its known sheets as rows of plain values, its unknown ones by name."""

import struct
import zipfile
import zlib
from pathlib import Path

import python_calamine
from django.conf import settings

from intake.archive import LOCAL_SIGNATURE, Archive, Limits
from intake.office import ENCRYPTED_STREAM, OLE
from intake.refusals import (
    WORKBOOK_REFUSALS,
    UnreadableWorkbook,
    damaged_workbook,
    empty_workbook,
    not_a_workbook,
    protected_or_old_workbook,
    protected_workbook,
    workbook_not_opened,
    workbook_too_large,
)

from . import ods, sheet_names, text, xlsx
from .workbook import OUR_OTHER_SHEETS, SheetData, Workbook

__all__ = ["OUR_OTHER_SHEETS", "SheetData", "UnreadableWorkbook", "Workbook", "read"]

MOST_SMALL_BYTES = 10_000_000
"""What of a file is held in memory as a whole: its directory, a part that is not a sheet."""

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
        raise damaged_workbook() from error
    except BaseException as error:
        # A panic of a library in Rust is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged_workbook() from error


def _read(path, name, start):
    with path.open("rb") as file:
        if start.startswith(LOCAL_SIGNATURE):
            archive = Archive(file, limits=limits(), refusals=WORKBOOK_REFUSALS)
            if main := xlsx.workbook_path(archive):
                return xlsx.read(archive, main)
            if ods.is_spreadsheet(archive):
                return ods.read(archive)
            raise not_a_workbook()
        return text.read(file, start)


def limits():
    return Limits(
        parts=2_000,
        unpacked_bytes=settings.WORKBOOK_MAX_UNPACKED_BYTES,
        part_bytes=MOST_SMALL_BYTES,
        directory_bytes=MOST_SMALL_BYTES,
    )


def check_file(path, name):
    """The first bytes of the file. Raises UnreadableWorkbook where they tell enough."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise workbook_not_opened(name, error.strerror) from error
    if size == 0:
        raise empty_workbook()
    if size > settings.WORKBOOK_MAX_BYTES:
        raise workbook_too_large()
    if start.startswith(OLE):
        if ENCRYPTED_STREAM in path.read_bytes():
            raise protected_workbook()
        raise protected_or_old_workbook()
    is_text = name.lower().endswith(TEXT_SUFFIXES) and not start.lstrip().startswith(b"<")
    if not is_text and not start.startswith(LOCAL_SIGNATURE):
        raise not_a_workbook()
    return start
