"""The tables of a file, all of them, as they stand: no header is known yet."""

from dataclasses import dataclass, field

from ..reading.workbook import Appearance


@dataclass(slots=True)
class Table:
    """A sheet. `rows`: (row number as shown, values), empty ones left out, of different widths."""

    name: str
    rows: list
    appearance: Appearance = field(default_factory=Appearance)


@dataclass(slots=True)
class Book:
    """`encoding` and `delimiter`: of a text file, as it was read; empty for a workbook."""

    tables: list
    encoding: str = ""
    delimiter: str = ""
    from_1904: bool = False

    @property
    def is_text(self):
        return bool(self.encoding)


def read_book(path, name, decided):
    """The `Book` in the file at `path`, which its sender calls `name`. Raises UnreadableWorkbook.

    `decided`: {"encoding": …, "delimiter": …} of a text file; what is missing is guessed.
    """
    raise NotImplementedError
