"""Writes a sheet anew, with nothing but its rows, cells and values."""

from xml.sax.saxutils import escape, quoteattr

from .names import MAIN

ATTRIBUTES = {
    "sheetData": (),
    "row": ("r",),
    "c": ("r", "s", "t"),
    "f": (),
    "v": (),
    "is": (),
    "r": (),
    "t": (),
}
"""The elements that are written, and their attributes. calamine does not look at namespaces, so an
element of an extension, which has the same name, must not be in its copy."""

WITH_TEXT = ("v", "t")
PHONETIC = "rPh"
BLOCK = 10_000


class PlainCopy:
    """Gets the elements of a sheet, one after another. `finish` writes the last of them."""

    def __init__(self, write):
        self.write = write
        self.pieces = [f'<worksheet xmlns="{MAIN}">']
        self.is_phonetic = self.has_text = False

    def start(self, name, attributes):
        if name == PHONETIC:
            self.is_phonetic = True
        if self.is_phonetic or name not in ATTRIBUTES:
            return
        kept = (attribute for attribute in ATTRIBUTES[name] if attribute in attributes)
        words = "".join(f" {each}={quoteattr(attributes[each])}" for each in kept)
        self.pieces.append(f"<{name}{words}>")
        self.has_text = name in WITH_TEXT

    def text(self, data):
        if self.has_text and not self.is_phonetic:
            self.pieces.append(escape(data))

    def end(self, name):
        if not self.is_phonetic and name in ATTRIBUTES:
            self.pieces.append(f"</{name}>")
            self.has_text = False
            if len(self.pieces) > BLOCK:
                self.flush()
        if name == PHONETIC:
            self.is_phonetic = False

    def flush(self):
        self.write("".join(self.pieces).encode())
        self.pieces.clear()

    def finish(self):
        self.pieces.append("</worksheet>")
        self.flush()
