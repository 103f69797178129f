"""Where in a table the headers and the rows of data are, and which tables are lists at all."""

from dataclasses import dataclass, field

from .. import cells


@dataclass(slots=True)
class Layout:
    """`header_rows`: numbers of the rows that make up the headers, in their order. `headers`: one
    text a column, of all of them joined. `left_out`: row number → why, in words; explanations,
    totals and repeated headers. `why`: why the table is taken or not, in words."""

    table: object
    is_taken: bool = True
    why: str = ""
    header_rows: tuple = ()
    headers: list = field(default_factory=list)
    left_out: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """A column of their list. `key` names it in decisions and in kept mappings: the folded header,
    with “ #2” behind it for the second of this name, or “column C” where there is no header."""

    at: int
    header: str
    key: str

    @property
    def name(self):
        """What people see: the header, or the letter of the column."""
        return self.header or cells.column_letters(self.at)


@dataclass(slots=True)
class SourceRow:
    """`number`: as shown in `table`. `values`: as wide as the columns."""

    table: str
    number: int
    values: list


def lay_out(book, decided):
    """The `Layout` of each table.

    `decided`: {"tables": {name: {"is_taken": …, "header_rows": […], "left_out": […]}}}.
    """
    raise NotImplementedError


def columns_of(headers):
    """The `SourceColumn`s of the headers of a layout."""
    columns, seen = [], {}
    for at, header in enumerate(headers):
        key = cells.folded(header)
        if key:
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > 1:
                key = f"{key} #{seen[key]}"
        columns.append(SourceColumn(at, header, key or f"column {cells.column_letters(at)}"))
    return columns


def rows_of(layouts, width):
    """The `SourceRow`s of the taken tables."""
    for layout in layouts:
        if not layout.is_taken:
            continue
        last = max(layout.header_rows, default=0)
        for number, values in layout.table.rows:
            if number > last and number not in layout.left_out:
                values = values[:width]
                yield SourceRow(layout.table.name, number, values + [""] * (width - len(values)))
