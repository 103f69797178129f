"""The ZIP file that a workbook is, or that comes with one, read so that it is not trusted.

Sizes in a ZIP file are claims. Each part is inflated in pieces, and never further than its claim;
a part that ends elsewhere, or has another checksum, makes the whole file a damaged one.
"""

import re
import struct
import zipfile
import zlib

from django.conf import settings

from intake.refusals import (
    damaged_workbook,
    protected_workbook,
    workbook_cut_off,
    workbook_too_large_unpacked,
)

CHUNK = 1 << 20
MOST_PARTS = 2_000
MOST_SMALL_BYTES = 10_000_000
"""The largest size of a part that is held in memory as a whole."""

END = struct.Struct("<4s4H2LH")
LOCAL = struct.Struct("<4s5H3L2H")
ENCRYPTED = 1
XML_NAMES = (".xml", ".rels", ".vml", ".rdf")
FOREIGN = ("customxml/", "__macosx/")
"""Folders of what other programs leave in the file, in any encoding: Power Query writes UTF-16."""

DECLARED_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
UTF8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")


class Archive:
    """The parts of the ZIP file `file`, which is open for reading."""

    damaged = staticmethod(damaged_workbook)
    cut_off = staticmethod(workbook_cut_off)
    protected = staticmethod(protected_workbook)
    too_large = staticmethod(workbook_too_large_unpacked)
    """What is raised, in words for who sent the file."""

    def __init__(self, file):
        self.file = file
        self.start_of_directory = self.check_end()
        try:
            entries = zipfile.ZipFile(file).infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise self.damaged() from error
        self.entries = {}
        for entry in entries:
            self.add(entry)
        self.check_overlap()
        if sum(entry.file_size for entry in entries) > self.most_bytes:
            raise self.too_large()
        self.seen = set()

    @property
    def most_bytes(self):
        """That all parts may have together when they are unpacked."""
        return settings.WORKBOOK_MAX_UNPACKED_BYTES

    def key(self, name):
        """What parts are told apart by."""
        return folded_name(name)

    def add(self, entry):
        key = self.key(entry.filename)
        if entry.flag_bits & ENCRYPTED:
            raise self.protected()
        if key in self.entries:
            raise self.damaged()
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.damaged()
        self.entries[key] = entry

    def check_overlap(self):
        """A bomb may let many parts share the same bytes."""
        last = 0
        for entry in sorted(self.entries.values(), key=lambda entry: entry.header_offset):
            if entry.header_offset < last:
                raise self.damaged()
            last = entry.header_offset + LOCAL.size + entry.compress_size
        if last > self.start_of_directory:
            raise self.damaged()

    def __contains__(self, name):
        return self.key(name) in self.entries

    def names(self):
        return self.entries.keys()

    def size(self, name):
        return self.entry(name).file_size

    def entry(self, name):
        try:
            return self.entries[self.key(name)]
        except KeyError:
            raise self.damaged() from None

    def pieces(self, name):
        """The content of a part, in pieces. Raises where it is not what the directory says."""
        entry = self.entry(name)
        stream = stored if entry.compress_type == zipfile.ZIP_STORED else self.inflated
        size = checksum = 0
        for piece in stream(self.packed(entry)):
            size += len(piece)
            if size > entry.file_size:
                raise self.damaged()
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if (size, checksum) != (entry.file_size, entry.CRC):
            raise self.damaged()
        self.seen.add(self.key(name))

    def packed(self, entry):
        self.file.seek(entry.header_offset)
        header = self.file.read(LOCAL.size)
        if len(header) < LOCAL.size or header[:4] != b"PK\x03\x04":
            raise self.damaged()
        *_ignored, name_length, extra_length = LOCAL.unpack(header)
        position = entry.header_offset + LOCAL.size + name_length + extra_length
        left = entry.compress_size
        if position + left > self.start_of_directory:
            raise self.damaged()
        while left:
            self.file.seek(position)
            piece = self.file.read(min(left, CHUNK))
            if not piece:
                raise self.damaged()
            yield piece
            position += len(piece)
            left -= len(piece)

    def xml(self, name):
        """The pieces of a part that is XML in UTF-8, without a document type.

        Whoever reads the pieces by their bytes may rely on that.
        """
        tail = b""
        for number, piece in enumerate(self.pieces(name)):
            if number == 0:
                piece = piece.removeprefix(b"\xef\xbb\xbf")
                check_encoding(piece)
            if b"!DOCTYPE" in tail + piece[:8] or b"!DOCTYPE" in piece:
                raise damaged_workbook()
            tail = piece[-8:]
            yield piece

    def small(self, name):
        """The whole of a part that is XML and not large."""
        if self.size(name) > MOST_SMALL_BYTES:
            raise workbook_too_large_unpacked()
        return b"".join(self.xml(name))

    def check_the_rest(self):
        """Look through the parts that nobody has read: their sizes, and those that are XML."""
        for key in self.entries.keys() - self.seen:
            is_xml = key.endswith(XML_NAMES) and not key.startswith(FOREIGN)
            pieces = self.xml(key) if is_xml else self.pieces(key)
            for _piece in pieces:
                pass

    def check_end(self):
        """Where the directory of the ZIP file starts. It must lie right before the file's end.

        Different readers look for it in different ways, and must not find different directories.
        """
        size = self.file.seek(0, 2)
        if size < END.size:
            raise self.cut_off()
        self.file.seek(size - END.size)
        end = END.unpack(self.file.read(END.size))
        mark, _disk, _first, _here, count, length, offset, comment = end
        if mark != b"PK\x05\x06" or comment or offset + length != size - END.size:
            raise self.cut_off()
        if count > MOST_PARTS or length > MOST_SMALL_BYTES:
            raise self.too_large()
        return offset

    def inflated(self, pieces):
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for packed in pieces:
                while packed and not inflate.eof:
                    yield inflate.decompress(packed, CHUNK)
                    packed = inflate.unconsumed_tail
            while not inflate.eof and (piece := inflate.decompress(b"", CHUNK)):
                yield piece
        except zlib.error as error:
            raise self.damaged() from error
        if not inflate.eof or inflate.unused_data:
            raise self.damaged()


def folded_name(name):
    return name.replace("\\", "/").lstrip("/").casefold()


def stored(pieces):
    return pieces


def check_encoding(start):
    """Anything but UTF-8 could hide from a look at the bytes."""
    declared = DECLARED_ENCODING.match(start[:500])
    if not start.lstrip().startswith(b"<") or b"\0" in start[:500]:
        raise damaged_workbook()
    if declared and declared[1].lower() not in UTF8:
        raise damaged_workbook()
