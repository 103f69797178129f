"""Workbooks that cannot be read, sheets and headers that are not ours, files made elsewhere."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import call_command

from profiles.models import City

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent.parent / "files"


def refused(answer, path):
    said = answer(path)
    assert said["status"] == 1
    assert len(said["problems"]) == 1
    return said["problems"][0]["message"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a workbook"),
        (b"City,Name\nanji-county,Anji\n", "not a workbook"),
        (b"<html><table></table></html>", "not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a password or the old format"),
        (b"PK\x03\x04" + bytes(100), "not a workbook"),
    ],
)
def test_other_content_is_refused(answer, tmp_path, content, words):
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    assert words in refused(answer, path)


def test_missing_file_is_refused(answer, tmp_path):
    assert "No such file" in refused(answer, tmp_path / "nothing.xlsx")


def test_truncated_workbook_is_refused(answer, workbook):
    path = workbook(Cities=[["City"], ["anji-county"]])
    path.write_bytes(path.read_bytes()[:-400])
    assert "workbook" in refused(answer, path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_damaged_part_is_refused(answer, workbook, tmp_path, part):
    path = rewritten(workbook(Cities=[["City"], ["anji-county"]]), tmp_path, part, b"<broken")
    assert "damaged" in refused(answer, path)


def test_document_type_is_refused(answer, workbook, tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><workbook><sheets/></workbook>'
    path = rewritten(workbook(Cities=[["City"]]), tmp_path, "xl/workbook.xml", bomb)
    assert "damaged" in refused(answer, path)


def test_macro_workbook_is_refused(answer, workbook, tmp_path):
    path = rewritten(workbook(Cities=[["City"]]), tmp_path, "xl/vbaProject.bin", b"x")
    assert "macros" in refused(answer, path)


def rewritten(path, folder, part, content):
    """A copy of the workbook with one part replaced or added."""
    copy = folder / "rewritten.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return copy


def test_file_over_the_limit_is_refused(answer, workbook, settings):
    settings.WORKBOOK_MAX_BYTES = 1000
    assert "too large" in refused(answer, workbook(Cities=[["City"], ["anji-county"]]))


def test_rows_over_the_limit_are_refused(answer, workbook, settings):
    settings.WORKBOOK_MAX_ROWS = 2
    rows = [["City", "Name", "Country"], *[[f"city-{n}", "City", "DE"] for n in range(3)]]
    assert "too many rows" in refused(answer, workbook(Cities=rows))


def test_cell_far_down_and_far_right_is_refused(answer, tmp_path):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Cities")
        page.write(0, 0, "City")
        page.write(1_048_575, 16_383, "far away")
    assert "far away from the others" in refused(answer, path)


def test_formula_with_an_empty_result_is_an_empty_cell(anji, answer, workbook, tmp_path):
    """As Excel and LibreOffice write it: the type says that the result is a text."""
    part = "xl/worksheets/sheet1.xml"
    path = workbook(Cities=[["City", "Population"], ["anji-county", 7]])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read(part).decode()
    formula = sheet.replace('r="B2"><v>7', 'r="B2" t="str"><f>""</f><v>')
    assert formula != sheet
    path = rewritten(path, tmp_path, part, formula.encode())
    assert answer(path)["sheets"]["Cities"]["unchanged"] == 1


def test_coloured_empty_rows_far_down_are_left_out(catalogue, answer, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "coloured.xlsx") as book:
        page, green = book.add_worksheet("Cities"), book.add_format({"bg_color": "green"})
        page.write_row(0, 0, ["City", "Name", "Country"])
        page.write_row(1, 0, ["new-town", "New Town", "DE"])
        page.write_blank(900_000, 200, None, green)
    assert answer(tmp_path / "coloured.xlsx")["sheets"]["Cities"]["new"] == 1


def test_workbook_without_our_sheets_says_what_it_has(answer, workbook):
    said = answer(workbook(Budget=[["Year"], [2024]], Citys=[["City"]]))
    assert [p["sheet"] for p in said["problems"]] == ["Budget", "Citys"]
    assert "Did you mean “Cities”?" in said["problems"][1]["message"]


def test_workbook_without_rows_is_refused(catalogue, answer, workbook):
    assert "no rows" in refused(answer, workbook(Cities=[["City", "Name"]]))


def test_hidden_and_empty_sheets_are_left_out(anji, answer, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "hidden.xlsx") as book:
        page = book.add_worksheet("Cities")
        page.write_row(0, 0, ["City", "Name"])
        page.write_row(1, 0, ["anji-county", "Anji County"])
        helper = book.add_worksheet("Helper")
        helper.write(0, 0, "list")
        helper.hide()
        book.add_worksheet("Sheet3")
    assert answer(tmp_path / "hidden.xlsx")["sheets"]["Cities"]["unchanged"] == 1


@pytest.mark.parametrize(
    ("headers", "cell", "words"),
    [
        (["City", "Number", "Descripton"], "C1", "Did you mean “Description”?"),
        (["City", "Number", "Description", "City"], "D1", "twice"),
        (["City", "Description"], "", "These columns are missing: Number."),
        (["City", "Number", None], "C2", "no header"),
    ],
)
def test_headers_are_asked_back(anji, problem, headers, cell, words):
    said = problem(Actions=[headers, ["anji-county", 1, "Text", "x"][: len(headers)]])
    assert said["cell"] == cell
    assert words in said["message"]


def test_headers_in_other_case_and_place(anji, answer, workbook):
    rows = [[None, None, None, None], [None, " NUMBER ", "city", "Description"]]
    said = answer(workbook(Actions=[*rows, [None, 1, "ANJI-COUNTY ", "New words"]]))
    assert said["sheets"]["Actions"] == {"new": 0, "changed": 1, "unchanged": 0, "wrong": 0}


def test_workbook_of_libreoffice(catalogue, answer):
    """Written by LibreOffice Calc; its dates, shares, blanks and styles are its own."""
    said = answer(FILES / "libreoffice.xlsx")
    assert said["status"] == 0, said["problems"]
    city = City.objects.get(slug="libre-town")
    assert (str(city.latitude), city.population, city.local_name) == ("30.50000", 1234567, "東京市")
    action = city.actions.get()
    assert action.updated_on.isoformat() == "2026-04-08"
    assert str(action.statements.get().values.get().number) == "12.500000"


def test_people_read_plain_lines(anji, workbook, capsys):
    path = workbook(Cities=[["City", "Population"], ["anji-county", "many"]])
    with pytest.raises(SystemExit) as left:
        call_command("import_workbook", path)
    said = capsys.readouterr()
    assert left.value.code == 1
    assert "Cities:      0 new, 0 changed, 0 unchanged, 1 wrong" in said.out
    assert "Nothing was written." in said.out
    assert said.err == (
        "Cities B2: This is text, not a number. Found: “many”. "
        "Expected: a whole number such as 12.\n"
    )
