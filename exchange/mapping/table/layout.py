"""Where in a table the headers and the rows of data are, and which tables are lists at all."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from intake.refusals import UnreadableWorkbook

from ... import cells
from . import header_texts, headers, headings, left_out, lists

HEADING, SHEET = "heading of rows", "sheet name"
"""Keys of the columns with what stands in no column: a heading between rows, the sheet's name."""

MOST_COLUMNS = 1_000
"""A form has four fields for each, and takes `DATA_UPLOAD_MAX_NUMBER_FIELDS`."""


@dataclass(slots=True)
class Layout:
    """`header_rows`: numbers of the rows that make up the headers, in their order. `headers`: one
    text a column, of all of them joined. `left_out`: row number → why, in words; explanations,
    totals and repeated headers. `headings`: number of a row left out → its text, which stands
    beside the rows below it. `why`: why the table is taken or not, in words."""

    table: object
    is_taken: bool = True
    why: str = ""
    header_rows: tuple = ()
    headers: list = field(default_factory=list)
    left_out: dict = field(default_factory=dict)
    headings: dict = field(default_factory=dict)

    @property
    def rows(self):
        """The rows below the headers."""
        last = max(self.header_rows, default=0)
        return [row for row in self.table.rows if row[0] > last]

    @property
    def above(self):
        """Numbers of the rows above the headers that say something → why nothing is taken."""
        first = min(self.header_rows, default=0)
        why = _("it stands above the headers")
        said = ((number, values) for number, values in self.table.rows if number < first)
        return {number: why for number, values in said if not all(map(cells.is_empty, values))}


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
    of_tables = decided.get("tables", {})
    layouts = [layout_of(table, of_tables.get(table.name, {})) for table in book.tables]
    lists.choose(layouts)
    for layout in layouts:
        layout.is_taken = of_tables.get(layout.table.name, {}).get("is_taken", layout.is_taken)
    return layouts


def layout_of(table, decided):
    layout = Layout(table)
    numbers = {number for number, _values in table.rows}
    if "header_rows" in decided:
        layout.header_rows = tuple(n for n in sorted(decided["header_rows"]) if n in numbers)
    else:
        layout.header_rows = headers.find_headers(table)
    layout.headers = header_texts.headers_of(table, layout.header_rows)
    layout.left_out = left_out.find_left_out(table, layout.header_rows, layout.headers)
    found = headings.find_headings(table, layout.rows, layout.left_out)
    beside = dict.fromkeys(found, _("a heading: it stands beside the rows below it"))
    layout.left_out = dict(sorted((layout.left_out | beside).items()))
    if "left_out" in decided:
        by_hand = _("left out by hand")
        wanted = sorted(decided["left_out"])
        layout.left_out = {number: layout.left_out.get(number, by_hand) for number in wanted}
    layout.headings = {number: text for number, text in found.items() if number in layout.left_out}
    return layout


def all_columns(layouts):
    """The columns of the taken tables: those of the first, then what others have besides.

    What stands in no column comes last: the heading of the row, and where several tables are taken
    the name of its sheet.
    """
    taken = [layout for layout in layouts if layout.is_taken]
    columns = columns_of(taken[0].headers) if taken else []
    keys = {column.key for column in columns}
    for layout in taken[1:]:
        for column in columns_of(layout.headers):
            if column.key not in keys:
                keys.add(column.key)
                columns.append(SourceColumn(len(columns), column.header, column.key))
    if len(columns) > MOST_COLUMNS:
        raise UnreadableWorkbook(
            _("The list has more than %d columns: delete those that are not needed, and send it.")
            % MOST_COLUMNS
        )
    if any(layout.headings for layout in taken):
        columns.append(SourceColumn(len(columns), _("(heading)"), HEADING))
    if len(taken) > 1:
        columns.append(SourceColumn(len(columns), _("(sheet)"), SHEET))
    return columns


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


def rows_of(layouts, columns):
    """The `SourceRow`s of the taken tables, with the values of the `all_columns`."""
    for layout in layouts:
        if layout.is_taken:
            yield from rows_of_layout(layout, columns)


def rows_of_layout(layout, columns):
    name, extra = layout.table.name, [one.key for one in columns if one.key in (HEADING, SHEET)]
    own = {column.key: column.at for column in columns_of(layout.headers)}
    places = [own.get(column.key) for column in columns[: len(columns) - len(extra)]]
    is_same, width = places == list(range(len(places))), len(places)
    heading = ""
    for number, values in layout.rows:
        if number in layout.left_out:
            if number in layout.headings:
                heading = layout.headings[number]
            continue
        if not is_same:
            values = [value_at(values, place) for place in places]
        elif len(values) != width:
            values = values[:width] + [""] * (width - len(values))
        if extra:
            values = values + [heading if key == HEADING else name for key in extra]
        yield SourceRow(name, number, values)


def value_at(values, place):
    return values[place] if place is not None and place < len(values) else ""
