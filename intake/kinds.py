"""The kinds of files that are taken, in one table, and what to do with some that are not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import images, office, pdf, text
from .refusals import Refused


@dataclass(frozen=True)
class Kind:
    """`check(content, ending)` returns the bytes to keep or raises Refused; None for images.

    `has_program(content)` tells of scripts and programs, for kinds that are taken with them.
    """

    title: str
    endings: tuple[str, ...]
    media_type: str
    check: object = None
    has_program: object = None

    @property
    def is_image(self):
        return self.check is None


OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"

ALLOWED = (
    Kind(gettext_lazy("PDF document"), ("pdf",), "application/pdf", pdf.check, pdf.has_program),
    Kind(
        gettext_lazy("Word document"),
        ("docx",),
        f"{OOXML}.wordprocessingml.document",
        office.check,
    ),
    Kind(gettext_lazy("Excel workbook"), ("xlsx",), f"{OOXML}.spreadsheetml.sheet", office.check),
    Kind(
        gettext_lazy("PowerPoint presentation"),
        ("pptx",),
        f"{OOXML}.presentationml.presentation",
        office.check,
    ),
    Kind(gettext_lazy("OpenDocument text"), ("odt",), f"{ODF}.text", office.check),
    Kind(gettext_lazy("OpenDocument spreadsheet"), ("ods",), f"{ODF}.spreadsheet", office.check),
    Kind(gettext_lazy("OpenDocument presentation"), ("odp",), f"{ODF}.presentation", office.check),
    Kind(gettext_lazy("Table as text"), ("csv",), "text/csv", text.check),
    Kind(gettext_lazy("Plain text"), ("txt",), "text/plain", text.check),
    Kind(gettext_lazy("Map data"), ("geojson",), "application/geo+json", text.check_map),
    Kind(gettext_lazy("JPEG image"), ("jpg", "jpeg"), images.JPEG),
    Kind(gettext_lazy("PNG image"), ("png",), images.PNG),
    Kind(gettext_lazy("WebP image"), ("webp",), images.WEBP),
)

BY_ENDING = {ending: kind for kind in ALLOWED for ending in kind.endings}

ACCEPT = ",".join(f".{ending}" for ending in BY_ENDING)
"""For the attribute `accept` of a file input."""

IMAGE_ACCEPT = ",".join(f".{ending}" for ending, kind in BY_ENDING.items() if kind.is_image)

SHOWN_INLINE = {kind.media_type for kind in ALLOWED if kind.is_image} | {"application/pdf"}
"""What a browser may show by itself; everything else it only saves."""

INSTEAD = (
    (("svg", "svgz", "eps", "ai"), gettext_lazy("Save the drawing as PNG or PDF and send that.")),
    (
        ("html", "htm", "xhtml", "mht", "mhtml", "xml"),
        gettext_lazy("Print the page as PDF and send that, or give its link."),
    ),
    (
        ("docm", "xlsm", "pptm", "dotm", "xltm", "potm", "xlsb", "xlam", "ppsm", "ppam"),
        gettext_lazy("Save it without macros, as .docx, .xlsx or .pptx, and send that."),
    ),
    (
        (
            "doc",
            "xls",
            "ppt",
            "pps",
            "rtf",
            "pages",
            "numbers",
            "key",
            "dotx",
            "xltx",
            "potx",
            "ppsx",
        ),
        gettext_lazy("Save it as .docx, .xlsx, .pptx or PDF and send that."),
    ),
    (
        ("zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz"),
        gettext_lazy("Unpack it and send the files in it one by one."),
    ),
    (
        (
            *("gif", "bmp", "tif", "tiff", "heic", "heif", "hif", "heics", "avif", "avifs"),
            *("jxl", "jp2", "jpx", "jfif", "ico", "psd", "dng", "cr2", "cr3", "nef", "arw"),
        ),
        gettext_lazy("Save the image as JPEG or PNG and send that."),
    ),
    (
        ("mp4", "mov", "avi", "mkv", "webm", "mp3", "wav", "m4a", "ogg", "flac"),
        gettext_lazy("Put it where films and sound are shown, and give its link."),
    ),
    (
        ("json", "kml", "kmz", "shp", "gpkg", "gml", "gpx"),
        gettext_lazy("Save the map data as .geojson and send that, or give a link."),
    ),
    (("tsv", "tab", "dat", "md"), gettext_lazy("Save it as .csv or .txt and send that.")),
)
"""Advice for endings that people often try and that are never taken."""

ADVICE = {ending: advice for endings, advice in INSTEAD for ending in endings}


def kind_of(ending, *, images_only=False):
    """The kind of file that has this ending. Raises Refused where it is not taken."""
    kind = BY_ENDING.get(ending)
    if kind is None:
        raise Refused(not_taken(ending))
    if images_only and not kind.is_image:
        raise Refused(_("This is no image: send one that ends in %s.") % listed(IMAGE_ACCEPT))
    return kind


def not_taken(ending):
    if ending in ADVICE:
        return _("Files that end in .%(ending)s are not taken. %(advice)s") % {
            "ending": ending,
            "advice": ADVICE[ending],
        }
    if ending:
        return _(
            "Files that end in .%(ending)s are not taken. What is taken ends in %(taken)s."
        ) % {
            "ending": ending,
            "taken": listed(ACCEPT),
        }
    return _(
        "The name of the file has no ending that says what it is. What is taken ends in %s."
    ) % (listed(ACCEPT))


def listed(accept):
    return accept.replace(",", ", ")
