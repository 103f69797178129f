"""Office documents: of the kind that their ending says, whole, and without programs."""

from io import BytesIO

from .archive import Archive, Limits
from .package import ContentTypes, main_path
from .refusals import file_refusals, file_with_macros, file_with_program, template_of_documents
from .xml import has_element

OOXML = "application/vnd.openxmlformats-officedocument"
MAIN_PARTS = {
    "docx": f"{OOXML}.wordprocessingml.document.main+xml",
    "xlsx": f"{OOXML}.spreadsheetml.sheet.main+xml",
    "pptx": f"{OOXML}.presentationml.presentation.main+xml",
}
ODF = "application/vnd.oasis.opendocument"
MIME_TYPES = {"odt": f"{ODF}.text", "ods": f"{ODF}.spreadsheet", "odp": f"{ODF}.presentation"}

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Office files of before 2007, and those of today that have a password."""

ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
PROGRAM_NAMES = ("vbaproject", "vbadata", "/macrosheets/", "activex")
PROGRAM_FOLDERS = ("basic/", "scripts/")
PROGRAM_ENDINGS = (
    *(".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe"),
    *(".js", ".jse", ".wsf", ".hta", ".jar", ".lnk", ".chm", ".reg", ".sh", ".py"),
)
MACRO_TYPES = {
    f"application/vnd.ms-{type}.main+xml": ending
    for type, ending in (
        ("word.document.macroenabled", "docm"),
        ("word.template.macroenabledtemplate", "dotm"),
        ("excel.sheet.macroenabled", "xlsm"),
        ("excel.template.macroenabled", "xltm"),
        ("excel.addin.macroenabled", "xlam"),
        ("powerpoint.presentation.macroenabled", "pptm"),
        ("powerpoint.template.macroenabled", "potm"),
        ("powerpoint.slideshow.macroenabled", "ppsm"),
        ("powerpoint.addin.macroenabled", "ppam"),
    )
} | {"application/vnd.ms-excel.sheet.binary.macroenabled.main": "xlsb"}
OTHER_TYPES = {
    f"{OOXML}.{type}.main+xml": ending
    for type, ending in (
        ("wordprocessingml.template", "dotx"),
        ("spreadsheetml.template", "xltx"),
        ("presentationml.template", "potx"),
        ("presentationml.slideshow", "ppsx"),
    )
}
PROGRAM_TYPES = ("macroenabled", "vbaproject", "activex")
PROGRAM_STREAMS = tuple(name.encode("utf-16-le") for name in ("\x01Ole10Native", "_VBA_PROJECT"))
"""Streams of an embedded OLE object: a file of any kind as “package”, or macros."""

LIMITS = Limits(parts=5_000, unpacked_bytes=250_000_000, part_bytes=5_000_000)


def check(content, ending):
    refusals = file_refusals(ending)
    if content.startswith(OLE):
        raise refusals.protected() if ENCRYPTED_STREAM in content else refusals.damaged()
    archive = Archive(BytesIO(content), limits=LIMITS, refusals=refusals, strict=True)
    if ending in MAIN_PARTS:
        check_parts(archive, ending)
    refuse_program_names(archive, ending)
    if ending not in MAIN_PARTS:
        check_mime_type(archive, ending)
    for name in archive.entries:
        check_part(archive.pieces(name), ending)
    return content


def refuse_program_names(archive, ending):
    for name in archive.entries:
        if (
            name.startswith(PROGRAM_FOLDERS)
            or name.endswith(PROGRAM_ENDINGS)
            or any(part in name for part in PROGRAM_NAMES)
        ):
            raise file_with_program(ending)


def check_parts(archive, ending):
    """The main part has to be there, and to be declared as one of the right type.

    Programs declare it by its name or, like those made with the Open XML SDK, by its ending.
    """
    types = ContentTypes(archive.whole("[Content_Types].xml"), archive.refusals)
    refuse_other_types(types, ending)
    path, wanted = main_path(archive), MAIN_PARTS[ending]
    if path is not None and types.type_of(path) == wanted:
        return
    if not any(part in archive for part in types.parts_of_type(wanted)):
        raise archive.refusals.damaged()


def refuse_other_types(types, ending):
    for declared in types:
        if declared in MACRO_TYPES:
            raise file_with_macros(ending, MACRO_TYPES[declared])
        if declared in OTHER_TYPES:
            raise template_of_documents(ending, OTHER_TYPES[declared])
        if any(word in declared for word in PROGRAM_TYPES):
            raise file_with_program(ending)


def check_mime_type(archive, ending):
    """The first part has to be the type, not packed: programs read it at a fixed position."""
    first = min(archive.entries.values(), key=lambda entry: entry.header_offset)
    if first.filename != "mimetype" or first.compress_type:
        raise archive.refusals.damaged()
    if archive.whole("mimetype") != MIME_TYPES[ending].encode() or "content.xml" not in archive:
        raise archive.refusals.damaged()
    manifest = archive.whole("META-INF/manifest.xml")
    if has_element(manifest, archive.refusals, "encryption-data"):
        raise archive.refusals.protected()


def check_part(pieces, ending):
    """Refuse programs, and read the part to its end, where its size and checksum are checked."""
    tail, is_ole = b"", False
    for number, piece in enumerate(pieces):
        if number == 0:
            is_ole = piece.startswith(OLE)
            if piece.startswith(PROGRAM_STARTS):
                raise file_with_program(ending)
        if is_ole and any(stream in tail + piece for stream in PROGRAM_STREAMS):
            raise file_with_program(ending)
        tail = piece[-64:]
