"""Sheets whose rows are known by what they lead to: a link, a file, a resource; exactly one."""

from ...lookups.file_names import NamedFile, RowsByFile
from .model_sheet import ModelSheet


class TargetSheet(ModelSheet):
    """The columns marked `either` hold the target; rows of one `place` never share one."""

    def __init__(self, context):
        super().__init__(context)
        self.by_file = RowsByFile()
        self.by_target = {}

    def place(self, values):
        """Where a row stands, from cleaned values: in a city, on a step of it."""
        raise NotImplementedError

    def add_existing(self, place, row):
        self.existing[place, row.pk] = row
        for name in self.either_names():
            target = self.present(row, name)
            if target:
                self.by_target[place, name, identity(target)] = row
                if name in self.file_names():
                    self.by_file.add(place, target, row)

    def file_names(self):
        return [name for name in self.either_names() if name in FILES]

    def key(self, values):
        place, name = self.place(values), self.target_name(values)
        target = values[name]
        if isinstance(target, NamedFile):
            stored = self.by_file.find(place, target)
        else:
            stored = self.by_target.get((place, name, identity(target)))
        return (place, name, identity(target)) if stored is None else (place, stored.pk)

    def target_name(self, values):
        return next(name for name in self.either_names() if name in values)

    def with_target(self, instance, values):
        name = self.target_name(values)
        column = self.fields[name]
        setattr(instance, column.field_name, column.widget.kept(values[name]))
        return instance

    def value_names(self, row):
        """A file too: another one may have been sent under the name by which the row is known."""
        return [*(n for n in self.file_names() if n in row.values), *super().value_names(row)]

    def write(self):
        self.context.files.write()
        super().write()

    def is_as_stored(self, row):
        """What was sent with the workbook has to be looked at, whatever it is called."""
        if self.context.files.enclosed is not None:
            late = (self.index[name] for name in FILES if name in self.index)
            if any(row.raw[at] != "" for at in late):
                return False
        return super().is_as_stored(row)


FILES = ("file", "cover")
"""Columns with the name of a file."""


def identity(target):
    """What tells a target from others, also one that is not stored yet."""
    if isinstance(target, NamedFile):
        target = target.upload
    if isinstance(target, str):
        return target
    return target.pk if target.pk is not None else ("new", id(target))
