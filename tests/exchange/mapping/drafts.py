"""Drafts of lists that no file holds."""

from exchange.mapping.columns.use import Use
from exchange.mapping.constants import Constants
from exchange.mapping.draft import Draft
from exchange.mapping.places.known_cities import KnownCities, KnownCity
from exchange.mapping.table.layout import SourceRow, columns_of
from exchange.mapping.table.tables import Book
from exchange.models.mapping import Target


def make_draft(target, headers, rows, *, decisions=None, user=None, cities=None, **constants):
    """A draft of rows under `headers`: header → the field that its column becomes, or a `Use`'s
    options. `cities`: (address, name, country) of those that are here, instead of the stored ones.
    """
    draft = Draft("list.csv", "list.csv", decisions or {}, user)
    columns = columns_of(list(headers))
    uses = [
        Use(column, **(options if isinstance(options, dict) else {"field": options}))
        for column, options in zip(columns, headers.values(), strict=True)
    ]
    parts = {
        "book": Book([]),
        "columns": columns,
        "rows": [SourceRow("Sheet", at, list(row)) for at, row in enumerate(rows, start=2)],
        "target": Target(target),
        "uses": uses,
        "constants": Constants(**constants),
    }
    if cities is not None:
        known = KnownCities(user)
        known.__dict__["former"] = {}
        known.__dict__["cities"] = {slug: KnownCity(slug, name, "", c) for slug, name, c in cities}
        parts["known_cities"] = known
    draft.__dict__.update(parts)
    return draft
