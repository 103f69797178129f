"""What staff changed in a catalogue row since it was shipped."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    shipped: Any
    present: Any


def differences(row):
    """The fields of `row` that differ from the values that the loader wrote last."""
    found = []
    for name, shipped in row.shipped.items():
        if name == "retired":
            continue
        field = row._meta.get_field(name)
        present = _as_in_file(row, field)
        if field.many_to_many:
            present, shipped = sorted(present), sorted(shipped or ())
        if present != shipped:
            found.append(Difference(field.verbose_name, shipped, present))
    return found


def _as_in_file(row, field):
    """The value as the catalogue files write it: related rows by their codes."""
    value = getattr(row, field.name)
    if field.many_to_many:
        return [related.code for related in value.all()]
    return value.code if field.is_relation and value is not None else value
