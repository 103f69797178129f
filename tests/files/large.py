"""Files that would take much time or memory; the tests make them anew."""

from .broken import bomb, repeated_text
from .building import (
    ROW,
    SHEET1,
    header_row,
    inline,
    open_document,
    parts_of,
    plain,
    row_of,
    split_sheet,
    table,
    with_packed,
    zipped,
)


def sheet_of(rows):
    """A workbook whose sheet has these pieces of XML for rows."""
    start, _rows, end = split_sheet(parts_of(plain())[SHEET1])
    return with_packed(SHEET1, [start, *rows, end])


def many_rows():
    row = (
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>anji-county</t></is></c>'
        b'<c r="B%d"><v>%d</v></c><c r="C%d" t="inlineStr"><is><t>carbon, and more words than that'
        b"</t></is></c></row>"
    )
    return sheet_of([b"".join(row % ((n,) * 5) for n in range(1, 210_001))])


def many_coloured_rows():
    """A million empty rows with two formatted cells each, after two rows with words.

    Their numbers repeat, so that they are packed but once.
    """
    empty = b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>'
    block = b"".join(empty % (n, n, n) for n in range(1_000_001, 1_010_001))
    return sheet_of([header_row(), row_of(2, [inline(str(word)) for word in ROW]), (block, 100)])


def many_small_elements():
    """Rows that nobody's program writes, so that each has to be parsed."""
    return sheet_of([(b"<row>" + b"<c/>" * 1_000 + b"</row>", 10_000)])


def many_cells_at_one_address():
    return sheet_of([b'<row r="1">', (b'<c r="A1"><v>1</v></c>' * 10_000, 600), b"</row>"])


def one_long_row():
    return sheet_of([b'<row r="1"><c r="A1" t="inlineStr"><is><t>', (b"x" * 1_000_000, 200)])


def many_texts():
    return with_packed("xl/sharedStrings.xml", [b"<sst>", (b"<si/>" * 10_000, 4_000), b"</sst>"])


def many_styles():
    return with_packed(
        "xl/styles.xml", [b"<x><cellXfs>", (b"<xf/>" * 10_000, 190), b"</cellXfs></x>"]
    )


def many_rows_of_open_document():
    cell = b'<table:table-cell office:value-type="string"><text:p>words</text:p></table:table-cell>'
    return open_document(table(b"<table:table-row>%s</table:table-row>" % cell * 210_000))


def many_cells_of_open_document():
    cell = b'<table:table-cell office:value-type="float" office:value="1"/>'
    return open_document(table(b"<table:table-row>%s</table:table-row>" % (cell * 99) * 16_000))


LARGE = {
    "bomb.xlsx": bomb,
    "repeated-text.xlsx": repeated_text,
    "many-parts.xlsx": lambda: zipped({f"p{number}": b"" for number in range(2_001)}),
    "many-rows.xlsx": many_rows,
    "many-coloured-rows.xlsx": many_coloured_rows,
    "many-small-elements.xlsx": many_small_elements,
    "many-cells-at-one-address.xlsx": many_cells_at_one_address,
    "one-long-row.xlsx": one_long_row,
    "many-texts.xlsx": many_texts,
    "many-styles.xlsx": many_styles,
    "many-rows.ods": many_rows_of_open_document,
    "many-cells.ods": many_cells_of_open_document,
    "many-rows-actions.csv": lambda: b"City,Number\n" + b"anji-county,1\n" * 300_000,
    "many-columns-actions.csv": lambda: b"City," * 1_000_000,
    "long-line-actions.csv": lambda: b"City,Number\n" + b"x" * 49_000_000,
    "too-large-actions.csv": lambda: b"x" * 50_000_001,
    "only-commas-actions.csv": lambda: b"City\n" + (b"," * 16_000 + b"\n") * 3_000,
}
