"""Which of the sheets in a file are ours, by their names, the file's name or the headers."""

import re

from intake.refusals import doubled_sheet, empty_workbook, unclear_sheet

from .. import cells
from ..sheets import SHEETS
from .workbook import known_names, skipped_names

WORDS = re.compile(r"[\W_]+")
LONGEST_NAME = 31
"""Spreadsheet programs cut longer names of sheets."""

SHORTEST_START = 4
MOST_COPIES = 5
TABLE_OF_SHEET = " - "
ROWS_OF_TITLES = 20
"""Where the first row has other words, the headers are sought in so many rows below it."""

BY_TOOLS = tuple(
    re.compile(pattern)
    for pattern in (
        # “Actions - Table 1” and “Sheet 1 - Actions” of Numbers
        r"(?P<name>.+) - \w+ \d+",
        r"\w+ \d+ - (?P<name>.+)",
        r"(?P<name>.+) - (?P=name)",
        # “Copy of Actions”, in the languages of many users
        r"(?:copy|kopie|copie|copia|cópia|kopia|kopi|kópia|копия|копія)"
        r"(?: \(?\d+\)?)? (?:of|von|van|de|di|da|do|af|av|arkusza)? ?(?P<name>.+)",
        r"(?P<name>.+?)(?: -)? \(?(?:copy|kopie|copie|copia|cópia|kopia|копия)\)?(?: \d+)?",
        r"[「“\"]?(?P<name>.+?)[」”\"]? ?(?:のコピー|的副本|副本|사본)",
        # “Actions (2)”, “Actions_2”, “Actions 2026”, “1. Actions”, “Actions.csv”
        r"(?P<name>.+?)[ _-]*\(?\d{1,4}\)?",
        r"\d{1,2}[. _-]+(?P<name>.+)",
        r"(?P<name>.+)\.(?:csv|tsv|txt|xlsx|ods)",
    )
)
"""Names that programs make of the name of a sheet, folded."""


def choose_sheets(parts):
    """(the sheets to read, the sheets to complain about unless they are empty).

    `sheet` of a part becomes the folded name that it has here.
    """
    known, others, missing = [], [], known_names()
    for part in parts:
        name = cells.folded(part.name)
        if name in missing:
            missing.remove(name)
            part.sheet = name
            known.append(part)
        elif any(name == cells.folded(other.name) for other in known):
            raise doubled_sheet(part.name)
        elif not part.hidden and name not in skipped_names():
            others.append(part)
    known += take_names_by_tools(others, missing)
    if known and is_summary(parts[0], others, parts[1:]):
        others.remove(parts[0])
    if not known and len(others) == 1:
        return others, []
    return known, others


def all_sheets(parts):
    """All of the sheets, for `choose_sheets`: those of lists of another form have any names."""
    for number, part in enumerate(parts):
        is_doubled = any(other.name == part.name for other in parts[:number])
        part.sheet = f"{part.name} ({number + 1})" if is_doubled else part.name
    return parts, []


def take_names_by_tools(others, missing):
    """Take those of `others` that one `missing` sheet may be, and no other of them."""
    names = [name_by_tools(part.name, missing) for part in others]
    taken = [
        (part, name)
        for part, name in zip(others, names, strict=True)
        if name and names.count(name) == 1
    ]
    for part, name in taken:
        part.sheet = name
        others.remove(part)
    return [part for part, _name in taken]


def name_by_tools(name, missing):
    """The one of the `missing` names of which a program has made `name`; None if it has not."""
    is_cut = len(name) == LONGEST_NAME
    name = cells.folded(name)
    for _copy in range(MOST_COPIES):
        if name in missing:
            return name
        inner = (pattern.fullmatch(name) for pattern in BY_TOOLS)
        name = next((match["name"].strip() for match in inner if match), "")
        if is_cut and len(name) >= SHORTEST_START:
            begun = [each for each in missing if each.startswith(name)]
            if len(begun) == 1:
                return begun[0]
    return None


def is_summary(first, others, rest):
    """Whether a sheet is the list that Numbers puts before the tables of an export."""
    return bool(rest) and first in others and all(TABLE_OF_SHEET in each.name for each in rest)


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
    cls = ours.get(cells.folded(sheet)) or find_by_file_name(name) or find_by_rows(data)
    if cls:
        workbook.sheets = {cells.folded(cls.sheet_name): data}
        data.name = data.name or cls.sheet_name
        workbook.found = workbook.found or [data.name]
    elif data.name:
        workbook.sheets = {}
        workbook.unknown = [data.name] if data.headers else []
    elif not data.headers:
        raise empty_workbook()
    else:
        raise unclear_sheet(cls.sheet_name for cls in SHEETS)


def find_by_file_name(name):
    """The sheet whose name is the last word of the file's name."""
    words = [word for word in WORDS.split(cells.folded(name)) if word][:-1]
    return next(
        (cls for cls in SHEETS if words and words[-1] == cells.folded(cls.sheet_name)), None
    )


def find_by_rows(data):
    """The sheet that the first row fits, or the first of those below it: titles may be above."""
    rows = [data.headers, *(row for _number, row in data.rows[:ROWS_OF_TITLES])]
    return next(filter(None, map(find_by_headers, rows)), None)


def find_by_headers(headers):
    """The sheet that has more of the `headers` than any other, its key among them."""
    present = folded_headers(headers)
    fitting = sorted(
        ((len(present & headers_of(cls)), cls) for cls in SHEETS if has_keys(cls, present)),
        key=lambda pair: -pair[0],
    )
    if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return None
    return fitting[0][1]


def has_other_columns(workbook):
    """Whether a `Workbook` has a sheet, or a column with a header, that is not ours."""
    return bool(workbook.unknown) or any(
        folded_headers(data.headers) - headers_of(cls) for cls, data in ours_in(workbook)
    )


def may_be_of_others(workbook):
    """Whether a `Workbook` may be a list of another form that happens to have headers of ours: the
    platform did not write it, and a sheet of it lacks columns of ours."""
    if workbook.written and workbook.written.is_ours:
        return False
    return any(headers_of(cls) - folded_headers(data.headers) for cls, data in ours_in(workbook))


def ours_in(workbook):
    """(class, `SheetData`) of the sheets of ours that are in a `Workbook`."""
    for cls in SHEETS:
        data = workbook.sheets.get(cells.folded(cls.sheet_name))
        if data is not None and data.headers:
            yield cls, data


def folded_headers(headers):
    return {cells.folded(header) for header in headers if not cells.is_empty(header)}


def has_keys(cls, present):
    keys, one_of = set(), set()
    for column in cls.fields.values():
        if column.is_key:
            (one_of if column.one_of else keys).add(cells.folded(column.header))
    return keys <= present and (not one_of or bool(one_of & present))
