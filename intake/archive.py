"""The ZIP file that an office document is, read so that nothing in it is taken on trust."""

import struct
import zipfile
import zlib
from io import BytesIO

from .refusals import file_too_large_unpacked, protected_file

MOST_PARTS = 5_000
MOST_UNPACKED_BYTES = 250_000_000
MOST_SMALL_BYTES = 5_000_000
"""A part that is read as a whole, such as the table of contents."""

CHUNK = 1 << 20
END = struct.Struct("<4s4H2LH")
LOCAL = struct.Struct("<4s5H3L2H")
ENCRYPTED, UTF8 = 1, 1 << 11
DESCRIPTOR_BYTES = 24
"""What may follow a part that was written as a stream: its checksum and sizes."""


class BadArchive(ValueError):
    """The bytes are not one whole ZIP file as a program writes it."""


class Archive:
    """The parts of the ZIP file `content`: from its first byte to its last, without gaps."""

    def __init__(self, content):
        self.content = content
        self.start_of_directory = start_of_directory(content)
        try:
            entries = zipfile.ZipFile(BytesIO(content)).infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise BadArchive from error
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            raise protected_file()
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
            raise file_too_large_unpacked()
        self.entries = {folded(entry.filename): entry for entry in entries}
        if len(self.entries) != len(entries):
            raise BadArchive
        self.check_that_nothing_lies_between()

    def check_that_nothing_lies_between(self):
        """Parts that share bytes are a bomb; bytes of no part may be another file."""
        end, slack = 0, 0
        for entry in sorted(self.entries.values(), key=lambda entry: entry.header_offset):
            if not end <= entry.header_offset <= end + slack:
                raise BadArchive
            end, slack = self.start_of(entry) + entry.compress_size, DESCRIPTOR_BYTES
        if not end <= self.start_of_directory <= end + slack:
            raise BadArchive

    def start_of(self, entry):
        """Where the packed bytes of a part begin."""
        header = self.content[entry.header_offset : entry.header_offset + LOCAL.size]
        if len(header) < LOCAL.size or not header.startswith(b"PK\x03\x04"):
            raise BadArchive
        *_ignored, name_length, extra_length = LOCAL.unpack(header)
        start = entry.header_offset + LOCAL.size
        name = self.content[start : start + name_length]
        if name.decode("utf-8" if entry.flag_bits & UTF8 else "cp437", "replace") != (
            entry.orig_filename
        ):
            raise BadArchive
        return start + name_length + extra_length

    def __contains__(self, name):
        return folded(name) in self.entries

    def pieces(self, name):
        """The content of a part, in pieces; it ends where the directory says, or is BadArchive."""
        entry = self.entries[folded(name)]
        start = self.start_of(entry)
        packed = memoryview(self.content)[start : start + entry.compress_size]
        if entry.compress_type not in UNPACKED:
            raise BadArchive
        size = checksum = 0
        for piece in UNPACKED[entry.compress_type](packed):
            size += len(piece)
            if size > entry.file_size:
                raise BadArchive
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if (size, checksum) != (entry.file_size, entry.CRC):
            raise BadArchive

    def whole(self, name):
        """The whole of a part that is there and not large."""
        entry = self.entries.get(folded(name))
        if entry is None or entry.file_size > MOST_SMALL_BYTES:
            raise BadArchive
        return b"".join(self.pieces(name))


def start_of_directory(content):
    """It lies right before the end of the file: readers must not find different directories."""
    if len(content) < END.size or not content.startswith(b"PK\x03\x04"):
        raise BadArchive
    mark, _disk, _first, _here, count, length, offset, comment = END.unpack(content[-END.size :])
    if mark != b"PK\x05\x06" or comment or offset + length != len(content) - END.size:
        raise BadArchive
    if count > MOST_PARTS:
        raise file_too_large_unpacked()
    return offset


def folded(name):
    return name.replace("\\", "/").lstrip("/").casefold()


def stored(packed):
    for start in range(0, len(packed), CHUNK):
        yield bytes(packed[start : start + CHUNK])


def inflated(packed):
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), CHUNK):
            waiting = packed[start : start + CHUNK]
            while waiting and not inflate.eof:
                yield inflate.decompress(waiting, CHUNK)
                waiting = inflate.unconsumed_tail
            if inflate.eof and waiting:
                raise BadArchive
        while not inflate.eof and (piece := inflate.decompress(b"", CHUNK)):
            yield piece
    except zlib.error as error:
        raise BadArchive from error
    if not inflate.eof or inflate.unused_data:
        raise BadArchive


UNPACKED = {zipfile.ZIP_STORED: stored, zipfile.ZIP_DEFLATED: inflated}
