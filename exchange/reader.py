"""Reads a workbook once: its known sheets as rows of plain values, its unknown ones by name."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

import python_calamine
from django.conf import settings
from django.utils.translation import gettext as _

from . import cells, marks
from .sheets import SHEETS

OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_A_WORKBOOK = (
    python_calamine.CalamineError,
    zipfile.BadZipFile,
    expat.ExpatError,
    marks.UnsafeXML,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
"""What the libraries raise for a file that is damaged in one way or another."""


class UnreadableWorkbook(ValueError):
    """The file cannot be read as a workbook. The message is for who sent it."""


@dataclass(slots=True)
class SheetData:
    """`rows`: (row number as shown, values), as wide as `headers`; empty rows are left out."""

    name: str
    header_row: int = 1
    headers: list = field(default_factory=list)
    rows: list = field(default_factory=list)


@dataclass
class Workbook:
    """`sheets` by their folded names; `unknown`: visible sheets with content, left unread."""

    sheets: dict
    unknown: list
    found: list
    from_1904: bool = False


def read(path):
    """The workbook at `path`, as far as its sheets are ours."""
    path = Path(path)
    check_file(path)
    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(archive)
            with python_calamine.CalamineWorkbook.from_path(path) as book:
                return _read(archive, book, {cells.folded(sheet.sheet_name) for sheet in SHEETS})
    except python_calamine.PasswordError as error:
        raise UnreadableWorkbook(_("The workbook is protected by a password.")) from error
    except marks.TooFar as error:
        raise UnreadableWorkbook(
            _("A cell lies far away from the others: delete the rows or columns around it.")
        ) from error
    except NOT_A_WORKBOOK as error:
        if isinstance(error, UnreadableWorkbook):
            raise
        raise UnreadableWorkbook(
            _("The file is damaged: open it in your spreadsheet program and save it anew as .xlsx.")
        ) from error


def check_file(path):
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(len(OLE_HEADER))
    except OSError as error:
        raise UnreadableWorkbook(
            _("The file %(file)s cannot be opened: %(reason)s.")
            % {"file": path, "reason": error.strerror}
        ) from error
    if size > settings.WORKBOOK_MAX_BYTES:
        raise UnreadableWorkbook(
            _("The file is too large: at most %d MB.") % (settings.WORKBOOK_MAX_BYTES // 1_000_000)
        )
    if start == OLE_HEADER:
        raise UnreadableWorkbook(
            _("The workbook has a password or the old format .xls: save it as .xlsx.")
        )
    if not zipfile.is_zipfile(path):
        raise UnreadableWorkbook(_("This is not a workbook: save it as .xlsx."))


def check_archive(archive):
    names = set(archive.namelist())
    if "xl/vbaProject.bin" in names:
        raise UnreadableWorkbook(_("The workbook has macros: save it as .xlsx, without them."))
    if "xl/workbook.xml" not in names:
        raise UnreadableWorkbook(_("This is not an Excel workbook: save it as .xlsx."))
    if sum(entry.file_size for entry in archive.infolist()) > settings.WORKBOOK_MAX_UNPACKED_BYTES:
        raise UnreadableWorkbook(_("The workbook is too large when it is unpacked."))


def _read(archive, book, known):
    parts = marks.sheet_parts(archive)
    styles = marks.percent_styles(archive)
    sheets, unknown, room = {}, [], settings.WORKBOOK_MAX_ROWS
    for metadata in book.sheets_metadata:
        name = cells.folded(metadata.name)
        hidden = metadata.visible != python_calamine.SheetVisibleEnum.Visible
        if metadata.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if name in known and name not in sheets:
            found = marks.marks_of(archive, parts[metadata.name], styles)
            sheets[name] = _read_sheet(book.get_sheet_by_name(metadata.name), found, room)
            room -= len(sheets[name].rows)
        elif not hidden and book.get_sheet_by_name(metadata.name).height:
            unknown.append(metadata.name)
    return Workbook(sheets, unknown, list(book.sheet_names), marks.counts_from_1904(archive))


def _read_sheet(sheet, found, room):
    """The first row that is not empty has the headers."""
    data = SheetData(sheet.name)
    for number, row in _rows(sheet, found):
        if not data.headers:
            data.header_row, data.headers = number, row
            continue
        data.rows.append((number, row))
        if len(row) > len(data.headers):
            data.headers.extend([""] * (len(row) - len(data.headers)))
        if len(data.rows) > room:
            raise UnreadableWorkbook(
                _("The workbook has too many rows: at most %d.") % settings.WORKBOOK_MAX_ROWS
            )
    for _number, row in data.rows:
        row.extend([""] * (len(data.headers) - len(row)))
    return data


def _rows(sheet, found):
    """(number, values) of the rows that are not empty, from column A on, marks put in."""
    marked = {}
    for (row, column), mark in found.items():
        marked.setdefault(row, {})[column] = mark
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for index, values in enumerate(sheet.iter_rows()):
        row = left + values if left else values
        if index in marked:
            _mark(row, marked[index])
        elif not any(values):
            continue
        if not all(map(cells.is_empty, row)):
            yield index + 1, row


def _mark(row, marks_of_row):
    row.extend([""] * (max(marks_of_row) + 1 - len(row)))
    for column, mark in marks_of_row.items():
        if mark == marks.PERCENT and cells.is_number(row[column]):
            row[column] = cells.percent(row[column])
        elif mark == marks.ERROR:
            row[column] = cells.Broken("#")
        elif mark == marks.NOT_CALCULATED and row[column] == "":
            row[column] = cells.Broken("=")
