"""What becomes of the rows of a sheet, and the rows of a model that it will write."""

from dataclasses import dataclass

from profiles.changes import create_in_bulk, delete_in_bulk, update_in_bulk

NEW, CHANGED, UNCHANGED, WRONG = OUTCOMES = ("new", "changed", "unchanged", "wrong")
"""What an import does with a row, in the order in which people are told the numbers."""


@dataclass(slots=True)
class PlannedRow:
    """A row of the workbook and what becomes of it.

    `raw` and `values` (before and after cleaning) are kept while planning only. `changes` of a
    stored row: (header, old, new), as they are written into cells.
    """

    number: int
    values: dict | None
    raw: list | None
    outcome: str = UNCHANGED
    changes: list = None


class Batch:
    """Rows of one model to be written at once, in the order in which they were planned."""

    def __init__(self, model):
        self.model = model
        self.new = []
        self.changed = {}
        self.deleted = []
        self.fields = set()

    def create(self, instance):
        self.new.append(instance)

    def update(self, instance, fields):
        self.changed[instance.pk] = instance
        self.fields.update(fields)

    def delete(self, instance):
        self.deleted.append(instance)

    def save(self):
        if self.deleted:
            delete_in_bulk(self.model, self.deleted)
        if self.new:
            create_in_bulk(self.model, self.new)
        if self.changed:
            update_in_bulk(self.model, list(self.changed.values()), self.fields)

    @property
    def instances(self):
        return [*self.new, *self.changed.values(), *self.deleted]
