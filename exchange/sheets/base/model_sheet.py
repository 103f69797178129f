"""Sheets whose rows are the rows of one model."""

import contextlib
from datetime import date
from functools import cached_property

from profiles.models import City

from ...problems import CellError
from .dates import find_former_dates
from .rows import CHANGED, NEW, Batch
from .sheet import Sheet


class ModelSheet(Sheet):
    """A sheet whose row is one row of `model`, known by the columns marked `key`."""

    dated = False
    """Whether the model has `updated_on`, which moves with every change."""

    undated = frozenset()
    """Fields whose change does not move it."""

    def __init__(self, context):
        super().__init__(context)
        self.existing = {}
        self.by_cells = None
        self.batch = Batch(self.model)
        self.new_rows = []

    # Is the row as it is stored?

    def is_as_stored(self, row):
        if self.by_cells is None:
            self.index_existing()
        raw, clears = row.raw, self.context.clears
        cells_of_key = tuple("" if at is None else raw[at] for at in self.key_indexes)
        key, instance = self.by_cells.get(cells_of_key, (None, None))
        if instance is None or key in self.seen:
            return False
        for index, name, reader in self.layout_of_values:
            cell = raw[index]
            if cell == "" and not clears:
                continue
            rendered = blank_or(self.render_cell(instance, name))
            if cell == rendered or reader.widget.says(cell, rendered):
                continue
            if name != "updated_on" or not self.is_former_date(instance, reader, cell):
                return False
        self.seen[key] = row.number
        return True

    def index_existing(self):
        """Index the stored rows by their key cells as an export writes them."""
        names = self.key_names
        self.by_cells = {
            tuple(blank_or(self.render_cell(instance, name)) for name in names): (key, instance)
            for key, instance in self.existing.items()
        }
        self.key_indexes = [self.index.get(name) for name in names]
        self.layout_of_values = [
            (index, name, reader)
            for index, name, reader in self.layout
            if not self.fields[name].is_key
        ]

    def render_cell(self, instance, name):
        return self.fields[name].widget.render(self.current_value(instance, name), instance)

    def is_former_date(self, instance, reader, cell):
        """Whether a cell has a date of before, and nothing has to be said about the cell."""
        with contextlib.suppress(CellError):
            day = reader.clean(cell)
            if not self.context.said:
                return self.had_date(instance, day)
        self.context.said.clear()
        return False

    def had_date(self, instance, day):
        """Whether a stored row had this last update before its present one."""
        return day < instance.updated_on and (instance.pk, day) in self.former_dates

    @cached_property
    def former_dates(self):
        return find_former_dates(self.model, {row.pk for row in self.existing.values()})

    # Which stored row is it, or is it new?

    def plan_row(self, row):
        if not self.has_key(row):
            self.check_values(row)
            return
        key = self.key_from(row.values)
        if not self.claim_key(row, key):
            self.check_values(row)
            return
        instance = self.existing.get(key)
        if instance is None:
            self.plan_new(row)
        else:
            self.plan_existing(row, instance)

    def key_from(self, values):
        """The key of a row in `existing`, from its cleaned values."""
        raise NotImplementedError

    # What becomes of it

    def plan_new(self, row):
        row.outcome = NEW
        instance = self.make_instance(row.values)
        self.register_new(instance)
        self.has_all(row, [name for name, column in self.fields.items() if column.required])
        for name in self.key_names:
            if name in row.values:
                self.is_valid(row, instance, name)
        changed = self.assign_values(row, instance, is_new=True)
        self.follow_up(row, instance, changed)
        self.check_instance(row, instance)
        if not self.is_wrong(row):
            self.batch.create(instance)
            self.new_rows.append(row)
            self.undated_rows += self.dated and row.values.get("updated_on") is None

    def make_instance(self, values):
        """A new instance with its key filled in."""
        raise NotImplementedError

    def register_new(self, instance):
        """Let other rows refer to a new instance, even while its own row is wrong."""

    def plan_existing(self, row, instance):
        if self.dated and self.had_date(instance, row.values.get("updated_on", date.max)):
            del row.values["updated_on"]
        changed = self.assign_values(row, instance, is_new=False)
        changed |= self.follow_up(row, instance, changed)
        if not changed:
            return
        row.outcome = CHANGED
        self.check_instance(row, instance)
        if self.dated and "updated_on" not in changed and not changed <= self.undated:
            instance.updated_on = self.context.today
            changed.add("updated_on")
        self.batch.update(instance, changed)

    def assign_values(self, row, instance, *, is_new):
        """Assign all values of the row; the names of the model's fields that change."""
        return {
            self.fields[name].field_name
            for name in self.value_names(row)
            if self.assign(row, instance, name, is_new=is_new)
        }

    def value_names(self, row):
        """The columns of the row to assign, in their order."""
        return [name for name in row.values if not self.fields[name].is_key]

    def follow_up(self, row, instance, changed):
        """Change what follows from the changed fields; the names of those that change with them."""
        return set()

    # When all rows have been read

    def finish_plan(self):
        """Refuse too many rows."""
        if getattr(self.model, "ceilings", ()):
            self.refuse_surplus(list(zip(self.new_rows, self.batch.new, strict=True)))

    def added_rows(self):
        if self.model is City:
            return ()
        last = self.key_names[-1]
        return [(row, last, own) for row, own in zip(self.new_rows, self.batch.new, strict=True)]

    def batches(self):
        return [self.batch]


def blank_or(value):
    return "" if value is None else value
