"""PDF documents: a PDF from the first byte to the last, with no other file before or behind it."""

import io
import re
import zipfile
import zlib

from .refusals import not_as_named

HEADER = re.compile(rb"%PDF-[12]\.\d")
END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
TABLE = re.compile(rb"\s*(?:xref\b|\d{1,10}\s+\d{1,10}\s+obj\b)")
END_BYTES = 256


def check(content, ending):
    end = END.search(content, max(0, len(content) - END_BYTES))
    if not HEADER.match(content) or not end:
        raise not_as_named(ending)
    # A ZIP file is read from its end, so one that closes with the words of a PDF is both.
    if not TABLE.match(content, int(end[1])) or zipfile.is_zipfile(io.BytesIO(content)):
        raise not_as_named(ending)
    return content


# Scripts and embedded programs. Some readers of PDF run them, also those in browsers, where the
# file is a page of this site: such a file is only offered for saving.

PROGRAM = re.compile(
    rb"/(?:JavaScript|Launch|XFA|RichMedia|EmbeddedFiles?)(?![A-Za-z0-9])"
    rb"|/JS[\s\0]*[(<\d]|/EF[\s\0]*(?:<<|\d)"
)
"""The names of actions, forms and attachments."""

ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream[^\r\n]{0,80}(?:\r\n|\n|\r)")
OF_OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z0-9])|/First[\s\0]+\d")
"""What the dictionary of a stream of objects has, before its data."""

MIXED = re.compile(rb"/Predictor(?![A-Za-z0-9])|/DecodeParms[\s\0]*\d")
"""Packed so that the letters of a name may lie apart."""

NUMBERS = re.compile(rb"(?:[\s\0]|%[^\r\n]*(?:[\r\n]|\Z))*(?:[+-]?\d+[\s\0]|\Z)")
"""How the data of a stream of objects begin: with the numbers of its objects."""

DICTIONARY_BYTES = 20_000
START, PIECE = 1_000, 64_000
MOST_UNPACKED = 50_000_000


def has_program(content):
    """Whether `content` has scripts or embedded programs, or objects that cannot be looked into.

    Names may be written with escapes, and lie in packed streams of objects.
    """
    if PROGRAM.search(without_escapes(content)):
        return True
    left = MOST_UNPACKED
    for stream in STREAM.finditer(content):
        objects = unpack(memoryview(content)[stream.end() :], left)
        if objects is None or PROGRAM.search(without_escapes(objects)):
            return True
        if is_closed(dictionary_before(content, stream.start()), objects):
            return True
        left -= len(objects)
    return False


def without_escapes(content):
    """Names with their letters: `/J#53` is `/JS`."""
    return ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content)


def dictionary_before(content, end):
    before = content[max(0, end - DICTIONARY_BYTES) : end]
    start = max(before.rfind(b"endobj"), before.rfind(b"endstream"))
    return without_escapes(before[start + 1 :])


def is_closed(dictionary, objects):
    """Whether a stream has objects, packed in another way than `unpack` knows."""
    if not OF_OBJECTS.search(dictionary):
        return False
    return bool(MIXED.search(dictionary)) or (b"/Filter" in dictionary and not objects)


def unpack(data, most):
    """The objects packed at the start of `data`; empty for anything else, None where they cannot be
    read to their end, or are more than `most` bytes.

    They are known by how they begin, because a hostile file may call them something else. Like
    readers of PDF, this asks for no checksum.
    """
    # Without its first two bytes a packed stream has no checksum either.
    unpacker, found, read = zlib.decompressobj(-zlib.MAX_WBITS), bytearray(), 2
    while read < len(data) and not unpacker.eof:
        piece = data[read : read + PIECE]
        try:
            found += unpacker.decompress(piece, PIECE if found else START)
        except zlib.error:
            return None if found else b""
        if read == 2 and not NUMBERS.match(found):
            return b""
        if len(found) > most:
            return None
        read += len(piece) - len(unpacker.unconsumed_tail)
    return bytes(found)
