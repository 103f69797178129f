"""A statement as the rows of a sheet tell it."""

from dataclasses import dataclass, field

from actions.models import Statement


@dataclass(slots=True)
class Group:
    """A statement and what the rows of the sheet say about it.

    `values` by the primary keys of their measures, also those to be; `row_of` likewise.
    """

    statement: Statement
    is_new: bool
    values: dict
    was_updated_on: object
    rows: list = field(default_factory=list)
    row_of: dict = field(default_factory=dict)
    said: dict = field(default_factory=dict)
    changed: set = field(default_factory=set)
    values_changed: bool = False
