"""What is read of answers and of pasted columns, without a database."""

from types import SimpleNamespace

import pytest

from updates.pasting import cells_in
from updates.reading import read_year_of


@pytest.mark.parametrize("typed", ["0", "0000", "1", "-5", "1899", "²"])
def test_what_is_no_year_of_any_figure_is_asked_back(typed):
    row = SimpleNamespace(answer=SimpleNamespace(year=typed), notes=())
    with pytest.raises(ValueError, match=f"“{typed}” is no year: write four digits"):
        read_year_of(row, 2026)


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        ('12\t2025\n"two\nlines"\n', [["12", "2025"], ["two\nlines"]]),
        ('"12\n13\n14', [['"12'], ["13"], ["14"]]),
        ("7" * 140_000 + "\n5", [["7" * 140_000], ["5"]]),
    ],
)
def test_each_pasted_line_stays_a_row_whatever_stands_in_it(lines, cells):
    assert cells_in(lines) == cells
