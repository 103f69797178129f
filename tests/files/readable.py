"""Files that are read, with doubtful cells or without."""

import datetime
import unicodedata

from .building import (
    ACTION,
    NAME,
    ROW,
    SHEET1,
    header_row,
    inline,
    parts_of,
    plain,
    row_of,
    with_sheet,
    workbook,
    zipped,
)


def dates():
    dated = [
        [*ROW[:4], value] for value in (datetime.date(2026, 4, 8), 46120, "2026-04-08", 46120.75)
    ]
    for number, row in enumerate(dated):
        row[1] = 31 + number
    return workbook({"Actions": [ACTION, *dated]})


def headers():
    return workbook(
        {
            "  actions": [
                [],
                [None, " CITY ", "number\u00a0", "Action  Type", "description"],
                [None, *ROW[:4]],
            ]
        }
    )


def letters():
    """Emoji, right-to-left text, and a name with decomposed letters."""
    name = unicodedata.normalize("NFD", NAME)
    return workbook({"Cities": [["City", "Name", "Country"], ["new-town", name, "DE"]]})


def zeros():
    def change(book, pages):
        page = pages["Cities"]
        page.write_number(1, 1, 7, book.add_format({"num_format": "000"}))
        page.write_number(1, 3, 7, book.add_format({"num_format": "00000"}))
        page.write_string(2, 1, "0042")

    rows = [["City", "Name", "Country", "Population"], ["one", None, "DE"], ["two", None, "DE", 5]]
    return workbook({"Cities": rows}, change)


def coloured():
    def change(book, pages):
        green = book.add_format({"bg_color": "green"})
        pages["Actions"].set_column(0, 200, None, green)
        for number in (2, 50_000, 1_048_575):
            pages["Actions"].set_row(number, None, green)
            pages["Actions"].write_blank(number, 16_383, None, green)

    return workbook({"Actions": [ACTION, ROW]}, change)


def helper_sheets():
    def change(_book, pages):
        pages["Helper"].hide()
        pages["Deep helper"].very_hidden()

    sheets = {"What is wrong": [["Problem"]], "Read me": [["Welcome"]], "Actions": [ACTION, ROW]}
    others = {"Lists": [["carbon"]], "Helper": [["x"]], "Deep helper": [["y"]], "Sheet7": []}
    return workbook(sheets | others, change)


def percents():
    def change(book, pages):
        for row, pattern in enumerate(("0%", "0.00%", '[Red]0.0"%"%'), start=1):
            pages["Baselines"].write_number(row, 3, 0.12, book.add_format({"num_format": pattern}))

    rows = [["anji-county", number, "green_cover"] for number in (1, 2, 3)]
    return workbook({"Baselines": [["City", "Action number", "Measure", "Value"], *rows]}, change)


def foreign():
    """As other programs write it: absolute and backslashed names, prefixes, no cell addresses."""
    parts = parts_of(plain())
    sheet = (
        b"<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        b"<x:sheetData><x:row>%s</x:row><x:row/><x:row>%s</x:row></x:sheetData></x:worksheet>"
    ) % (
        b"".join(prefixed(name) for name in ACTION[:4]),
        prefixed(ROW[0]) + b"<x:c><x:v>31</x:v></x:c>" + prefixed(ROW[2]) + prefixed(ROW[3]),
    )
    del parts[SHEET1]
    parts["xl\\worksheets\\Sheet1.XML"] = sheet
    rels = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = rels.replace(
        b'"worksheets/sheet1.xml"', b'"/xl/worksheets/sheet1.xml"'
    )
    return zipped(parts)


def prefixed(text):
    return b"<x:c t='inlineStr'><x:is><x:t>%s</x:t></x:is></x:c>" % text.encode()


def text_table(delimiter, encoding="utf-8", end="\r\n"):
    rows = [ACTION, [*ROW[:3], f'"Trees{delimiter} ""many""\nand a second line"', ROW[4]]]
    text = end.join(delimiter.join(map(str, row)) for row in rows) + end
    return text.encode(encoding)


def guarded():
    words = ["'=1+1", "'+49", "'-x", "'@me", "'\tx", "''quoted'", "'s-Hertogenbosch", "=1", "''="]
    lines = [f'new-{number},"{word}",DE' for number, word in enumerate(words)]
    return "\n".join(["City,Name,Country", *lines]).encode()


# Cells that are asked back


def doubtful_cells():
    """Row after row of Cities, each with one doubtful population or text."""
    numbers = [
        b' t="inlineStr"><is><t>many</t></is></c>',
        b' t="inlineStr"><is><t>1.234,5</t></is></c>',
        b' t="inlineStr"><is><t>1,234</t></is></c>',
        b"><v>NaN</v></c>",
        b"><v>1e400</v></c>",
        b' t="e"><v>#REF!</v></c>',
        b"><f>1+1</f></c>",
        b' t="inlineStr"><is><t>12_x0007_</t></is></c>',
    ]
    texts = ["bell _x0007_ rings", "half _xD800_ a letter"]
    head = ["City", "Population", "About"]
    rows = [header_row(head)]
    for number, cell in enumerate(numbers, start=2):
        text = inline("x" * 30_001) if number == 2 else b""
        rows.append(row_of(number, [inline("anji-county"), cell, text]))
    for number, text in enumerate(texts, start=len(rows) + 1):
        rows.append(row_of(number, [inline("anji-county"), b"", inline(text)]))
    return with_sheet(b"".join(rows), workbook({"Cities": [head]}))


def doubtful_dates():
    values = ["31/02/2026", "2026-02-31", "21019-01-01", 99_999_999, 12]
    rows = [[*ROW[:4], value] for value in values]
    for number, row in enumerate(rows):
        row[1] = 31 + number
    return workbook({"Actions": [ACTION, *rows]})


def one_key_twice():
    return workbook({"Actions": [ACTION, ROW, [" ANJI-county", *ROW[1:]]]})


GOOD = {
    "plain.xlsx": plain,
    "dates.xlsx": dates,
    "headers.xlsx": headers,
    "letters.xlsx": letters,
    "zeros.xlsx": zeros,
    "coloured.xlsx": coloured,
    "helper-sheets.xlsx": helper_sheets,
    "percents.xlsx": percents,
    "foreign.xlsx": foreign,
    "commas-actions.csv": lambda: text_table(","),
    "semicolons.actions.csv": lambda: text_table(";", "utf-8-sig", "\n"),
    "tabs_actions.txt": lambda: text_table("\t", "utf-16"),
    "by-headers.csv": lambda: b"sep=;\r\n" + text_table(";", end="\r"),
    "guarded-cities.csv": guarded,
}
DOUBTFUL = {
    "cells.xlsx": doubtful_cells,
    "dates.xlsx": doubtful_dates,
    "one-key-twice.xlsx": one_key_twice,
}
