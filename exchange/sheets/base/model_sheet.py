"""Sheets whose rows are the rows of one model."""

import datetime

from .dates import stored_before
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

    def key(self, values):
        """What `existing` knows a row by, from cleaned values."""
        raise NotImplementedError

    def make(self, values):
        """A new instance with its key filled in."""
        raise NotImplementedError

    def load_index(self):
        """Stored rows by their key cells as an export writes them, made when first asked for."""
        names = self.key_names()
        self.by_cells = {
            tuple(blank_or(self.written(instance, name)) for name in names): (key, instance)
            for key, instance in self.existing.items()
        }
        self.key_places = [self.index.get(name) for name in names]

    def written(self, instance, name):
        return self.fields[name].widget.render(self.present(instance, name), instance)

    def is_as_stored(self, row):
        if self.by_cells is None:
            self.load_index()
        raw, clears = row.raw, self.context.clears
        cells_of_key = tuple("" if at is None else raw[at] for at in self.key_places)
        key, instance = self.by_cells.get(cells_of_key, (None, None))
        if instance is None or key in self.seen:
            return False
        for index, name, _clean in self.layout:
            value = raw[index]
            if value == "" and not clears:
                continue
            stored = self.written(instance, name)
            if isinstance(stored, datetime.date) and isinstance(value, str):
                stored = stored.isoformat()
            if value != blank_or(stored):
                return False
        self.seen[key] = row.number
        return True

    def plan_row(self, row):
        if not self.is_named(row):
            return
        key = self.key(row.values)
        if not self.first_of(row, key):
            return
        instance = self.existing.get(key)
        if instance is None:
            self.plan_new(row, key)
        else:
            self.plan_existing(row, instance)

    def plan_new(self, row, key):
        row.state = NEW
        instance = self.make(row.values)
        self.planned(key, instance)
        required = [name for name, column in self.fields.items() if column.required]
        if not self.needs(row, required):
            return
        for name in self.key_names():
            if name in row.values:
                self.is_valid(row, instance, name)
        changed = {
            self.fields[name].field_name
            for name in self.value_names(row)
            if self.assign(row, instance, name, is_new=True)
        }
        self.follow_up(row, instance, changed)
        if not self.is_wrong(row):
            self.check(row, instance)
        if not self.is_wrong(row):
            self.batch.create(instance)

    def follow_up(self, row, instance, changed):
        """Do what follows from the assigned fields `changed`; the names of others that change."""
        return set()

    def planned(self, key, instance):
        """A new instance that other rows may refer to, even while its own row is wrong."""

    def plan_existing(self, row, instance):
        before = instance.updated_on if self.dated else None
        changed = {
            self.fields[name].field_name
            for name in self.value_names(row)
            if self.assign(row, instance, name, is_new=False)
        }
        changed |= self.follow_up(row, instance, changed)
        if not changed:
            return
        row.state = CHANGED
        if not self.is_wrong(row):
            self.check(row, instance)
        if self.dated and "updated_on" not in changed:
            instance.updated_on = self.context.today
            changed.add("updated_on")
        elif self.dated and instance.updated_on < before:
            self.redated[instance.pk] = (row, instance, before)
        self.batch.update(instance, changed)

    def settle(self):
        """A date from before the last change is no correction of it: see `stored_before`."""
        earlier = {
            pk: instance.updated_on for pk, (_row, instance, _before) in self.redated.items()
        }
        for pk in stored_before(self.model, earlier):
            row, instance, before = self.redated[pk]
            self.forget_change(row, "updated_on")
            if row.changes:
                instance.updated_on = self.context.today
            else:
                instance.updated_on = before
                del self.batch.changed[pk]

    def value_names(self, row):
        return [name for name in row.values if not self.fields[name].key]

    def batches(self):
        return [self.batch]


def blank_or(value):
    return "" if value is None else value
