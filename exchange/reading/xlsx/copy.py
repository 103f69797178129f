"""Reads .xlsx files: what is ours is copied into a plain workbook, which calamine reads.

calamine is fast and trusting. The copy has no empty rows, no unknown sheets, no foreign part names
and nothing that was not looked at, so that what was checked is what is read.
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
from ..sheet_names import sorted_out
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
"""What a shared text takes in memory beside its letters."""


@dataclass(slots=True)
class Part:
    name: str
    path: str
    hidden: bool


class Texts:
    """The lengths of the shared texts, and how much text the cells show that refer to them."""

    def __init__(self):
        self.lengths = []
        self.longest = 0
        self.left = settings.WORKBOOK_MAX_UNPACKED_BYTES

    def copied(self, pieces):
        """The pieces, with the lengths noted."""
        tail, mark = b"", b"<si"
        for piece in pieces:
            if not self.lengths and (prefix := PREFIX.search(piece)):
                mark = b"<" + prefix[1] + b"si"
            *texts, tail = (tail + piece).split(mark)
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
    """`path`: where the workbook lies in the archive, see `workbook_path`."""
    if any(mark in name for name in archive.names() for mark in MACROS):
        raise workbook_with_macros()
    related = relationships(archive, path)
    parts, from_1904 = sheet_parts(archive, path, related)
    wanted, others = sorted_out(parts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as copy:
            copier = Copier(archive, copy, related)
            scans = [copier.add(part) for part in wanted]
            copier.finish(from_1904)
        unknown = [part.name for part in others if has_values(archive, part)]
        archive.check_the_rest()
        sheets = read_copy(path, wanted, scans)
    return Workbook(sheets, unknown, [part.name for part in parts], from_1904)


def sheet_parts(archive, path, related):
    """The sheets of cells in their order, and whether the days count from 1904."""
    parts, from_1904 = [], False
    for name, attributes in elements_of(archive, path, "sheet", "workbookPr"):
        if name == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true")
            continue
        own = next((value for key, value in attributes.items() if key.endswith(":id")), None)
        if own not in related or "name" not in attributes:
            raise damaged_workbook()
        kind, path = related[own]
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


def styles_of(archive, path):
    if path is None:
        return cell_types.Styles(frozenset(), {})
    percents, zeros = set(PERCENT_FORMATS), {}
    percent_styles, zero_styles, position, inside = set(), {}, 0, False
    groups = ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs")
    for name, attributes in elements_of(archive, path, "numFmt", "xf", *groups):
        if name == "numFmt":
            code, number = attributes.get("formatCode", ""), attributes.get("numFmtId", "")
            if "%" in QUOTED.sub("", code):
                percents.add(cell_types.number(number))
            elif ZEROS.fullmatch(code):
                zeros[cell_types.number(number)] = len(code)
        elif name in groups:
            inside = name == "cellXfs"
        elif inside:
            format = cell_types.number(attributes.get("numFmtId", "0"))
            if format in percents:
                percent_styles.add(str(position))
            elif format in zeros:
                zero_styles[str(position)] = zeros[format]
            position += 1
    return cell_types.Styles(frozenset(percent_styles), zero_styles)


class Copier:
    """Writes the sheets to read into a workbook of their own, looking through them on the way."""

    def __init__(self, archive, copy, related):
        self.archive = archive
        self.copy = copy
        self.room = settings.WORKBOOK_MAX_ROWS + 1
        paths = dict(related.values())
        self.styles = styles_of(archive, paths.get("styles"))
        self.texts = Texts()
        self.targets = []
        if "styles" in paths:
            self.put("styles", "styles.xml", archive.xml(paths["styles"]))
        if "sharedStrings" in paths:
            texts = self.texts.copied(archive.xml(paths["sharedStrings"]))
            self.put("sharedStrings", "sharedStrings.xml", texts)

    def put(self, kind, path, pieces):
        self.targets.append((kind, path))
        with self.copy.open(f"xl/{path}", "w") as file:
            for piece in pieces:
                file.write(piece)

    def add(self, part):
        scan = SheetScan(self.styles, self.texts, self.room)
        try:
            self.add_by(scan, scan.look, part)
        except Unusual:
            scan = SheetScan(self.styles, self.texts, self.room)
            self.add_by(scan, scan.parse, part)
        self.room -= max(scan.rows - 1, 0)
        return scan

    def add_by(self, scan, method, part):
        path = f"worksheets/sheet{len(self.copy.namelist())}.xml"
        with self.copy.open(f"xl/{path}", "w") as file:
            method(self.archive.xml(part.path), file.write)
        self.targets.append(("worksheet", path))

    def finish(self, from_1904):
        """Write what says where everything is; the sheets are named by their numbers."""
        paths = [path for kind, path in self.targets if kind == "worksheet"]
        sheets = "".join(
            f'<sheet name="{number}" sheetId="{number + 1}" r:id="{path}"/>'
            for number, path in enumerate(paths)
        )
        self.copy.writestr("_rels/.rels", related([("officeDocument", "xl/workbook.xml")]))
        self.copy.writestr("xl/_rels/workbook.xml.rels", related(self.targets))
        self.copy.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">'
            f'<workbookPr date1904="{int(from_1904)}"/><sheets>{sheets}</sheets></workbook>',
        )


def related(targets):
    rows = "".join(
        f'<Relationship Id="{path}" Type="{RELATIONSHIPS}/{kind}" Target="{path}"/>'
        for kind, path in targets
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def has_values(archive, part):
    """Whether a sheet that is not ours has something in it."""
    tail, found = b"", False
    for piece in archive.xml(part.path):
        found = found or VALUE.search(tail + piece) is not None
        tail = piece[-32:]
    return found


def read_copy(path, parts, scans):
    sheets, room = {}, settings.WORKBOOK_MAX_ROWS
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        for number, (part, scan) in enumerate(zip(parts, scans, strict=True)):
            sheet = book.get_sheet_by_name(str(number))
            data = sheet_data(part.name, rows_of(sheet, scan.marks), room)
            room -= len(data.rows)
            sheets[cells.folded(part.name)] = data
    return sheets


def rows_of(sheet, marked):
    """(number, values) of the rows that are not empty, from column A on, marks put in."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for index, values in enumerate(sheet.iter_rows()):
        row = left + values if left else values
        if index in marked:
            cell_types.put_in(row, marked[index])
        elif not any(values):
            continue
        first = row[0]
        if (type(first) is str and first.strip()) or not all(map(cells.is_empty, row)):
            yield index + 1, row
