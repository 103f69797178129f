"""A statement together with the rows of a sheet that describe it."""

from dataclasses import dataclass, field

from actions.models import Statement


@dataclass(slots=True)
class Group:
    """A statement, its values, and the rows of the sheet that describe it.

    `values` and `row_by_measure`: by the codes of the figures, new values too.
    `given`: column → (number of the first row that fills it in, its value, the stored one).
    `before`: code of a figure → the stored value that is changed or deleted; None: new.
    """

    statement: Statement
    is_new: bool
    values: dict
    was_updated_on: object
    rows: list = field(default_factory=list)
    row_by_measure: dict = field(default_factory=dict)
    given: dict = field(default_factory=dict)
    changed: set = field(default_factory=set)
    before: dict = field(default_factory=dict)
    values_changed: bool = False

    def stored_values(self):
        """The values as they are stored."""
        return [value for value in {**self.values, **self.before}.values() if value is not None]
