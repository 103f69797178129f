"""Lists that are made to do harm, or broken: they are refused in words, or read in no time."""

import io
import time
import zipfile

import pytest
import xlsxwriter

from exchange.mapping.columns.synonyms import matches
from exchange.mapping.places.place_names import countries_in, read_name
from exchange.mapping.table import layout, tables
from intake.refusals import UnreadableWorkbook

MANY = 30_000
"""Letters: nearly as many as a cell of a workbook takes."""


def workbook(path, sheets, headers, becomes):
    """A file with these headers on each sheet, in which `{}` stands for the letter in the XML."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        for at in range(sheets):
            page = book.add_worksheet(f"Part {at}")
            for row in range(3):
                page.write_row(row, 0, [f"{header} {row}" if row else header for header in headers])
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"{}", becomes))
    return path


def columns_of(path):
    book = tables.read_book(path, path.name, {})
    return layout.all_columns(layout.lay_out(book, {}))


def test_no_key_has_a_letter_that_postgresql_refuses(tmp_path):
    path = workbook(tmp_path / "list.xlsx", 1, ["Ti{}tle", "Text", "City"], b"_x0000_")
    assert [one.key for one in columns_of(path)] == ["ti\ufffdtle", "text", "city"]


@pytest.mark.parametrize(
    ("limit", "sheets", "words"),
    [(layout, 1, "more than 2 columns"), (tables, 3, "more than 2 sheets")],
)
def test_forms_never_get_more_fields_than_they_take(tmp_path, monkeypatch, limit, sheets, words):
    monkeypatch.setattr(limit, "MOST_COLUMNS" if limit is layout else "MOST_SHEETS", 2)
    path = workbook(tmp_path / "list.xlsx", sheets, ["Title", "Text", "City"], b"")
    with pytest.raises(UnreadableWorkbook, match=words):
        columns_of(path)


@pytest.mark.parametrize("part", ["1 ", " ", "(", "ab ", "市", "省市", "1.", "x [1]", "a\n"])
def test_guesses_look_at_the_beginning_of_long_texts(part):
    text = f"a{part * MANY}b"[:MANY]
    begun = time.process_time()
    for look in (read_name, countries_in, matches):
        look(text)
    assert time.process_time() - begun < 1
