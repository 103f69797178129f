"""A PDF as assistive software reads it: along its tags, so that no foot of a page comes between.

Feet and decoration are marked as artifacts and stand in no tag; a drawing is read by its
alternative text; the list of contents has a tag of its own.
"""

import io
import re
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.generic import ContentStream

BLOCKS = {"/P", "/Title", "/H1", "/H2", "/H3", "/H4", "/Span", "/LI", "/TH", "/TD", "/Figure"}
CONTENTS = "/TOC"


@dataclass(frozen=True)
class Piece:
    """A tagged paragraph, heading or drawing. `alt` is said of drawings only."""

    tag: str
    text: str
    alt: str = ""


class Reading:
    """The pieces of a PDF in reading order; those of the list of contents stand apart."""

    def __init__(self, data):
        self.reader = PdfReader(io.BytesIO(data))
        self.marked, self.languages = {}, {}
        self.artifacts = []
        for page in self.reader.pages:
            words, outside, languages = _marked_text(page, self.reader)
            self.marked[page.indirect_reference.idnum] = words
            self.languages[page.indirect_reference.idnum] = languages
            self.artifacts.append(outside)
        self.pieces, self.contents = [], []
        root = self.reader.trailer["/Root"]["/StructTreeRoot"]
        self._walk(root, self.pieces)

    @property
    def lines(self):
        """The text of each piece that has one; what stands in drawings is not read."""
        return [piece.text for piece in self.pieces if piece.text and piece.tag != "/Figure"]

    @property
    def addresses(self):
        """Where the links lead."""
        notes = (note for page in self.reader.pages for note in page.get("/Annots", []))
        return [note.get_object().get("/A", {}).get("/URI") for note in notes]

    @property
    def text(self):
        return "\n".join(self.lines)

    def _walk(self, element, into):
        element = element.get_object()
        tag = element.get("/S")
        if tag == CONTENTS:
            into = self.contents
        if tag in BLOCKS and not _holds_paragraphs(element):
            into.append(Piece(tag, folded(self._words(element)), element.get("/Alt", "")))
            return
        for child in children(element):
            if hasattr(child.get_object(), "get"):
                self._walk(child, into)

    def _words(self, element, page=None):
        page = element.raw_get("/Pg").idnum if "/Pg" in element else page
        said = []
        for child in children(element):
            child = child.get_object()
            if not hasattr(child, "get"):
                said.append(self.marked[page].get(int(child), ""))
            elif child.get("/Type") == "/MCR":
                said.append(self.marked[child.raw_get("/Pg").idnum].get(int(child["/MCID"]), ""))
            elif child.get("/Type") != "/OBJR":
                said.append(self._words(child, page))
        return "".join(said)


def filled_shapes(page):
    """[(left, top, right, bottom), colour] of what is filled on a page, in points from its corner.

    The colour is red, green and blue, 0 to 255 each.
    """
    height, colour, points, shapes = float(page.mediabox.height), (), [], []

    def visit(operator, operands, matrix, _text_matrix):
        nonlocal colour, points
        numbers = [float(one) for one in operands if isinstance(one, (int, float))]
        if operator == b"scn":
            colour = tuple(round(255 * one) for one in numbers)
        elif operator in (b"m", b"l", b"c"):
            a, b, c, d, e, f = matrix
            places = zip(numbers[::2], numbers[1::2], strict=True)
            points += [(a * x + c * y + e, height - (b * x + d * y + f)) for x, y in places]
        elif operator in (b"f", b"B", b"S", b"n"):
            if operator in (b"f", b"B") and points:
                (left, right), (top, bottom) = ((min(x), max(x)) for x in zip(*points, strict=True))
                shapes.append(((left, top, right, bottom), colour))
            points = []

    page.extract_text(visitor_operand_before=visit)
    return shapes


def _holds_paragraphs(element):
    """Whether it is a cell of a table with several paragraphs, each of which is a piece."""
    tags = [child.get_object().get("/S") for child in _elements(element)]
    return element["/S"] in ("/TD", "/TH") and len(tags) > 1 and BLOCKS.issuperset(tags)


def _elements(element):
    return [child for child in children(element) if hasattr(child.get_object(), "get")]


def folded(text):
    return " ".join(text.split())


def children(element):
    kids = element.get("/K", [])
    return kids if isinstance(kids, list) else [kids]


def _marked_text(page, reader):
    """({marked content: its text}, text in artifacts, {marked content: its language}) of a page."""
    maps = {
        name: _to_unicode(font.get_object()["/ToUnicode"].get_object().get_data())
        for name, font in page["/Resources"].get("/Font", {}).items()
    }
    words, artifacts, languages, open_marks, font = {}, [], {}, [], None
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            open_marks.append(Mark.of(operands))
            languages[open_marks[-1].number] = open_marks[-1].language
        elif operator == b"EMC":
            open_marks.pop()
        elif operator == b"Tf":
            font = maps[operands[0]]
        elif operator in (b"Tj", b"TJ"):
            text = _text_of(_glyphs_of(operands[0], font), open_marks)
            number = next((m.number for m in reversed(open_marks) if m.number is not None), None)
            if number is None:
                artifacts.append(text)
            else:
                words.setdefault(number, []).append(text)
    read = {number: "".join(runs) for number, runs in words.items()}
    return read, " ".join(artifacts), languages


@dataclass
class Mark:
    """An open marked content: its number (MCID), `/ActualText`, direction and language."""

    number: int | None
    actual: str | None
    is_reversed: bool
    language: str

    @classmethod
    def of(cls, operands):
        properties = operands[1] if len(operands) > 1 else {}
        number = properties.get("/MCID")
        actual = properties.get("/ActualText")
        return cls(
            None if number is None else int(number),
            None if actual is None else str(actual),
            operands[0] == "/ReversedChars",
            str(properties.get("/Lang", "")),
        )


def _text_of(glyphs, marks):
    """The text of some glyphs: the `/ActualText` of a mark around them, once, else their own."""
    for mark in marks:
        if mark.actual is not None:
            text, mark.actual = mark.actual, ""
            return text
    return "".join(reversed(glyphs) if any(mark.is_reversed for mark in marks) else glyphs)


def _glyphs_of(operand, font):
    """The characters of each glyph that a `Tj` or `TJ` operator draws."""
    strings = operand if isinstance(operand, list) else [operand]
    codes = b"".join(_bytes(string) for string in strings if not isinstance(string, int | float))
    return [font.get(codes[at : at + 2], "") for at in range(0, len(codes), 2)]


def _bytes(string):
    return getattr(string, "original_bytes", string)


def _to_unicode(cmap):
    """{two-byte code: characters} of a /ToUnicode map."""
    table = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, words in re.findall(rb"<(\w+)>\s*<(\w*)>", block):
            table[bytes.fromhex(code.decode())] = _utf16(words)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, start in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                words = _utf16(start)
                table[code.to_bytes(2, "big")] = words[:-1] + chr(ord(words[-1]) + step)
    return table


def _utf16(digits):
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
