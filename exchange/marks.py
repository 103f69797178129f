"""What the reader of cells does not tell, found in one pass over a sheet's XML beside it.

A percent cell gives its fraction (0.7443 for 74.43 %), an error such as #REF! and a formula that
was never calculated both give an empty text. The pass is left out where none of these can occur.
"""

import re
from xml.parsers import expat

CHUNK = 1 << 20
PERCENT_FORMATS = {9, 10}
QUOTED = re.compile(r'"[^"]*"|\\.')
FAR_ADDRESS = re.compile(rb"""r=["']([A-Z]{2,3}|[A-Z]?(?=\d{6}))(\d{1,7})["']""")
MOST_CELLS = 10_000_000
"""The reader lays out all cells from A1 to the last one, empty ones too: 32 bytes each."""

LETTERS_AND_DIGITS = re.compile(r"([A-Z]+)(\d+)")

PERCENT, ERROR, NOT_CALCULATED = "percent", "error", "not calculated"


class UnsafeXML(ValueError):
    """A part of the workbook declares a document type, which no spreadsheet program writes."""


class TooFar(ValueError):
    """A cell lies far to the right of the others or far below them."""


def parser():
    made = expat.ParserCreate()

    def refuse(*_arguments):
        raise UnsafeXML

    made.StartDoctypeDeclHandler = refuse
    return made


def elements(file):
    """(name without prefix, attributes) of all elements of a small part of a workbook."""
    found = []
    reading = parser()
    reading.StartElementHandler = lambda name, attributes: found.append((local(name), attributes))
    reading.ParseFile(file)
    return found


def local(name):
    return name.rpartition(":")[2]


def sheet_parts(archive):
    """Sheet name → the path of its XML in the archive."""
    with archive.open("xl/_rels/workbook.xml.rels") as file:
        targets = {
            attributes["Id"]: attributes["Target"]
            for name, attributes in elements(file)
            if name == "Relationship"
        }
    parts = {}
    with archive.open("xl/workbook.xml") as file:
        for name, attributes in elements(file):
            if name == "sheet":
                own = next(value for key, value in attributes.items() if key.endswith(":id"))
                target = targets[own]
                parts[attributes["name"]] = target[1:] if target.startswith("/") else f"xl/{target}"
    return parts


def counts_from_1904(archive):
    with archive.open("xl/workbook.xml") as file:
        return any(
            name == "workbookPr" and attributes.get("date1904") in ("1", "true")
            for name, attributes in elements(file)
        )


def percent_styles(archive):
    """The numbers of the cell styles that show a share, as cells refer to them."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    formats, styles, position, inside = set(PERCENT_FORMATS), set(), 0, False
    with archive.open("xl/styles.xml") as file:
        for name, attributes in elements(file):
            if name == "numFmt" and "%" in QUOTED.sub("", attributes["formatCode"]):
                formats.add(int(attributes["numFmtId"]))
            elif name in ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs"):
                inside = name == "cellXfs"
            elif name == "xf" and inside:
                if int(attributes.get("numFmtId", 0)) in formats:
                    styles.add(str(position))
                position += 1
    return frozenset(styles)


def marks_of(archive, part, styles):
    """(row, column) → mark, for the cells of a sheet that need one; both start at 0.

    Raises TooFar where a cell lies so far off that reading the space before it would take all
    memory.
    """
    if not _needs_a_look(archive, part, styles):
        return {}
    finder = _Finder(styles)
    with archive.open(part) as file:
        finder.parser.ParseFile(file)
    if (finder.last_row + 1) * (finder.last_column + 1) > MOST_CELLS:
        raise TooFar
    return finder.marks


def _needs_a_look(archive, part, styles):
    """Whether a quick search finds a sign of a mark, or of a cell far to the right or below."""
    signs = [b't="e"', b"t='e'", b"<f", b":f"]
    signs += [f"s={quote}{style}{quote}".encode() for style in styles for quote in "\"'"]
    tail, last_row, last_column = b"", 1, 26
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            if any(sign in tail + chunk for sign in signs):
                return True
            for letters, row in FAR_ADDRESS.findall(tail + chunk):
                last_row = max(last_row, int(row))
                last_column = max(last_column, column_index(letters.decode()) + 1)
            tail = chunk[-32:]
    return last_row * last_column > MOST_CELLS


class _Finder:
    def __init__(self, styles):
        self.styles = styles
        self.marks = {}
        self.row = self.column = self.last_row = self.last_column = -1
        self.cell = {}
        self.formula = self.inside = self.value = False
        self.parser = parser()
        self.parser.StartElementHandler = self.start
        self.parser.CharacterDataHandler = self.text
        self.parser.EndElementHandler = self.end

    def start(self, name, attributes):
        name = local(name)
        if name == "c":
            self.start_cell(attributes)
        elif name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif name == "f":
            self.formula = True
        elif name in ("v", "t"):
            self.inside = True

    def text(self, data):
        self.value = self.value or self.inside

    def start_cell(self, attributes):
        self.cell = attributes
        self.formula = self.value = False
        address = LETTERS_AND_DIGITS.fullmatch(attributes.get("r", ""))
        if address:
            self.row = int(address[2]) - 1
            self.column = column_index(address[1])
        else:
            self.column += 1

    def end(self, name):
        name = local(name)
        if name in ("v", "t"):
            self.inside = False
        elif name == "c":
            self.end_cell()

    def end_cell(self):
        """A formula whose result is an empty text says so by its type, `str`."""
        if self.value or self.formula:
            self.last_row = max(self.last_row, self.row)
            self.last_column = max(self.last_column, self.column)
        if self.cell.get("t") == "e":
            self.marks[self.row, self.column] = ERROR
        elif self.formula and not self.value and self.cell.get("t") != "str":
            self.marks[self.row, self.column] = NOT_CALCULATED
        elif self.value and self.cell.get("s") in self.styles and self.is_numeric():
            self.marks[self.row, self.column] = PERCENT

    def is_numeric(self):
        return self.cell.get("t", "n") == "n"


def column_index(letters):
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
