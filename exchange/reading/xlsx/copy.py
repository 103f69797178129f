"""Reads .xlsx files: copies our sheets into a plain workbook, and has calamine read the copy.

calamine is fast and trusts its files. The copy has only parts that were checked: no empty rows, no
unknown sheets, no foreign part names. So what was checked is what is read.
"""

import re
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import python_calamine
from django.conf import settings

from intake.package import MOST_ELEMENTS, RELATIONSHIPS, TRANSITIONAL, main_path, relationships
from intake.refusals import damaged_workbook, workbook_too_large_unpacked, workbook_with_macros
from intake.xml import elements

from ... import cells
from ..sheet_names import choose_sheets
from ..workbook import Appearance, Workbook, sheet_data
from . import cell_types
from .names import MAIN, MAIN_NAMESPACES, YES, corners, id_of, whole_number
from .scan import SheetScan, Unusual
from .styles import Styles, StylesReader

VALUE = re.compile(rb"<(?:[^<>\s/]*:)?(?:v|is|f)[\s>]")
PREFIX = re.compile(rb"<([\w.-]*:)sst[\s>]")
STRIKE = re.compile(rb"<(?:[\w.-]*:)?strike(?: val=\"(?:1|true)\")? ?/>")
RUN = re.compile(rb"<(?:[\w.-]*:)?r>")
LETTERS = re.compile(rb"<(?:[\w.-]*:)?t(?: [^>]*)?>\s*[^<\s]")
MACROS = ("vbaproject.bin", "/macrosheets/")

SHARED_TEXT_BYTES = 64
"""What a shared text takes in memory besides its characters."""


@dataclass(slots=True)
class Part:
    name: str
    path: str
    hidden: bool
    sheet: str = ""


class SharedTexts:
    """Counts the text of the cells that refer to shared texts: each one gets a copy in memory.

    `lengths`: of the shared texts in the XML; `left`: how much more text cells may show. `struck`:
    the numbers of those that are struck through, letter by letter.
    """

    def __init__(self):
        self.lengths = []
        self.struck = set()
        self.longest = 0
        self.left = settings.WORKBOOK_MAX_UNPACKED_BYTES

    def measured(self, pieces):
        """The pieces of the part as they are; fills `lengths` on the way."""
        tail, tag = b"", b"<si"
        for piece in pieces:
            if not self.lengths and (prefix := PREFIX.search(piece)):
                tag = b"<" + prefix[1] + b"si"
            *texts, tail = (tail + piece).split(tag)
            if STRIKE.search(piece):
                self.note_struck(texts)
            self.lengths += map(len, texts)
            if len(self.lengths) * SHARED_TEXT_BYTES > self.left:
                raise workbook_too_large_unpacked()
            yield piece
        if STRIKE.search(tail):
            self.note_struck([tail])
        self.lengths.append(len(tail))
        del self.lengths[0]
        self.longest = max(self.lengths, default=0)

    def note_struck(self, texts):
        """Note those of the next texts of which each run with letters is struck through."""
        for number, text in enumerate(texts, start=len(self.lengths) - 1):
            runs = [run for run in RUN.split(text)[1:] if LETTERS.search(run)]
            if runs and all(map(STRIKE.search, runs)):
                self.struck.add(number)

    def use(self, number):
        self.use_all([number])

    def use_all(self, numbers):
        try:
            self.left -= sum(map(self.lengths.__getitem__, numbers))
        except IndexError:
            raise damaged_workbook() from None
        if self.left < 0:
            raise workbook_too_large_unpacked()


def workbook_path(archive):
    """The path of the part that lists the sheets; None where there is no such part."""
    return main_path(archive)


def read(archive, path, choose=choose_sheets):
    """`path`: of the part that lists the sheets, see `workbook_path`."""
    if any(word in name for name in archive.names() for word in MACROS):
        raise workbook_with_macros()
    targets = relationships(archive, path)
    parts, from_1904 = sheet_parts(archive, path, targets)
    wanted, others = choose(parts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as copy:
            copier = Copier(archive, copy, targets)
            scans = [copier.add(part) for part in wanted]
            copier.finish(from_1904)
        unknown = [part.name for part in others if has_values(archive, part)]
        looks = [appearance(archive, part, scan) for part, scan in zip(wanted, scans, strict=True)]
        archive.check_the_rest()
        sheets = read_copy(path, wanted, scans, looks)
    return Workbook(sheets, unknown, [part.name for part in parts], from_1904)


def sheet_parts(archive, path, targets):
    """The sheets that have cells, in their order, and whether dates count from 1904."""
    parts, from_1904 = [], False
    for name, attributes in elements_of(archive, path, "sheet", "workbookPr"):
        if name == "workbookPr":
            from_1904 = attributes.get("date1904") in YES
            continue
        target = targets.get(id_of(attributes))
        if target is None or "name" not in attributes:
            raise damaged_workbook()
        if target.kind == "worksheet":
            hidden = attributes.get("state", "visible") != "visible"
            parts.append(Part(attributes["name"], target.target, hidden))
    return parts, from_1904


def elements_of(archive, path, *wanted):
    content = archive.whole_xml(path)
    return elements(content, archive.refusals, MAIN_NAMESPACES, *wanted, most=MOST_ELEMENTS)


def read_styles(archive, path):
    if path is None:
        return Styles()
    return StylesReader().read(elements_of(archive, path, *StylesReader.NAMES))


def appearance(archive, part, scan):
    """What the sheet shows besides its values."""
    finder, around = scan.finder, scan.finder.around
    looks = Appearance(
        is_hidden=part.hidden,
        hidden_rows=finder.hidden_rows,
        hidden_columns=around.hidden_columns,
        struck_rows=finder.struck_rows,
        struck_cells=finder.struck_cells,
        addresses=finder.addresses,
        merged=around.merged,
    )
    if around.links or around.tables:
        targets = relationships(archive, part.path)
        for row, column, id, place in around.links:
            if (target := targets.get(id)) and target.kind == "hyperlink" and target.is_external:
                address = f"{target.target}#{place}" if place else target.target
                looks.addresses.setdefault((row, column), address)
        tables = (targets.get(id) for id in around.tables)
        paths = (table.target for table in tables if table and table.kind == "table")
        looks.totals = [area for path in paths for area in totals_of(archive, path)]
    return looks


def totals_of(archive, path):
    """The totals of a table: (first row, first column, last row, last column)."""
    for _name, attributes in elements_of(archive, path, "table"):
        count = whole_number(attributes.get("totalsRowCount", "0"))
        area = corners(attributes.get("ref", ""))
        if count and area:
            _first, left, last, right = area
            yield last - count + 1, left, last, right


class Copier:
    """Writes the sheets to read into the plain workbook `copy`, and checks them on the way.

    `targets`: what the workbook refers to, see `relationships`.
    """

    def __init__(self, archive, copy, targets):
        self.archive = archive
        self.copy = copy
        self.rows_left = settings.WORKBOOK_MAX_ROWS + 1
        paths = {target.kind: target.target for target in targets.values()}
        self.styles = read_styles(archive, paths.get("styles"))
        self.texts = SharedTexts()
        self.targets = []
        if "styles" in paths:
            self.put("styles", "styles.xml", self.styles.xml())
        if "sharedStrings" in paths:
            texts = self.texts.measured(archive.xml(paths["sharedStrings"]))
            self.put("sharedStrings", "sharedStrings.xml", texts)

    def put(self, kind, path, pieces):
        self.targets.append((kind, path))
        with self.copy.open(f"xl/{path}", "w") as file:
            for piece in pieces:
                file.write(piece)

    def add(self, part):
        """Copy a sheet. Returns its scan."""
        scan = SheetScan(self.styles, self.texts, self.rows_left)
        try:
            self.add_with(scan.copy_by_bytes, part)
        except Unusual:
            scan = SheetScan(self.styles, self.texts, self.rows_left)
            self.add_with(scan.copy_by_parser, part)
        self.rows_left -= max(scan.rows - 1, 0)
        return scan

    def add_with(self, copy, part):
        path = f"worksheets/sheet{len(self.copy.namelist())}.xml"
        with self.copy.open(f"xl/{path}", "w") as file:
            copy(self.archive.xml(part.path), file.write)
        self.targets.append(("worksheet", path))

    def finish(self, from_1904):
        """Write the parts that refer to the others. Sheets are named by their numbers."""
        paths = [path for kind, path in self.targets if kind == "worksheet"]
        sheets = "".join(
            f'<sheet name="{number}" sheetId="{number + 1}" r:id="{path}"/>'
            for number, path in enumerate(paths)
        )
        self.copy.writestr(
            "_rels/.rels", relationships_xml([("officeDocument", "xl/workbook.xml")])
        )
        self.copy.writestr("xl/_rels/workbook.xml.rels", relationships_xml(self.targets))
        self.copy.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{TRANSITIONAL}">'
            f'<workbookPr date1904="{int(from_1904)}"/><sheets>{sheets}</sheets></workbook>',
        )


def relationships_xml(targets):
    rows = "".join(
        f'<Relationship Id="{path}" Type="{TRANSITIONAL}/{kind}" Target="{path}"/>'
        for kind, path in targets
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'


def has_values(archive, part):
    """Whether a sheet has a cell with a value or a formula."""
    tail, found = b"", False
    for piece in archive.xml(part.path):
        found = found or VALUE.search(tail + piece) is not None
        tail = piece[-32:]
    return found


def read_copy(path, parts, scans, looks):
    sheets, rows_left = {}, settings.WORKBOOK_MAX_ROWS
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        for number, (part, scan) in enumerate(zip(parts, scans, strict=True)):
            sheet = book.get_sheet_by_name(str(number))
            data = sheet_data(part.name, filled_rows(sheet, scan.types), rows_left)
            data.appearance = looks[number]
            rows_left -= len(data.rows)
            sheets[part.sheet or cells.folded(part.name)] = data
    return sheets


def filled_rows(sheet, types):
    """(number, values from column A on) of the rows that are not empty.

    `types`: row → column → type of the cell, see `cell_types`.
    """
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for index, values in enumerate(sheet.iter_rows()):
        row = left + values if left else values
        if index in types:
            cell_types.replace_values(row, types[index])
        elif not any(values):
            continue
        first = row[0]
        if (type(first) is str and first.strip()) or not all(map(cells.is_empty, row)):
            yield index + 1, row
