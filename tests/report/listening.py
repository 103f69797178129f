"""A PDF as a screen reader says it: each tag in words, in the order of the tags.

    .venv/bin/python -m tests.report.listening FILE.pdf

prints it, to be read aloud. It is a walk of our own: no screen reader has been asked.
"""

import re
import sys
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from .reading import Reading, children, folded

NAMES = {
    "/Title": "title",
    "/H1": "heading 1",
    "/H2": "heading 2",
    "/H3": "heading 3",
    "/H4": "heading 4",
    "/H5": "heading 5",
    "/Figure": "picture",
    "/TOC": "contents",
    "/L": "list",
    "/LI": "item",
    "/Link": "link",
    "/Table": "table",
    "/TR": "row",
    "/TH": "head",
    "/TD": "cell",
}
"""Tag → what is announced. Other tags are not, and their words are."""
SILENT = ("contents", "list", "table", "row", "head", "cell", "link")
"""What is announced before what is in it."""
LINE_END = "\n"
INLINE = {"/Span", "/Strong", "/Em", "/Link"}


@dataclass(frozen=True)
class Heard:
    """`kind` is a value of `NAMES` or empty; `scope` is said of the head of a table alone.

    `described` is what a link says of itself, apart from its words.
    """

    kind: str
    words: str
    scope: str = ""
    described: str = ""

    def __str__(self):
        kind = f"[{self.kind}]" if self.kind else ""
        return " ".join(filter(None, (kind, self.words or self.described)))


@dataclass(frozen=True)
class Place:
    """Where a tag stands: the number of its page, and the language of what is around it."""

    page: int | None
    language: str

    def within(self, element):
        page = element.raw_get("/Pg").idnum if "/Pg" in element else self.page
        return Place(page, element.get("/Lang", self.language))


class Listener:
    """`heard` is what is heard of a `Reading`, from its first tag to the last.

    `spoken` are the same words in pieces of one language: (language, words).
    """

    def __init__(self, reading):
        self.reading, self.heard, self.spoken = reading, [], []
        root = reading.reader.trailer["/Root"]
        self._hear(root["/StructTreeRoot"], Place(None, root.get("/Lang", "")))

    def _hear(self, element, place):
        element = element.get_object()
        place = place.within(element)
        kind, pending = NAMES.get(element.get("/S"), ""), []
        if kind in SILENT:
            self.heard.append(Heard(kind, "", _scope(element), _description(element)))
        for child in [] if kind == "picture" else children(element):
            words = self._words(child, place)
            if words is None:
                self._say(kind, pending, element)
                self._hear(child, place)
            else:
                pending.append(words)
        if kind == "picture":
            pending.append(element.get("/Alt", ""))
        self._say(kind, pending, element)

    def _say(self, kind, pending, element):
        kind = "" if kind in SILENT else kind
        words = folded("".join(pending))
        pending.clear()
        if words or kind == "picture":
            self.heard.append(Heard(kind, words, _scope(element), _description(element)))

    def _words(self, child, place):
        """The words of marked content or of an inline tag; None for another tag."""
        child = child.get_object()
        if not hasattr(child, "get"):
            return self._read(int(child), place)
        if child.get("/Type") == "/MCR":
            return self._read(int(child["/MCID"]), place.within(child))
        if child.get("/Type") == "/OBJR":
            return ""
        if child.get("/S") not in INLINE:
            return None
        parts = [self._words(one, place.within(child)) for one in children(child)]
        if None in parts:
            return None
        words = "".join(parts)
        if child["/S"] == "/Link":
            self.heard.append(Heard("link", folded(words), described=_description(child)))
        return words

    def _read(self, number, place):
        words = self.reading.marked[place.page].get(number, "")
        language = self.reading.languages[place.page].get(number) or place.language
        self.spoken.append((language, words))
        return words


def _scope(element):
    for attributes in _several(element.get("/A", [])):
        if "/Scope" in attributes.get_object():
            return attributes.get_object()["/Scope"]
    return ""


def _several(value):
    return value if isinstance(value, list) else [value]


def _description(element):
    """The words of the annotation of a link; "" for any other tag."""
    kids = [child.get_object() for child in children(element)]
    notes = [kid["/Obj"].get_object() for kid in kids if hasattr(kid, "get") and "/Obj" in kid]
    return next((note.get("/Contents", "") for note in notes), "")


SPOKEN = {
    re.compile("[\u4e00-\u9fff]"): ("zh", "ja", "ko"),
    re.compile("[\u0600-\u06ff]"): ("ar", "fa", "ur"),
    re.compile("[\u0590-\u05ff]"): ("he", "yi"),
    re.compile("[\u0400-\u04ff]"): ("ru", "uk", "bg", "sr"),
    re.compile("[\u0e00-\u0e7f]"): ("th",),
}
"""Letters → languages in which they are said; others would be spelt, or left out."""
LONGEST = 400
"""Letters of an alternative text: half a minute."""


def against_ear(data):
    """What is odd to hear in a PDF, as sentences."""
    listener = Listener(Reading(data))
    heard = listener.heard
    levels = [0, *(int(one.kind[-1]) for one in heard if one.kind.startswith("heading"))]
    tables = [one.kind for one in heard if one.kind in ("table", "row", "head", "cell")]
    found = [complaint for before, one in pairwise(heard) if (complaint := _complaint(before, one))]
    found += [
        f"is said as {language}: {words}"
        for language, words in listener.spoken
        if any(script.search(words) and language[:2] not in own for script, own in SPOKEN.items())
    ]
    found += [f"level {two} after {one}" for one, two in pairwise(levels) if two > one + 1]
    found += [
        "a table without heads"
        for at, kind in enumerate(tables)
        if kind == "table" and tables[at + 1 : at + 3] != ["row", "head"]
    ]
    return found


def _complaint(before, one):
    if one.kind not in SILENT and not any(map(_is_said, one.words)):
        is_empty_cell = before.kind == "cell" and one.words == "–"
        return "" if is_empty_cell else f"says nothing: {one}"
    if one.words and one.words == before.words and one.kind != "link" != before.kind:
        return f"is said twice: {one}"
    if one.kind == "picture" and (len(one.words.split()) < 2 or len(one.words) > LONGEST):
        return f"one word, or too many: {one}"
    if one.kind == "link" and not one.described[:1].isalnum():
        return f"does not say where it leads: {one}"
    if one.kind == "head" and one.scope not in ("/Column", "/Row"):
        return f"heads neither column nor row: {one}"
    return "heads nothing" if before.kind == "head" and one.kind else ""


def _is_said(letter):
    return letter.isalnum() or unicodedata.category(letter) == "So"  # as emoji are


def main(path):
    for one in Listener(Reading(Path(path).read_bytes())).heard:
        sys.stdout.write(f"{one}{' ' if one.kind in ('head', 'cell') else LINE_END}")


if __name__ == "__main__":
    main(sys.argv[1])
