"""Reads .xlsx files: copies our sheets into a plain workbook, and has calamine read the copy.

calamine is fast and trusts its files. The copy has only parts that were checked: no empty rows, no
unknown sheets, no foreign part names. So what was checked is what is read.
"""

import re
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath, split

import python_calamine
from django.conf import settings

from intake.refusals import damaged_workbook, workbook_too_large_unpacked, workbook_with_macros
from intake.xml import elements

from ... import cells
from ..sheet_names import choose_sheets
from ..workbook import Workbook, sheet_data
from . import cell_types
from .scan import SheetScan, Unusual

PERCENT_FORMATS = {9, 10}
QUOTED = re.compile(r'"[^"]*"|\\.')
ZEROS = re.compile(r"0{2,20}")
VALUE = re.compile(rb"<(?:[^<>\s/]*:)?(?:v|is|f)[\s>]")
PREFIX = re.compile(rb"<([\w.-]*:)sst[\s>]")
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MACROS = ("vbaproject.bin", "/macrosheets/")
MOST_ELEMENTS = 300_000
"""In one small part; the styles of a workbook have at most some 200,000."""

SHARED_TEXT_BYTES = 64
"""What a shared text takes in memory besides its characters."""


@dataclass(slots=True)
class Part:
    name: str
    path: str
    hidden: bool


class SharedTexts:
    """Counts the text of the cells that refer to shared texts: each one gets a copy in memory.

    `lengths`: of the shared texts in the XML; `left`: how much more text cells may show.
    """

    def __init__(self):
        self.lengths = []
        self.longest = 0
        self.left = settings.WORKBOOK_MAX_UNPACKED_BYTES

    def measured(self, pieces):
        """The pieces of the part as they are; fills `lengths` on the way."""
        tail, tag = b"", b"<si"
        for piece in pieces:
            if not self.lengths and (prefix := PREFIX.search(piece)):
                tag = b"<" + prefix[1] + b"si"
            *texts, tail = (tail + piece).split(tag)
            self.lengths += map(len, texts)
            if len(self.lengths) * SHARED_TEXT_BYTES > self.left:
                raise workbook_too_large_unpacked()
            yield piece
        self.lengths.append(len(tail))
        del self.lengths[0]
        self.longest = max(self.lengths, default=0)

    def use(self, number):
        self.use_all([number])

    def use_all(self, numbers):
        try:
            self.left -= sum(map(self.lengths.__getitem__, numbers))
        except IndexError:
            raise damaged_workbook() from None
        if self.left < 0:
            raise workbook_too_large_unpacked()


def read(archive, path):
    """`path`: of the part that lists the sheets, see `workbook_path`."""
    if any(word in name for name in archive.names() for word in MACROS):
        raise workbook_with_macros()
    targets = relationships(archive, path)
    parts, from_1904 = sheet_parts(archive, path, targets)
    wanted, others = choose_sheets(parts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as copy:
            copier = Copier(archive, copy, targets)
            scans = [copier.add(part) for part in wanted]
            copier.finish(from_1904)
        unknown = [part.name for part in others if has_values(archive, part)]
        archive.check_the_rest()
        sheets = read_copy(path, wanted, scans)
    return Workbook(sheets, unknown, [part.name for part in parts], from_1904)


def sheet_parts(archive, path, targets):
    """The sheets that have cells, in their order, and whether dates count from 1904."""
    parts, from_1904 = [], False
    for name, attributes in elements_of(archive, path, "sheet", "workbookPr"):
        if name == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true")
            continue
        key = next((value for name, value in attributes.items() if name.endswith(":id")), None)
        if key not in targets or "name" not in attributes:
            raise damaged_workbook()
        kind, path = targets[key]
        if kind == "worksheet":
            hidden = attributes.get("state", "visible") != "visible"
            parts.append(Part(attributes["name"], path, hidden))
    return parts, from_1904


def workbook_path(archive):
    """The path of the part that lists the sheets; None where there is no such part."""
    if "_rels/.rels" not in archive:
        return None
    paths = dict(relationships(archive, "").values())
    path = paths.get("officeDocument", "")
    return path if path in archive else None


def relationships(archive, part):
    """Id → (kind, path) of what a part refers to, such as the sheets of a workbook."""
    folder, name = split(part)
    path = join(folder, "_rels", f"{name}.rels")
    found = {}
    for _name, attributes in elements_of(archive, path, "Relationship"):
        target = attributes.get("Target", "").replace("\\", "/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        found[attributes.get("Id")] = kind, normpath(join("/", folder, target)).lstrip("/")
    return found


def elements_of(archive, path, *wanted):
    content = archive.whole_xml(path)
    return elements(content, archive.refusals, *wanted, most=MOST_ELEMENTS)


def read_styles(archive, path):
    if path is None:
        return cell_types.Styles(frozenset(), {})
    percents, zeros = set(PERCENT_FORMATS), {}
    percent_styles, zero_styles, position, is_cell_style = set(), {}, 0, False
    groups = ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs")
    for name, attributes in elements_of(archive, path, "numFmt", "xf", *groups):
        if name == "numFmt":
            code, number = attributes.get("formatCode", ""), attributes.get("numFmtId", "")
            if "%" in QUOTED.sub("", code):
                percents.add(cell_types.whole_number(number))
            elif ZEROS.fullmatch(code):
                zeros[cell_types.whole_number(number)] = len(code)
        elif name in groups:
            is_cell_style = name == "cellXfs"
        elif is_cell_style:
            format = cell_types.whole_number(attributes.get("numFmtId", "0"))
            if format in percents:
                percent_styles.add(str(position))
            elif format in zeros:
                zero_styles[str(position)] = zeros[format]
            position += 1
    return cell_types.Styles(frozenset(percent_styles), zero_styles)


class Copier:
    """Writes the sheets to read into the plain workbook `copy`, and checks them on the way.

    `targets`: what the workbook refers to, see `relationships`.
    """

    def __init__(self, archive, copy, targets):
        self.archive = archive
        self.copy = copy
        self.rows_left = settings.WORKBOOK_MAX_ROWS + 1
        paths = dict(targets.values())
        self.styles = read_styles(archive, paths.get("styles"))
        self.texts = SharedTexts()
        self.targets = []
        if "styles" in paths:
            self.put("styles", "styles.xml", archive.xml(paths["styles"]))
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
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">'
            f'<workbookPr date1904="{int(from_1904)}"/><sheets>{sheets}</sheets></workbook>',
        )


def relationships_xml(targets):
    rows = "".join(
        f'<Relationship Id="{path}" Type="{RELATIONSHIPS}/{kind}" Target="{path}"/>'
        for kind, path in targets
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def has_values(archive, part):
    """Whether a sheet has a cell with a value or a formula."""
    tail, found = b"", False
    for piece in archive.xml(part.path):
        found = found or VALUE.search(tail + piece) is not None
        tail = piece[-32:]
    return found


def read_copy(path, parts, scans):
    sheets, rows_left = {}, settings.WORKBOOK_MAX_ROWS
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        for number, (part, scan) in enumerate(zip(parts, scans, strict=True)):
            sheet = book.get_sheet_by_name(str(number))
            data = sheet_data(part.name, filled_rows(sheet, scan.types), rows_left)
            rows_left -= len(data.rows)
            sheets[cells.folded(part.name)] = data
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
