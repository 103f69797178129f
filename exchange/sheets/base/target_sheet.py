"""Sheets whose rows are known by their target: a link, a file or a resource."""

from ...lookups.file_names import NamedFile, RowsByFile
from .model_sheet import ModelSheet

FILES = ("file", "cover")
"""Columns with the name of a file."""


class TargetSheet(ModelSheet):
    """The columns marked `one_of` hold the target, of which a row has exactly one.

    Rows with the same parent (a city, a step of a city) have different targets.
    """

    def __init__(self, context):
        super().__init__(context)
        self.by_file = RowsByFile()
        self.by_target = {}

    def add_existing(self, parent, instance):
        """For `load_existing`: note a stored row by its target."""
        self.existing[parent, instance.pk] = instance
        for name in self.one_of_names:
            target = self.current_value(instance, name)
            if target:
                self.by_target[parent, name, identity(target)] = instance
                if name in FILES:
                    self.by_file.add(parent, target, instance)

    def is_as_stored(self, row):
        """Never where a cell names a file and files were sent: its content may be another."""
        if self.context.files.enclosed is not None:
            named = (self.index[name] for name in FILES if name in self.index)
            if any(row.raw[at] != "" for at in named):
                return False
        return super().is_as_stored(row)

    def key_from(self, values):
        parent, name = self.parent_key(values), self.target_column(values)
        target = values[name]
        if isinstance(target, NamedFile):
            stored = self.by_file.find(parent, target)
        else:
            stored = self.by_target.get((parent, name, identity(target)))
        return (parent, name, identity(target)) if stored is None else (parent, stored.pk)

    def parent_key(self, values):
        """What the row belongs to, from its cleaned values."""
        raise NotImplementedError

    def target_column(self, values):
        return next(name for name in self.one_of_names if name in values)

    def set_target(self, instance, values):
        """For `make_instance`: put the row's target into a new instance."""
        name = self.target_column(values)
        column = self.fields[name]
        setattr(instance, column.field_name, column.widget.field_value(values[name]))
        return instance

    def value_names(self, row):
        """A file too, though it is a key: another one may have been sent under its name."""
        keys = [name for name in self.one_of_names if name in FILES and name in row.values]
        return [*keys, *super().value_names(row)]

    def save(self):
        self.context.files.save()
        super().save()


def identity(target):
    """A value that tells a target from others, also one that is not stored yet."""
    if isinstance(target, NamedFile):
        target = target.upload
    if isinstance(target, str):
        return target
    return target.pk if target.pk is not None else ("new", id(target))
