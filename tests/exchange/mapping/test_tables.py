"""All tables of a file, as they stand."""

import pytest

from exchange.mapping.table.tables import guess_delimiter, read_book
from intake.refusals import UnreadableWorkbook
from tests.exchange.workbooks import write_workbook


@pytest.fixture
def table(tmp_path):
    """A function that reads the one table of a text file with this content."""

    def read(content, **decided):
        path = tmp_path / "list.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        book = read_book(path, path.name, decided)
        (table,) = book.tables
        return table

    return read


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1,5;2,3;x\n", ";"),
        ("a,b\n1;2,3\n4;5,6\n", ","),
        ("a\tb, c\n1\t2, 3\n", "\t"),
        ("a|b\n1,2|3\n", "|"),
        ("Our list, of 2024\n\na;b;c\n1;2;3\n4;5;6\n", ";"),
        ('"one; two";b\n"x, y";2\n', ";"),
        ("sep=;\na,b;c\n", ";"),
        ("only\none\n", ","),
    ],
)
def test_a_delimiter_is_guessed_by_rows_of_one_width(text, delimiter):
    assert guess_delimiter(text) == delimiter


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ('"x "y"",2\n3,4\n', [['x "y"', "2"], ["3", "4"]]),
        ('"open,2\n"next",5\n3,4\n', [["open", "2"], ["next", "5"], ["3", "4"]]),
        ('"open,2\n3,4\n', [["open", "2"], ["3", "4"]]),
        ('"one\ntwo "so" three",5\n3,4\n', [['one\ntwo "so" three', "5"], ["3", "4"]]),
    ],
)
def test_quotation_marks_without_partners_cost_no_row(table, lines, rows):
    found = table(f"a,b\n{lines}")
    assert [values for _number, values in found.rows[1:]] == rows
    assert found.appearance.misquoted == [2]


def test_rows_of_other_widths_are_kept_and_named(table):
    found = table("a;b\n1;2\n1;2;3\n\n1\n1;2\n")
    assert [number for number, _values in found.rows] == [1, 2, 3, 5, 6]
    assert found.appearance.uneven == {3: 3, 5: 1}


def test_a_line_without_an_end_is_refused_in_words(table):
    with pytest.raises(UnreadableWorkbook, match="far away"):
        table('a,b\n"' + "x" * 1_100_000)


def test_what_was_decided_goes_before_the_guess(table):
    content = "name;Stadt\nä;ö\n".encode("mac_roman")
    assert table(content).rows[1] == (2, ["ä", "ö"])
    assert table(content, encoding="cp1252", delimiter=",").rows[1] == (2, ["Š;š"])


def test_bad_bytes_are_marked_in_their_cells(table):
    found = table("name,city\nü,é\n".encode() + b"x\xca,y\n")
    assert found.rows[2][1][0].found == "CA"


def test_all_sheets_of_a_workbook_are_read_whatever_they_are_called(tmp_path):
    path = write_workbook(
        tmp_path / "plan.xlsx", {"Notes": [["Fill in"]], "Daten": [["Stadt"], ["Ulm"]], "Leer": []}
    )
    book = read_book(path, "plan.xlsx", {})
    assert [(table.name, len(table.rows)) for table in book.tables] == [
        ("Notes", 1),
        ("Daten", 2),
        ("Leer", 0),
    ]
    assert not book.is_text
