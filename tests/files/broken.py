"""Files that are refused."""

import struct
import zlib

from .building import (
    ACTION,
    ROW,
    SHEET1,
    header_row,
    open_document,
    parts_of,
    plain,
    split_sheet,
    table,
    with_packed,
    with_parts,
    with_raw,
    with_sheet,
    workbook,
    zipped,
)


def bomb():
    """A sheet of 300 MB, all blanks, in a file of 300 KB; its size is true."""
    return zipped_blanks(300_000_000, 300_000_000)


def lying_bomb():
    """The same, said to be of 1,000 bytes."""
    return zipped_blanks(20_000_000, 1_000)


def zipped_blanks(size, claimed):
    start, _rows, _end = split_sheet(parts_of(plain())[SHEET1])
    return with_packed(SHEET1, [start, (b" " * 1_000_000, size // 1_000_000)], claimed)


def wrong_checksum():
    sheet = parts_of(plain())[SHEET1].replace(b"anji", b"anjy")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return with_raw(SHEET1, packer.compress(sheet) + packer.flush(), 1, len(sheet))


def overlapping():
    """A directory that lists one part twenty times."""
    content = plain()
    directory, end = content.index(b"PK\x01\x02"), content.rindex(b"PK\x05\x06")
    name = b"docProps/app.xml"
    at = content.rindex(name, directory, end)
    entry = content[at - 46 : at + len(name)]
    copies = b"".join(entry[:46] + name.replace(b"app", b"a%02d" % number) for number in range(20))
    listed = content[directory:end] + copies
    count = struct.unpack("<H", content[end + 10 : end + 12])[0] + 20
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(listed), directory, 0)
    return content[:directory] + listed + last


def laughs():
    entities = b"".join(
        b'<!ENTITY a%d "%s">' % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 10)
    )
    return b'<!DOCTYPE x [<!ENTITY a0 "ha">%s]>' % entities


def with_dtd(part):
    def change(old):
        head, _mark, rest = old.partition(b"?>")
        return head + b"?>" + laughs() + rest

    parts = parts_of(plain())
    parts[part] = change(parts[part])
    return zipped(parts)


def external_entity():
    dtd = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    return with_parts(plain(), xl__sharedStrings=lambda old: old.replace(b"?>", b"?>" + dtd, 1))


def utf16_part():
    def change(old):
        text = old.decode().replace("UTF-8", "UTF-16").replace("?>", "?>" + laughs().decode(), 1)
        return text.encode("utf-16")

    return with_parts(plain(), xl__worksheets__sheet1=change)


def far_cell():
    return with_sheet(header_row() + b"<row r='1048576'><c  r = 'XFD1048576'><v>1</v></c></row>")


def far_cell_in_a_near_row():
    return with_sheet(
        b'<row r="1"><c r="A1"><v>1</v></c><c r="A1000000"><v>1</v></c>'
        b'<c r="XFD1"><v>1</v></c></row>'
    )


def repeated_text():
    """A cell's text of 30,000 letters that 100,000 cells share: 3 GB of text in 200 KB."""
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 100_001)
    )
    start, _rows, end = split_sheet(parts_of(plain())[SHEET1])
    texts = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si>'
        b"</sst>" % (b"x" * 30_000)
    )
    return with_parts(plain(), xl__worksheets__sheet1=start + cells + end, xl__sharedStrings=texts)


def unknown_text():
    return with_sheet(b'<row r="1"><c r="A1" t="s"><v>77</v></c></row>')


def two_sheets_of_a_name():
    content = workbook({"Actions": [ACTION, ROW], "Actionz": [ACTION, ROW]})
    return with_parts(content, xl__workbook=lambda old: old.replace(b"Actionz", b"ACTIONS"))


def without_sheet_part():
    parts = parts_of(plain())
    del parts[SHEET1]
    return zipped(parts)


def doubled_part():
    return zipped([*parts_of(plain()).items(), (SHEET1.upper(), b"<worksheet/>")])


def encrypted_part():
    content = bytearray(plain())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + offset] |= 1
    return bytes(content)


def repeated_cells():
    cell = b'<table:table-cell office:value-type="float" office:value="1" %s/>'
    return open_document(
        table(
            b'<table:table-row table:number-rows-repeated="1000000">%s</table:table-row>'
            % (cell % b'table:number-columns-repeated="16384"')
        )
    )


def repeated_rows():
    return open_document(
        table(
            b'<table:table-row table:number-rows-repeated="999999"><table:table-cell '
            b'office:value-type="float" office:value="1"/></table:table-row>'
        )
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(40)
HTML = b"<html><table><tr><td>City</td></tr></table></html>"
REFUSED = {
    "lying-bomb.xlsx": lying_bomb,
    "wrong-checksum.xlsx": wrong_checksum,
    "overlapping.xlsx": overlapping,
    "dtd-workbook.xlsx": lambda: with_dtd("xl/workbook.xml"),
    "dtd-sheet.xlsx": lambda: with_dtd(SHEET1),
    "dtd-styles.xlsx": lambda: with_dtd("xl/styles.xml"),
    "dtd-properties.xlsx": lambda: with_dtd("docProps/core.xml"),
    "external-entity.xlsx": external_entity,
    "utf-16-part.xlsx": utf16_part,
    "encrypted.xlsx": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
    "encrypted-part.xlsx": encrypted_part,
    "old.xls": lambda: OLE + "Workbook".encode("utf-16-le"),
    "truncated.xlsx": lambda: plain()[:-300],
    "only-the-start.xlsx": lambda: plain()[:2_000],
    "macros.xlsm": lambda: zipped(parts_of(plain()) | {"xl/vbaProject.bin": b"x"}),
    "page.xlsx": lambda: HTML,
    "page.csv": lambda: HTML,
    "picture.xlsx": lambda: PNG,
    "picture.csv": lambda: PNG,
    "empty.xlsx": lambda: b"",
    "empty.csv": lambda: b"",
    "document.xlsx": lambda: zipped({"word/document.xml": b"<document/>"}),
    "far-cell.xlsx": far_cell,
    "far-cell-in-a-near-row.xlsx": far_cell_in_a_near_row,
    "unknown-text.xlsx": unknown_text,
    "two-sheets-of-a-name.xlsx": two_sheets_of_a_name,
    "without-sheet-part.xlsx": without_sheet_part,
    "doubled-part.xlsx": doubled_part,
    "windows-1252-actions.csv": lambda: "City,Number\nzürich,1\n".encode("cp1252"),
    "no-bom-utf-16-actions.csv": lambda: "City,Number\n".encode("utf-16-le"),
    "open-quote-actions.csv": lambda: b'City,Number\n"anji-county,1\n',
    "other-columns.csv": lambda: b"Year,Budget\n2024,12\n",
    "dtd.ods": lambda: open_document(table(b"", laughs())),
    "encrypted.ods": lambda: open_document(
        b"x", **{"META-INF__manifest.xml": b"<manifest><encryption-data/></manifest>"}
    ),
    "macros.ods": lambda: open_document(table(b""), **{"Basic__Standard__Module1.xml": b"<x/>"}),
    "repeated-cells.ods": repeated_cells,
    "repeated-rows.ods": repeated_rows,
    "text-document.ods": lambda: open_document(b"<x/>", b"application/vnd.oasis.opendocument.text"),
}
