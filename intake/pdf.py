"""PDF documents: a PDF from the first byte to the last, with no other file before or behind it."""

import io
import re
import zipfile

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
