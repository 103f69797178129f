"""Small lists that are mapped, without a file and a database."""

from exchange.mapping.columns.use import Use
from exchange.mapping.constants import Constants
from exchange.mapping.draft import Draft
from exchange.mapping.table.layout import SourceRow, columns_of
from exchange.mapping.table.tables import Book
from exchange.models.mapping import Target


def list_of(target, fields, *rows, separators=None, type_column="", **decisions):
    """The `Draft` of rows. `fields`: header → code of its field; `decisions`: of the steps."""
    draft = Draft("", "list.csv", decisions, None)
    columns = columns_of(list(fields))
    uses = [
        Use(column, fields[column.header], separator=(separators or {}).get(column.header, ""))
        for column in columns
    ]
    draft.__dict__.update(
        book=Book([]),
        target=Target(target),
        columns=columns,
        uses=uses,
        rows=[SourceRow("list", number, list(row)) for number, row in enumerate(rows, start=2)],
        constants=Constants(type_column=type_column),
    )
    return draft


def column_of(field, cells, header="Value", target="actions", decided=None):
    """The `Draft` of one column with these cells."""
    decisions = {"formats": {header.casefold(): decided}} if decided else {}
    return list_of(target, {header: field}, *([cell] for cell in cells), **decisions)


def format_of(field, cells, header="Value", target="actions", decided=None):
    """The `Format` of one column with these cells."""
    draft = column_of(field, cells, header, target, decided)
    return draft.formats[header.casefold()]
