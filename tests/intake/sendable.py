"""Files that somebody may send, good ones and hostile ones, made as small as they can be."""

import io
import struct
import zipfile
import zlib

from PIL import Image

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OOXML = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": ("word/document.xml", f"{OOXML}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OOXML}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OOXML}.presentationml.presentation.main+xml"),
}
ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}


def pdf(body=b""):
    """A document of no pages, with a true table of references."""
    start = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 2 >>\n"
    return start + table + b"startxref\n%d\n%%%%EOF\n" % len(start)


def zipped(parts, comment=b""):
    """`parts`: name → content; a name with ! at its end is stored, not packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            way = zipfile.ZIP_STORED if name.endswith("!") else zipfile.ZIP_DEFLATED
            archive.writestr(name.removesuffix("!"), content, way)
        archive.comment = comment
    return out.getvalue()


def office_parts(ending, main_type=None):
    path, right_type = MAIN[ending]
    override = f'<Override PartName="/{path}" ContentType="{main_type or right_type}"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{override}</Types>',
        path: "<document/>",
    }


def open_document_parts(ending):
    manifest = '<manifest:manifest xmlns:manifest="urn:x"/>'
    return {
        "mimetype!": ODF[ending],
        "content.xml": "<content/>",
        "META-INF/manifest.xml": manifest,
    }


def office(ending, **more):
    parts = office_parts(ending) if ending in MAIN else open_document_parts(ending)
    return zipped(parts | more)


def image(format="PNG", size=(40, 30), mode="RGB", **options):
    """Red on the left and blue on the right, so that one sees which way it was turned."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    picture.convert(mode).save(out, format, **options)
    return out.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunk(png, kind, data):
    """`png` with one chunk more, after its header."""
    return png[:33] + chunk(kind, data) + png[33:]


def huge_png(width=13_000, height=13_000):
    """A picture of one colour: a few kilobytes that become half a gigabyte."""
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    pack = zlib.compressobj(9)
    packed = b"".join(pack.compress(b"\0" * 40_000) for _row in range(200)) + pack.flush()
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
