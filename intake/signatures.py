"""Recognises what a file is by its first bytes, to tell people who named it otherwise."""

import io
import re
import zipfile

from django.utils.translation import gettext_lazy as _

BRANDS = {
    b"heic": "heic",
    b"heix": "heic",
    b"heim": "heic",
    b"heis": "heic",
    b"hevc": "heic",
    b"hevx": "heic",
    b"mif1": "heif",
    b"msf1": "heif",
    b"avif": "avif",
    b"avis": "avif",
    b"jp2 ": "jp2",
    b"jpx ": "jp2",
    b"qt  ": "mov",
    b"M4A ": "m4a",
    b"M4B ": "m4a",
    b"crx ": "cr3",
}
"""The brands of the container that many formats of pictures and films share (ISO 14496-12)."""

STARTS = (
    # Each holds a byte that no text begins with, or words that no other file begins with.
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "jxl"),
    (b"\xff\x0a", "jxl"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
    (b"8BPS\0", "psd"),
    (b"\0\0\1\0", "ico"),
    (b"%PDF-", "pdf"),
    (b"%!PS", "eps"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    *((b"BZh%d1AY&SY" % level, "bz2") for level in range(1, 10)),
    (b"\xfd7zXZ\0", "xz"),
    (b"SQLite format 3\0", "gpkg"),
    *((b"ID3" + bytes([version]), "mp3") for version in (2, 3, 4)),
    (b"OggS\0", "ogg"),
    (b"fLaC\0", "flac"),
    (b"\x1aE\xdf\xa3", "mkv"),
)
RIFF = {b"WEBP": "webp", b"AVI ": "avi", b"WAVE": "wav"}
MARKUP = (
    (re.compile(rb"<(?:[a-z]+:)?svg[\s>]", re.IGNORECASE), "svg"),
    (re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE), "html"),
    (re.compile(rb"<\?xml\s", re.IGNORECASE), "xml"),
)
PARTS_IN_ZIP = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("index/document.iwa", "pages"),
    ("doc.kml", "kmz"),
)
MIME_TYPES_IN_ZIP = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}

TITLES = {
    "heic": _("a HEIC photograph, as iPhones take it"),
    "heif": _("a HEIF image"),
    "avif": _("an AVIF image"),
    "jxl": _("a JPEG XL image"),
    "jp2": _("a JPEG 2000 image"),
    "tiff": _("a TIFF image or the raw photograph of a camera"),
    "cr3": _("the raw photograph of a camera"),
    "bmp": _("a BMP image"),
    "gif": _("a GIF image"),
    "ico": _("an icon"),
    "psd": _("a Photoshop image"),
    "jpg": _("a JPEG image"),
    "png": _("a PNG image"),
    "webp": _("a WebP image"),
    "svg": _("an SVG drawing"),
    "eps": _("a PostScript drawing"),
    "pdf": _("a PDF document"),
    "html": _("a web page"),
    "xml": _("an XML file"),
    "rtf": _("an RTF document"),
    "doc": _("an Office file of before 2007 (.doc, .xls or .ppt)"),
    "docx": _("a Word document"),
    "xlsx": _("an Excel workbook"),
    "pptx": _("a PowerPoint presentation"),
    "odt": _("an OpenDocument text"),
    "ods": _("an OpenDocument spreadsheet"),
    "odp": _("an OpenDocument presentation"),
    "pages": _("a document of Pages, Numbers or Keynote"),
    "kmz": _("map data (.kmz)"),
    "gpkg": _("a database, perhaps map data (.gpkg)"),
    **dict.fromkeys(("zip", "rar", "7z", "gz", "bz2", "xz"), _("an archive of packed files")),
    **dict.fromkeys(("mp4", "mov", "mkv", "avi"), _("a film")),
    **dict.fromkeys(("mp3", "m4a", "ogg", "flac", "wav"), _("a sound recording")),
}
"""What people call a file with this ending, with its article."""


def real_ending(content):
    """The ending that a file like `content` has; empty where it is not recognised."""
    if content[4:8] == b"ftyp":
        return ending_of_container(content)
    if content.startswith(b"RIFF"):
        return RIFF.get(content[8:12], "")
    if content.startswith(b"BM") and int.from_bytes(content[2:6], "little") == len(content):
        return "bmp"
    if content.startswith(b"PK\x03\x04"):
        return ending_of_zip(content)
    found = (ending for start, ending in STARTS if content.startswith(start))
    return next(found, "") or ending_of_markup(content[:4096])


def ending_of_container(content):
    """By the first brand that is known: a container names its own, then those it is readable as."""
    end = min(int.from_bytes(content[:4], "big"), 4096)
    brands = [content[8:12], *(content[at : at + 4] for at in range(16, end - 3, 4))]
    endings = [BRANDS[brand] for brand in brands if brand in BRANDS]
    # A picture in a general container (HEIF) names the coding of the picture behind it.
    special = [ending for ending in endings if ending != "heif"]
    return (special or endings or ["mp4"])[0]


def ending_of_zip(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {info.filename.lower() for info in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""
    # The type of an OpenDocument file is its first part, and not packed.
    for mime_type, ending in MIME_TYPES_IN_ZIP.items():
        if content[30:38] == b"mimetype" and content[38:].startswith(mime_type + b"PK"):
            return ending
    is_document = not names.isdisjoint(("[content_types].xml", "mimetype"))
    return next(
        (ending for part, ending in PARTS_IN_ZIP if part in names), "" if is_document else "zip"
    )


def ending_of_markup(start):
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text.startswith(b"<"):
        return ""
    return next((ending for pattern, ending in MARKUP if pattern.search(text)), "")
