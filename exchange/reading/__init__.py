"""Reads a file once: known sheets as rows of plain values, unknown ones by name; or all of them."""

import struct
import zipfile
import zlib
from contextlib import contextmanager
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
from profiles.garbage import rarely_collected

from . import ods, sheet_names, tables, text, xlsx
from .workbook import OUR_OTHER_SHEETS, SheetData, Workbook
from .written import find_written

__all__ = ["OUR_OTHER_SHEETS", "SheetData", "UnreadableWorkbook", "Workbook", "read", "read_all"]

MOST_SMALL_BYTES = 10_000_000
"""Of the directory of a ZIP file, and of a part that is held in memory as a whole."""

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
"""The exceptions that libraries raise for damaged files."""


@rarely_collected()
def read(path, *, name="", sheet=""):
    """Read the sheets of ours in the file at `path`. Raises UnreadableWorkbook.

    `name`: the sender's name of the file. `sheet`: the sheet that a file of one sheet is, where the
    file does not say so.
    """
    path = Path(path)
    name = name or path.name
    start = check_file(path, name)
    with damages_told():
        workbook = read_format(path, start)
        sheet_names.rename_only_sheet(workbook, name, sheet)
        tables.find_tables(workbook)
        return workbook


@rarely_collected()
def read_all(path, *, name, read_text):
    """Read all sheets of the file at `path`, by their own names, whatever they hold.

    Nothing is known of their headers: the first row that is not empty stands for them.
    `read_text`: reads a text file, see `text.read`. Raises UnreadableWorkbook.
    """
    path = Path(path)
    start = check_file(path, name)
    with damages_told():
        return read_format(path, start, choose=sheet_names.all_sheets, read_text=read_text)


@contextmanager
def damages_told():
    """Tells in words what a library raises for a damaged file."""
    try:
        yield
    except UnreadableWorkbook:
        raise
    except DAMAGES as error:
        raise damaged_workbook() from error
    except BaseException as error:
        # A panic of a library in Rust is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged_workbook() from error


def read_format(path, start, *, choose=sheet_names.choose_sheets, read_text=text.read):
    with path.open("rb") as file:
        if start.startswith(LOCAL_SIGNATURE):
            archive = Archive(file, limits=workbook_limits(), refusals=WORKBOOK_REFUSALS)
            if main := xlsx.workbook_path(archive):
                workbook = xlsx.read(archive, main, choose)
            elif ods.is_spreadsheet(archive):
                workbook = ods.read(archive, choose)
            else:
                raise not_a_workbook()
            workbook.written = find_written(archive)
            return workbook
        return read_text(file, start)


def workbook_limits():
    return Limits(
        parts=2_000,
        unpacked_bytes=settings.WORKBOOK_MAX_UNPACKED_BYTES,
        part_bytes=MOST_SMALL_BYTES,
        directory_bytes=MOST_SMALL_BYTES,
    )


def check_file(path, name):
    """Refuse what size and first bytes show to be no workbook. Returns the first bytes."""
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
