"""Workbooks as bytes, whole and with parts that are not what they should be."""

import datetime
import io
import struct
import zipfile
import zlib

import xlsxwriter

SHEET1 = "xl/worksheets/sheet1.xml"
ACTION = ["City", "Number", "Action type", "Description", "Last update"]
ROW = ["anji-county", 31, "carbon", "Plant trees", "2026-04-08"]
CITIES = [["City", "Name", "Country"], ["new-town", "New Town", "DE"]]
LONG_AGO = (1980, 1, 1, 0, 0, 0)
NAME = "Zürich 東京 🌳 مدينة"


def workbook(sheets, change=None):
    """An .xlsx of name → rows; `change(book, pages)` adds what plain rows cannot."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"created": datetime.datetime(2026, 1, 1)})
        pages = {}
        for name, rows in sheets.items():
            page = pages[name] = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(number, column, value)
                    elif value is not None:
                        page.write(number, column, value)
        if change:
            change(book, pages)
    return file.getvalue()


def plain():
    return workbook({"Actions": [ACTION, ROW]})


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts):
    """A ZIP file of name → content, or of such pairs; the same bytes each time."""
    file = io.BytesIO()
    pairs = parts.items() if isinstance(parts, dict) else parts
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in pairs:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=1 if len(content) > 1_000_000 else None)
    return file.getvalue()


def with_parts(content, **changes):
    """The workbook with other parts; `__` in a key is `/`, a callable gets the old content."""
    parts = parts_of(content)
    for key, new in changes.items():
        name = key.replace("__", "/") + ".xml"
        parts[name] = new(parts.get(name, b"")) if callable(new) else new
    return zipped(parts)


def with_sheet(rows, content=None):
    """A workbook whose first sheet has these rows of XML."""
    start, _rows, end = split_sheet(parts_of(content or workbook({"Actions": [ACTION]}))[SHEET1])
    sheet = start + rows + end
    return with_parts(content or workbook({"Actions": [ACTION]}), xl__worksheets__sheet1=sheet)


def split_sheet(xml):
    start = xml.index(b"<sheetData>") + len(b"<sheetData>")
    end = xml.index(b"</sheetData>")
    return xml[:start], xml[start:end], xml[end:]


def header_row(names=ACTION):
    return row_of(1, [inline(name) for name in names])


def inline(text):
    return b' t="inlineStr"><is><t>%s</t></is></c>' % text.encode()


def row_of(number, cells):
    columns = "ABCDEFGHIJ"
    return b'<row r="%d">%s</row>' % (
        number,
        b"".join(
            b'<c r="%s%d"%s' % (column.encode(), number, cell)
            for column, cell in zip(columns, cells, strict=False)
            if cell
        ),
    )


def with_packed(name, pieces, claimed=None):
    """The plain workbook with a part of these pieces; (piece, times) is packed but once."""
    packed, size, checksum = [], 0, 0
    for piece, times in (piece if isinstance(piece, tuple) else (piece, 1) for piece in pieces):
        packer = zlib.compressobj(9 if times > 1 else 1, zlib.DEFLATED, -15)
        once = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
        packed.append(once * times)
        size += len(piece) * times
        for _time in range(times):
            checksum = zlib.crc32(piece, checksum)
    packed.append(zlib.compressobj(9, zlib.DEFLATED, -15).flush())
    return with_raw(name, b"".join(packed), checksum, claimed or size)


def with_raw(name, packed, checksum, size):
    """The plain workbook with one part as it is given here, whatever is said of it."""
    content = bytearray(
        zipped({key: value for key, value in parts_of(plain()).items() if key != name})
    )
    entry = name.encode()
    directory = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    fields = (20, 0, 8, 0, 33, checksum, len(packed), size, len(entry), 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + entry + packed
    central = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, directory) + entry
    count = struct.unpack("<H", content[end + 10 : end + 12])[0] + 1
    listed = bytes(content[directory:end]) + central
    last = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(listed), directory + len(local), 0
    )
    return bytes(content[:directory]) + local + listed + last


def open_document(content, mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **others):
    parts = {"mimetype": mimetype, "content.xml": content}
    return zipped(parts | {key.replace("__", "/"): value for key, value in others.items()})


def table(rows, before=b""):
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>%s<office:document-content %s><office:body>'
        b'<office:spreadsheet><table:table table:name="Actions">%s</table:table>'
        b"</office:spreadsheet></office:body></office:document-content>"
    ) % (before, spaces.encode(), rows)
