"""Fix and upload again: the sender's workbook, with what is wrong coloured and told."""

import datetime
from decimal import Decimal

import openpyxl
import pytest

from exchange.applying import apply
from exchange.cells import Money, Padded, Percent
from exchange.planning import make_plan
from exchange.problems import Problem
from exchange.reading import read
from exchange.writing import corrections
from exchange.writing.corrections import write_corrections
from profiles.models import City
from tests.exchange.workbooks import write_workbook

pytestmark = pytest.mark.django_db

HEADERS = ["City", "Number", "Action type", "Description", "Last update"]
DAY = datetime.date(2026, 4, 8)


@pytest.fixture
def mark(tmp_path):
    """A function that checks a workbook and returns the marked one's path and its problems."""

    def run(path):
        book = read(path)
        problems = make_plan(book).problems
        write_corrections(book, problems, tmp_path / "marked.xlsx")
        return tmp_path / "marked.xlsx", problems

    return run


def coloured(page):
    return {cell.coordinate for row in page.rows for cell in row if is_wrong(cell)}


def is_wrong(cell):
    return cell.fill.start_color.rgb == "FFFFC7CE"


class TestMarked:
    rows = (
        HEADERS,
        ["port-trial", 1, "natural-areas", "Hedges", DAY],
        ["port-trial", "two", "natural-areas", "=1+1", DAY],
        ["port-trial", 3, "natural-aeras", "Ponds", "31/02/2026"],
        ["port-trial", 4, "natural-areas", None, DAY],
    )

    def test_colours_wrong_cells_and_says_why(self, port, workbook, mark):
        path, problems = mark(workbook(Actions=self.rows))
        page = openpyxl.load_workbook(path)["Actions"]
        assert coloured(page) == {problem.cell for problem in problems}
        assert coloured(page) == {"B3", "C4", "E4", "D5"}
        assert "Did you mean" in page["C4"].comment.text
        assert "Expected: a date such as 2026-04-08" in page["E4"].comment.text
        assert page["A2"].comment is None

    def test_first_sheet_lists_all_of_it(self, port, workbook, mark):
        path, problems = mark(workbook(Actions=self.rows))
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["What is wrong", "Actions"]
        rows = list(book["What is wrong"].iter_rows(values_only=True))
        for problem in problems:
            assert (
                problem.sheet,
                problem.cell,
                problem.value or None,
                problem.message,
                problem.expected or None,
            ) in rows

    def test_corrected_it_goes_in(self, port, workbook, mark):
        path, _problems = mark(workbook(Actions=self.rows))
        book = openpyxl.load_workbook(path)
        page = book["Actions"]
        page["B3"], page["C4"], page["E4"], page["D5"] = 2, "natural-areas", DAY, "Meadows"
        book.save(path)
        plan = make_plan(read(path))
        assert plan.is_sound, plan.problems
        apply(plan)
        found = {action.number: action for action in port.actions.all()}
        assert found[2].description == "=1+1"
        assert {action.updated_on for action in found.values()} == {DAY}
        assert City.objects.get().actions.count() == 4

    def test_uncorrected_it_is_as_wrong_as_before(self, port, workbook, mark, tmp_path):
        path, problems = mark(workbook(Actions=self.rows))
        assert make_plan(read(path)).problems == problems

    def test_cells_stay_where_they_are(self, port, tmp_path, mark):
        path = tmp_path / "sent.xlsx"
        empty = [None] * 6
        rows = [empty, [None, *HEADERS], empty, [None, "port-trial", 1, "natural-aeras", "x", DAY]]
        path, problems = mark(write_workbook(path, {"Actions": rows}))
        page = openpyxl.load_workbook(path)["Actions"]
        assert [problem.cell for problem in problems] == ["D4"]
        assert coloured(page) == {"D4"}
        assert (page["B2"].value, page["F4"].value) == ("City", datetime.datetime(2026, 4, 8))
        assert page["A4"].value is None

    def test_what_concerns_no_cell_stands_on_the_first_sheet(self, port, workbook, mark):
        path, _problems = mark(workbook(Actions=[["City"], ["port-trial"]]))
        text = [row[3] for row in openpyxl.load_workbook(path)["What is wrong"].values]
        assert "These columns are missing: Number." in text

    def test_a_sheet_of_another_name_gets_its_own(self, port, tmp_path, mark):
        rows = [HEADERS, ["port-trial", 1, "natural-aeras", "Ponds", DAY]]
        path, _problems = mark(write_workbook(tmp_path / "sent.xlsx", {"Tabelle1": rows}))
        assert coloured(openpyxl.load_workbook(path)["Actions"]) == {"C2"}

    def test_one_sheet_as_text_comes_back_as_a_workbook(self, port, tmp_path, mark):
        path = tmp_path / "Actions.csv"
        path.write_text("City;Number;Action type\nport-trial;1;natural-aeras\n", encoding="utf-8")
        path, _problems = mark(path)
        assert "C2" in coloured(openpyxl.load_workbook(path)["Actions"])

    def test_wrong_headers_are_coloured(self, port, workbook, mark):
        rows = [["City", "Number", "Descripton"], ["port-trial", 1, "Ponds"]]
        path, _problems = mark(workbook(Actions=rows))
        assert coloured(openpyxl.load_workbook(path)["Actions"]) == {"C1"}


class TestAnyCell:
    """What can stand in a cell comes out as it was, or is as wrong as it was."""

    def reread(self, value, tmp_path, **options):
        path = write_workbook(
            tmp_path / "sent.xlsx", {"Actions": [HEADERS[:2], ["port-trial", value]]}, **options
        )
        book = read(path)
        write_corrections(book, [], tmp_path / "marked.xlsx")
        again = read(tmp_path / "marked.xlsx")
        assert again.from_1904 == book.from_1904
        return [data.sheets["actions"].rows[0][1][1] for data in (book, again)]

    @pytest.mark.parametrize(
        "value",
        [
            "text",
            "=1+1",
            "https://example.org/",
            " blanks ",
            "two\nlines",
            "_x0041_",
            "0012",
            "bell \x07",
            12,
            0.1,
            1234567890.123,
            True,
            DAY,
            datetime.datetime(2026, 4, 8, 12, 30),
            datetime.date(1900, 1, 1),
        ],
        ids=repr,
    )
    def test_is_read_again_as_it_was(self, catalogue, tmp_path, value):
        before, after = self.reread(value, tmp_path)
        assert (type(after), after) == (type(before), before)

    @pytest.mark.parametrize(
        "value", [Percent(Decimal("12.5")), Padded(12, 4), Money(1.5, "CHF")], ids=str
    )
    def test_numbers_that_show_more_stay(self, catalogue, workbook, tmp_path, value):
        book = read(workbook(Actions=[HEADERS[:2], ["port-trial", 1]]))
        book.sheets["actions"].rows[0][1][1] = value
        write_corrections(book, [], tmp_path / "marked.xlsx")
        again = read(tmp_path / "marked.xlsx").sheets["actions"].rows[0][1][1]
        assert (type(again), str(again)) == (type(value), str(value))

    def test_dates_of_old_macs_stay(self, catalogue, tmp_path):
        before, after = self.reread(DAY, tmp_path, date_1904=True)
        assert after == before

    @pytest.mark.parametrize("value", [float("inf"), float("nan")])
    def test_no_number_stays_none(self, catalogue, tmp_path, value):
        before, after = self.reread(value, tmp_path, nan_inf_to_errors=True)
        assert type(after) is type(before)

    def test_half_a_character_stays_wrong(self, port, workbook, tmp_path):
        book = read(workbook(Actions=[HEADERS, ["port-trial", 1, "natural-areas", "x", DAY]]))
        book.sheets["actions"].rows[0][1][3] = "half \ud83d"
        problems = make_plan(book).problems
        write_corrections(book, problems, tmp_path / "marked.xlsx")
        (problem,) = make_plan(read(tmp_path / "marked.xlsx")).problems
        assert (problem.cell, problem.message) == (problems[0].cell, problems[0].message)


def test_of_very_many_wrong_cells_all_are_coloured_and_the_first_have_notes(
    catalogue, workbook, tmp_path, monkeypatch
):
    monkeypatch.setattr(corrections, "MOST_NOTES", 3)
    book = read(workbook(Actions=[HEADERS[:2], *(["port-trial", n] for n in range(5))]))
    problems = [Problem("Not so.", sheet="Actions", cell=f"B{row}") for row in range(2, 7)]
    write_corrections(book, problems, tmp_path / "marked.xlsx")
    written = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    page = written["Actions"]
    assert coloured(page) == {"B2", "B3", "B4", "B5", "B6"}
    assert [bool(page[f"B{row}"].comment) for row in range(2, 7)] == [True] * 3 + [False] * 2
    said = " ".join(str(row[0]) for row in written["What is wrong"].values)
    assert "Only the first 3 cells have a note" in said
