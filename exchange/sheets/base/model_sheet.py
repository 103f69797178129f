"""Sheets whose rows are the rows of one model."""

import datetime

from profiles.models import City

from .dates import find_former_dates
from .rows import CHANGED, NEW, Batch
from .sheet import Sheet


class ModelSheet(Sheet):
    """A sheet whose row is one row of `model`, known by the columns marked `key`."""

    dated = False
    """Whether the model has `updated_on`, which moves with every change."""

    def __init__(self, context):
        super().__init__(context)
        self.existing = {}
        self.by_cells = None
        self.batch = Batch(self.model)
        self.redated = {}
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
        for index, name, _reader in self.layout:
            value = raw[index]
            if value == "" and not clears:
                continue
            stored = self.render_cell(instance, name)
            if isinstance(stored, datetime.date) and isinstance(value, str):
                stored = stored.isoformat()
            if value != blank_or(stored):
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

    def render_cell(self, instance, name):
        return self.fields[name].widget.render(self.current_value(instance, name), instance)

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

    def make_instance(self, values):
        """A new instance with its key filled in."""
        raise NotImplementedError

    def register_new(self, instance):
        """Let other rows refer to a new instance, even while its own row is wrong."""

    def plan_existing(self, row, instance):
        before = instance.updated_on if self.dated else None
        changed = self.assign_values(row, instance, is_new=False)
        changed |= self.follow_up(row, instance, changed)
        if not changed:
            return
        row.outcome = CHANGED
        self.check_instance(row, instance)
        if self.dated and "updated_on" not in changed:
            instance.updated_on = self.context.today
            changed.add("updated_on")
        elif self.dated and instance.updated_on < before:
            self.redated[instance.pk] = (row, instance, before)
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
        """Refuse too many rows. Take back dates from before the last change: see
        `find_former_dates`.
        """
        if getattr(self.model, "ceilings", ()):
            self.refuse_surplus(list(zip(self.new_rows, self.batch.new, strict=True)))
        earlier = {
            pk: instance.updated_on for pk, (_row, instance, _before) in self.redated.items()
        }
        for pk in find_former_dates(self.model, earlier):
            row, instance, before = self.redated[pk]
            self.forget_change(row, "updated_on")
            if row.changes:
                instance.updated_on = self.context.today
            else:
                instance.updated_on = before
                del self.batch.changed[pk]

    def added_rows(self):
        if self.model is City:
            return ()
        last = self.key_names[-1]
        return [(row, last, own) for row, own in zip(self.new_rows, self.batch.new, strict=True)]

    def batches(self):
        return [self.batch]


def blank_or(value):
    return "" if value is None else value
