"""Which texts and cells are one day or one year, and what is said of the others."""

import datetime

import pytest

from intake import dates
from intake.numbers import Unclear

APRIL = datetime.date(2026, 4, 8)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-04-08", " 2026-4-8 ", "2026/04/08", "2026.04.08", "20260408", "2026-04-08T00:00"),
        *("２０２６-０４-０８", "٢٠٢٦-٠٤-٠٨", "2026年4月8日", "8 April 2026", "8-Apr-2026"),
        "April 8, 2026",
    ],
)
def test_a_text_with_one_reading_is_that_day(text):
    assert dates.read_date(text) == (APRIL, "")
    assert dates.read_year(text) == (2026, "Only the year of 2026-04-08 is kept: 2026.")


def test_a_day_above_twelve_is_no_month():
    assert dates.read_date("25/04/2026")[0] == datetime.date(2026, 4, 25)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("08/04/2026", "write it as 2026-04-08 / 2026-08-04"),
        ("08.04.2026", "write it as 2026-04-08 / 2026-08-04"),
        ("31/02/2026", "not a date"),
        ("soon", "not a date"),
        ("word " * 30, "not a date"),
        ("2024", "2024 is a year, not a day: write a day of it, such as 2024-01-01."),
        ("٢٠٢٤", "such as 2024-01-01"),
        ("2024-05", "such as 2024-05-01"),
        ("2567", "Is 2024 meant (2567 of the Buddhist calendar)? Then write 2024-01-01."),
        ("2567-04-08", "Then write 2024-04-08."),
        ("8/4/2567", "Then write 2024-04-08."),
        ("1403/02/15", "Is 2024 meant (1403 of the Persian calendar)?"),
        ("46120", "write 2026-04-08"),
        ("24", "24 with two digits"),
        ("20\u200b26-04-08", "zero-width space"),
    ],
)
def test_a_text_that_is_no_day_is_asked_back(text, words):
    with pytest.raises(Unclear) as asked:
        dates.read_date(text)
    assert words in str(asked.value)


@pytest.mark.parametrize("text", ["2026", "2026.0", "٢٠٢٦", "２０２６", "2,026", "2026年"])
def test_a_text_with_one_reading_is_that_year(text):
    assert dates.read_year(text) == (2026, "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2567", "Is 2024 meant (2567 of the Buddhist calendar)? Then write 2024."),
        ("พ.ศ. ๒๕๖๗", "Is 2024 meant"),
        ("1403", "Is 2024 meant (1403 of the Persian calendar)?"),
        ("1446", "Is 2024 meant (1446 of the Islamic calendar)?"),
        ("5784", "Is 2024 meant (5784 of the Hebrew calendar)?"),
        ("113", "Is 2024 meant (113 of the Minguo calendar)?"),
        ("令和6年", "Is 2024 meant"),
        ("R6", "Is 2024 meant"),
        ("24", "Is 2024 meant (24 with two digits)?"),
        ("45292", "45292 is 2024-01-01 as a spreadsheet counts days: write 2024."),
        ("1905-07-22", "Is the year 2030 meant? Then write 2030."),
        ("2024/25", "not one year"),
        ("2023–2024", "not one year"),
        ("2e3", "not one year"),
        ("soon", "text, not a number"),
    ],
)
def test_a_text_that_is_no_year_is_asked_back(text, words):
    with pytest.raises(Unclear) as asked:
        dates.read_year(text)
    assert words in str(asked.value)


@pytest.mark.parametrize(
    ("day", "from_1904", "meant"),
    [
        ((1905, 7, 16), False, "Is the year 2024 meant?"),
        ((1909, 7, 17), True, "Is the year 2024 meant?"),
        ((1907, 1, 10), False, "(2567 of the Buddhist calendar)"),
        ((2567, 4, 8), False, "Is 2024 meant"),
        ((1935, 1, 2), False, "write it as text"),
        ((1899, 1, 1), False, "not between 1900 and 2100"),
    ],
)
def test_a_date_cell_that_is_probably_a_year_is_asked_about(day, from_1904, meant):
    for read in (dates.day_in_cell, dates.year_in_cell):
        with pytest.raises(Unclear) as asked:
            read(datetime.date(*day), from_1904=from_1904)
        assert meant in str(asked.value)


def test_cells_with_likely_days_are_read():
    assert dates.day_in_cell(APRIL) == APRIL
    assert dates.year_in_cell(APRIL)[0] == 2026
    assert dates.day_of_number(46120.0) == APRIL
    assert dates.day_of_number(46120 - 1462, from_1904=True) == APRIL


@pytest.mark.parametrize("number", [2024.0, 2567, 24, 0.5, -1, 1e9, float("nan"), float("inf")])
def test_a_number_that_is_no_day_is_asked_back(number):
    with pytest.raises(Unclear):
        dates.day_of_number(number)


def test_an_old_day_in_words_is_taken_and_asked_about():
    day, note = dates.read_date("1905-07-16")
    assert day == datetime.date(1905, 7, 16)
    assert note.endswith("is the year 2024 meant? Then write 2024-01-01.")
