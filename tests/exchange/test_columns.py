"""Equal cells of a column are read once, and each as if it were the only one."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from exchange.cells import MOST_REMEMBERED, Padded
from exchange.columns.column import Reader
from exchange.columns.widgets import NumberWidget, TextWidget
from exchange.problems import CellError
from intake.numbers import Bounds


class Counted(TextWidget):
    """`read`: the cells that were not known yet."""

    def __init__(self):
        super().__init__()
        self.read = []

    def clean(self, value, row=None, **kwargs):
        self.read.append(value)
        return super().clean(value)


def reader_of(widget):
    widget.bind(SimpleNamespace(said=[], from_1904=False))
    return Reader(widget)


def test_equal_cells_are_read_once():
    reader = reader_of(Counted())
    assert [reader.clean(cell) for cell in ("en", "fr ", "en", "fr ")] == ["en", "fr"] * 2
    assert reader.widget.read == ["en", "fr "]


def test_a_column_of_different_cells_is_not_remembered():
    reader = reader_of(Counted())
    for number in range(MOST_REMEMBERED + 5):
        reader.clean(f"text {number}")
    assert len(reader.known) == MOST_REMEMBERED


def test_cells_that_look_otherwise_are_others_though_their_numbers_are_equal():
    reader = reader_of(TextWidget())
    assert [reader.clean(Padded(7, digits)) for digits in (2, 3)] == ["07", "007"]
    assert reader.clean(1.0) == "1"
    with pytest.raises(CellError):
        reader.clean(True)


def test_a_refused_cell_is_refused_each_time():
    reader = reader_of(NumberWidget())
    for _time in range(2):
        with pytest.raises(CellError):
            reader.clean("many")


def test_how_a_cell_was_understood_is_said_of_each():
    reader = reader_of(NumberWidget())
    reader.widget.bounds = Bounds(places=1)
    for _time in range(2):
        assert reader.clean("1.26") == Decimal("1.3")
        (note,) = reader.widget.context.said
        assert note.startswith("1.26 is rounded to 1.3")
        reader.widget.context.said.clear()
