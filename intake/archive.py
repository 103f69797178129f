"""A ZIP file that a stranger sends, read so that nothing in it is taken on trust.

Sizes in a ZIP file are claims. Each part is unpacked in pieces, and never further than its claim; a
part that ends elsewhere, or has another checksum, makes the whole file a damaged one.
"""

import math
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from .names import UTF8, folded_part

CHUNK = 1 << 20
END = struct.Struct("<4s4H2LH")
LOCAL = struct.Struct("<4s5H3L2H")
END_SIGNATURE, LOCAL_SIGNATURE = b"PK\x05\x06", b"PK\x03\x04"
ENCRYPTED = 1
DESCRIPTOR_BYTES = 24
"""What may follow a part that was written as a stream: its checksum and sizes."""

XML_NAMES = (".xml", ".rels", ".vml", ".rdf")
FOREIGN = ("customxml/", "__macosx/")
"""Folders of what other programs leave in the file, in any encoding: Power Query writes UTF-16."""

DECLARED_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
UTF8_NAMES = (b"utf-8", b"utf8", b"us-ascii", b"ascii")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one kind of ZIP file may have at most."""

    parts: int
    unpacked_bytes: int
    """All parts together, as they claim."""

    part_bytes: int = 0
    """A part that is held in memory as a whole."""

    directory_bytes: float = math.inf


class Archive:
    """The parts of a ZIP file.

    `file`: the ZIP file, open for reading bytes.
    `limits`: the `Limits` that it must not exceed.
    `refusals`: the `refusals.Refusals` from which come the exceptions that are raised.
    `strict`: for files that are kept and served, there must be nothing but the parts, without gaps,
    each under the name that the directory gives it, and the directory at the end.
    `key`: a function of a part's name; two parts with the same key make the file damaged.
    """

    def __init__(self, file, *, limits, refusals, strict=False, key=folded_part):
        self.file = file
        self.limits = limits
        self.refusals = refusals
        self.strict = strict
        self.key = key
        self.entries = {}
        self.read_keys = set()
        """Keys of the parts that were read to their end."""

        self.start_of_directory = self.find_directory()
        self.add_all(self.listed_entries())

    # The directory

    def find_directory(self):
        """Where the directory starts. It must lie right before the end of the file.

        Different readers look for it in different ways, and must not find different directories.
        """
        size = self.file.seek(0, 2)
        if size < END.size or (self.strict and self.bytes_at(0, 4) != LOCAL_SIGNATURE):
            raise self.refusals.cut_off()
        end = END.unpack(self.bytes_at(size - END.size, END.size))
        signature, _disk, _first, _here, count, length, offset, comment = end
        if signature != END_SIGNATURE or comment or offset + length != size - END.size:
            raise self.refusals.cut_off()
        if count > self.limits.parts or length > self.limits.directory_bytes:
            raise self.refusals.too_large()
        return offset

    def listed_entries(self):
        try:
            return zipfile.ZipFile(self.file).infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise self.refusals.damaged() from error

    def add_all(self, entries):
        """Check the entries. Where one has several faults, the sender reads of the first found."""
        if self.strict:
            self.check_passwords(entries)
            self.check_sizes(entries)
        for entry in entries:
            self.add(entry)
        self.check_positions()
        if not self.strict:
            self.check_sizes(entries)

    def check_passwords(self, entries):
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            raise self.refusals.protected()

    def check_sizes(self, entries):
        if sum(entry.file_size for entry in entries) > self.limits.unpacked_bytes:
            raise self.refusals.too_large()

    def add(self, entry):
        key = self.key(entry.filename)
        self.check_passwords([entry])
        if key in self.entries:
            raise self.refusals.damaged()
        # `unpacked` checks it too. A strict reader waits for that: macros are refused before.
        if not self.strict and entry.compress_type not in UNPACKED:
            raise self.refusals.damaged()
        self.entries[key] = entry

    def check_positions(self):
        """Parts that share bytes are a bomb; bytes of no part may be another file."""
        end, slack = 0, 0
        for entry in sorted(self.entries.values(), key=lambda entry: entry.header_offset):
            self.check_position(entry.header_offset, end, slack)
            start = self.start_of(entry) if self.strict else entry.header_offset + LOCAL.size
            end, slack = start + entry.compress_size, DESCRIPTOR_BYTES
        self.check_position(self.start_of_directory, end, slack)

    def check_position(self, position, end, slack):
        """Whether something may begin at `position` where the part before it has its `end`."""
        if position < end or (self.strict and position > end + slack):
            raise self.refusals.damaged()

    # The parts

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
            raise self.refusals.damaged() from None

    def pieces(self, name):
        """The content of a part, in pieces. Raises where it is not what the directory says."""
        entry = self.entry(name)
        size = checksum = 0
        for piece in self.unpacked(entry):
            size += len(piece)
            if size > entry.file_size:
                raise self.refusals.damaged()
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if (size, checksum) != (entry.file_size, entry.CRC):
            raise self.refusals.damaged()
        self.read_keys.add(self.key(name))

    def unpacked(self, entry):
        if entry.compress_type not in UNPACKED:
            raise self.refusals.damaged()
        packed = self.packed(entry)
        try:
            yield from UNPACKED[entry.compress_type](packed)
        except zlib.error as error:
            raise self.refusals.damaged() from error
        # Bytes in the last piece of the stream are refused above, further pieces only here.
        if self.strict and next(packed, None) is not None:
            raise self.refusals.damaged()

    def packed(self, entry):
        position, left = self.start_of(entry), entry.compress_size
        if position + left > self.start_of_directory:
            raise self.refusals.damaged()
        while left:
            piece = self.bytes_at(position, min(left, CHUNK))
            if not piece:
                raise self.refusals.damaged()
            yield piece
            position += len(piece)
            left -= len(piece)

    def start_of(self, entry):
        """Where the packed bytes of a part begin."""
        position = entry.header_offset + LOCAL.size
        if position > self.start_of_directory:
            raise self.refusals.damaged()
        header = self.bytes_at(entry.header_offset, LOCAL.size)
        if len(header) < LOCAL.size or not header.startswith(LOCAL_SIGNATURE):
            raise self.refusals.damaged()
        *_ignored, name_length, extra_length = LOCAL.unpack(header)
        if self.strict:
            name = self.bytes_at(position, name_length)
            encoding = "utf-8" if entry.flag_bits & UTF8 else "cp437"
            if name.decode(encoding, "replace") != entry.orig_filename:
                raise self.refusals.damaged()
        return position + name_length + extra_length

    def bytes_at(self, position, size):
        self.file.seek(position)
        return self.file.read(size)

    def whole(self, name):
        """The content of a small part."""
        self.check_small(name)
        return b"".join(self.pieces(name))

    def check_small(self, name):
        if self.size(name) > self.limits.part_bytes:
            raise self.refusals.part_too_large()

    # Parts that are XML

    def xml(self, name):
        """The pieces of a part that is XML in UTF-8, without a document type.

        Whoever reads the pieces by their bytes may rely on that.
        """
        tail = b""
        for number, piece in enumerate(self.pieces(name)):
            if number == 0:
                piece = piece.removeprefix(b"\xef\xbb\xbf")
                self.check_encoding(piece)
            if b"!DOCTYPE" in tail + piece[:8] or b"!DOCTYPE" in piece:
                raise self.refusals.damaged()
            tail = piece[-8:]
            yield piece

    def check_encoding(self, start):
        """Anything but UTF-8 could hide a document type from a search in the bytes."""
        declared = DECLARED_ENCODING.match(start[:500])
        if not start.lstrip().startswith(b"<") or b"\0" in start[:500]:
            raise self.refusals.damaged()
        if declared and declared[1].lower() not in UTF8_NAMES:
            raise self.refusals.damaged()

    def whole_xml(self, name):
        """The content of a small part that is XML in UTF-8, without a document type."""
        self.check_small(name)
        return b"".join(self.xml(name))

    def check_the_rest(self):
        """Read the parts that nobody has read: their sizes, and those that are XML as such."""
        for key in self.entries.keys() - self.read_keys:
            is_xml = key.endswith(XML_NAMES) and not key.startswith(FOREIGN)
            pieces = self.xml(key) if is_xml else self.pieces(key)
            for _piece in pieces:
                pass


def pieces_of_stored(packed):
    return packed


def pieces_of_deflated(packed):
    """Raises zlib.error where the stream has no end, or ends within a piece."""
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for waiting in packed:
        while waiting and not inflate.eof:
            yield inflate.decompress(waiting, CHUNK)
            waiting = inflate.unconsumed_tail
        if inflate.eof:
            break
    while not inflate.eof and (piece := inflate.decompress(b"", CHUNK)):
        yield piece
    if not inflate.eof or inflate.unused_data:
        raise zlib.error("The stream does not end where its part does.")


UNPACKED = {zipfile.ZIP_STORED: pieces_of_stored, zipfile.ZIP_DEFLATED: pieces_of_deflated}
