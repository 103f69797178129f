import datetime
from decimal import Decimal

import pytest

from catalogue.atoms import Day, Figure, Run, Share, Text
from catalogue.texts import fill_gaps


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (0, 3, 0),
        (1, 3, 33),
        (2, 3, 67),
        (3, 3, 100),
        (1, 2, 50),
        (1, 8, 13),  # 12.5 rounds half up
        (1, 1000, 1),  # something is never 0
        (999, 1000, 99),  # not complete is never 100
        (0, 0, 0),
        (4, 3, 100),
    ],
)
def test_percent_is_honest_at_both_ends(part, whole, percent):
    assert Share(part, whole).percent == percent


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (600000, "600,000"),
        ("1886.000000", "1,886"),
        ("386.820000", "386.82"),
        ("0", "0"),
        ("0.000001", "0.000001"),
        (Decimal("1E+3"), "1,000"),
    ],
)
def test_figures_are_grouped_and_keep_their_digits(number, words):
    assert Figure.of(number).text == words


@pytest.mark.parametrize(
    ("number", "decimals", "words"),
    [
        ("12.5", 2, "12.50"),
        ("12.99", 0, "13"),
        ("0.005", 2, "0.01"),  # half rounds up
        ("1234.994999", 2, "1,234.99"),
        ("123456789012.5", 20, "123,456,789,012.50000000000000000000"),
    ],
)
def test_figures_take_a_fixed_number_of_decimals(number, decimals, words):
    assert Figure.of(number, decimals).text == words


def test_a_day_is_written_in_full():
    assert Day.of(datetime.date(2026, 6, 6)).text == "06 June 2026"


def test_a_sentence_keeps_the_language_of_what_is_put_in():
    name = Run(Text("安吉", "zh-Hans"), strong=True)
    runs = fill_gaps(Text("In {place} today", "en"), {"place": name})
    assert [run.text.value for run in runs] == ["In ", "安吉", " today"]
    assert runs[1] is name
