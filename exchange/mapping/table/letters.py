"""In which encoding a text file is: a guess, and what its letters look like in each."""

import codecs
import re

from intake.refusals import not_a_text_table

from ...garbled import probable_text
from ...reading.text import CONTROLS
from .alphabets import plausibility

UTF_8, UTF_16_LE, UTF_16_BE = "utf-8-sig", "utf-16-le", "utf-16-be"
EIGHT_BIT = {
    "cp1252": "Windows-1252 (Western European)",
    "mac_roman": "Mac Roman",
    "gb18030": "GB18030 (简体中文)",
    "cp932": "Shift-JIS (日本語)",
    "cp1250": "Windows-1250 (Central European)",
    "iso8859_2": "ISO-8859-2 (Central European)",
    "cp1251": "Windows-1251 (кириллица)",
}
WIDE = {UTF_16_LE: "UTF-16 (little-endian)", UTF_16_BE: "UTF-16 (big-endian)"}
ENCODINGS = {UTF_8: "UTF-8", **WIDE, **EIGHT_BIT}
"""Names of codecs → what people know them by."""

BOMS = {
    codecs.BOM_UTF8: UTF_8,
    codecs.BOM_UTF16_LE: UTF_16_LE,
    codecs.BOM_UTF16_BE: UTF_16_BE,
}
PIECE = 1 << 20
ENOUGH = 20_000
"""Bytes of lines with letters beyond ASCII by which the encoding is guessed."""

BETWEEN_CELLS = re.compile(r"[,;\t|\r\n\"]+")
WIDE_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
MOST_SAMPLES, LONGEST_SAMPLE = 5, 40
STAND_IN = "\ufffd"


def guess_encoding(path):
    """The encoding that the file at `path` is likely to be in. Raises UnreadableWorkbook."""
    with path.open("rb") as file:
        start = file.read(4096)
        for mark, encoding in BOMS.items():
            if start.startswith(mark):
                return encoding
        if b"\x00" in start:
            return guess_wide(start)
        if CONTROLS.search(start):
            raise not_a_text_table()
        file.seek(0)
        good, bad = letters_in_utf_8(file)
    if good >= bad:
        return UTF_8
    sample = sample_of(path)
    found = max(EIGHT_BIT, key=lambda encoding: plausibility(sample, encoding))
    return UTF_8 if good and is_garbled(sample.decode(found, "replace")) else found


def is_garbled(text):
    """Whether some cells are UTF-8 that was read in another encoding: “PlantÃ©”."""
    return any(map(probable_text, BETWEEN_CELLS.split(text)))


def guess_wide(start):
    """UTF-16 without a mark: each of its plain letters has one byte that is 0."""
    start = start[: len(start) // 2 * 2]
    for encoding in WIDE:
        text = start.decode(encoding, "replace")
        if not WIDE_CONTROLS.search(text) and any(sign in text for sign in "\n\r,;\t"):
            return encoding
    raise not_a_text_table()


def letters_in_utf_8(file):
    """(letters beyond ASCII, places that are none) of a file, if it is in UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    while piece := file.read(PIECE):
        text = decoder.decode(piece)
        if not text.isascii():
            wrong = text.count(STAND_IN)
            bad += wrong
            good += len(text) - len(text.encode("ascii", "ignore")) - wrong
        if bad > ENOUGH:
            break
    return good, bad


def sample_of(path):
    """The first lines with bytes beyond ASCII, as bytes."""
    found, size = [], 0
    with path.open("rb") as file:
        while size < ENOUGH and (piece := file.read(PIECE)):
            for line in (piece + file.readline(PIECE)).splitlines():
                if size < ENOUGH and not line.isascii():
                    found.append(around_first(line, ENOUGH))
                    size += len(found[-1])
    return b"\n".join(found)


def views(path, encoding):
    """Each encoding in which a file may be → texts with letters beyond ASCII, as they are then.

    `encoding`: of the file as it is read now. Empty lists where all its letters are ASCII.
    """
    if encoding in WIDE:
        with path.open("rb") as file:
            sample = file.read(ENOUGH)
        return {each: samples(sample, each) for each in WIDE}
    sample = sample_of(path)
    return {each: samples(sample, each) for each in (UTF_8, *EIGHT_BIT)}


def samples(sample, encoding):
    """Different texts of the sample that have letters beyond ASCII."""
    text = sample.decode(encoding, "replace")
    found = {}
    for cell in BETWEEN_CELLS.split(text):
        if not cell.isascii():
            found.setdefault(around_first(cell.strip(), LONGEST_SAMPLE))
        if len(found) == MOST_SAMPLES:
            break
    return list(found)


def around_first(text, most):
    """At most so many letters or bytes of a text, with its first one beyond ASCII."""
    if len(text) <= most:
        return text
    start, end = 0, len(text)
    while end - start > 1:
        middle = (start + end) // 2
        start, end = (middle, end) if text[start:middle].isascii() else (start, middle)
    first = max(start - most // 2, 0)
    return text[first : first + most]
