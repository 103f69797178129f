"""Which of the sheets in a file are ours, by their names, the file's name or the headers."""

import re

from intake.refusals import doubled_sheet, unclear_sheet

from .. import cells
from ..sheets import SHEETS
from .workbook import known_names, skipped_names

WORDS = re.compile(r"[\W_]+")


def choose_sheets(parts):
    """(the sheets to read, the sheets to complain about unless they are empty)."""
    known, others, missing = [], [], known_names()
    for part in parts:
        name = cells.folded(part.name)
        if name in missing:
            missing.remove(name)
            known.append(part)
        elif any(name == cells.folded(other.name) for other in known):
            raise doubled_sheet(part.name)
        elif not part.hidden and name not in skipped_names():
            others.append(part)
    if not known and len(others) == 1:
        return others, []
    return known, others


def known_headers():
    return {header for cls in SHEETS for header in headers_of(cls)}


def headers_of(cls):
    return {cells.folded(column.header) for column in cls.fields.values()}


def rename_only_sheet(workbook, name, sheet):
    """Call the only sheet of a workbook by its name here. Raises UnreadableWorkbook.

    `name`: the file's; `sheet`: the name that the sender chose, or an empty string.
    """
    ours = {cells.folded(cls.sheet_name): cls for cls in SHEETS}
    if len(workbook.sheets) != 1 or workbook.sheets.keys() <= ours.keys():
        return
    ((own, data),) = workbook.sheets.items()
    cls = ours.get(cells.folded(sheet)) or find_by_file_name(name) or find_by_headers(data)
    if cls:
        workbook.sheets = {cells.folded(cls.sheet_name): data}
        data.name = data.name or cls.sheet_name
        workbook.found = workbook.found or [data.name]
    elif data.name:
        workbook.sheets = {}
        workbook.unknown = [data.name] if data.headers else []
    else:
        raise unclear_sheet(cls.sheet_name for cls in SHEETS)


def find_by_file_name(name):
    """The sheet whose name is the last word of the file's name."""
    words = [word for word in WORDS.split(cells.folded(name)) if word][:-1]
    return next(
        (cls for cls in SHEETS if words and words[-1] == cells.folded(cls.sheet_name)), None
    )


def find_by_headers(data):
    """The sheet that has more of the headers of `data` than any other, its key among them."""
    present = {cells.folded(header) for header in data.headers if not cells.is_empty(header)}
    fitting = sorted(
        ((len(present & headers_of(cls)), cls) for cls in SHEETS if has_keys(cls, present)),
        key=lambda pair: -pair[0],
    )
    if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return None
    return fitting[0][1]


def has_keys(cls, present):
    keys, one_of = set(), set()
    for column in cls.fields.values():
        if column.is_key:
            (one_of if column.one_of else keys).add(cells.folded(column.header))
    return keys <= present and (not one_of or bool(one_of & present))
