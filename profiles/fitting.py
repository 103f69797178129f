"""Finds what keeps rows of the past from being written again as they were."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, UniqueConstraint, Value

CHUNK = 500
"""Values in one query: a database takes only so many."""


@dataclass(frozen=True, slots=True)
class UniqueKey:
    """The attributes that no two rows share, of those rows to which `condition` applies."""

    names: tuple
    condition: Q | None
    message: str

    def of(self, row):
        """The key of `row`; None where it cannot be the same as another one."""
        key = tuple(getattr(row, name) for name in self.names)
        return None if None in key else key

    def applies_to(self, row):
        if self.condition is None:
            return True
        fields = row._meta.concrete_fields
        return self.condition.check(
            {field.name: Value(getattr(row, field.attname), field) for field in fields}
        )


def unique_keys(model):
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            gaps = {"model_name": model._meta.verbose_name, "field_label": field.verbose_name}
            yield UniqueKey((field.attname,), None, field.error_messages["unique"] % gaps)
    for one in model._meta.constraints:
        if isinstance(one, UniqueConstraint) and one.fields:
            names = tuple(model._meta.get_field(name).attname for name in one.fields)
            yield UniqueKey(names, one.condition, one.get_violation_error_message())


def taken_keys(model, rows, leaving=frozenset()):
    """(row, `UniqueKey`, primary key of the stored row that has it) for each key that is taken.

    `rows`: what is to be written; `leaving`: the primary keys of stored rows that will be gone or
    rewritten.
    """
    for key in unique_keys(model):
        wanted = defaultdict(list)
        for row in rows:
            if (value := key.of(row)) is not None:
                wanted[value].append(row)
        stored = model._base_manager.filter(key.condition or Q()).order_by()
        first = sorted({value[0] for value in wanted})
        for some in chunks(first):
            found = stored.filter(**{f"{key.names[0]}__in": some}).values_list("pk", *key.names)
            for pk, *value in found:
                for row in () if pk in leaving else wanted.get(tuple(value), ()):
                    if row.pk != pk and key.applies_to(row):
                        yield row, key, pk


@dataclass(frozen=True, slots=True)
class Lost:
    """A reference of `row` to a row that is no longer there."""

    row: Model
    field: Any
    target: int


def lost_references(model, rows, coming=None):
    """The `Lost` references of `rows` that are to be written.

    `coming`: model → the primary keys of rows that will be there as well.
    """
    for field in model._meta.concrete_fields:
        if not field.is_relation or not field.db_constraint:
            continue
        target = field.related_model
        keys = {getattr(row, field.attname) for row in rows} - {None}
        lost = keys - set((coming or {}).get(target, ()))
        for some in chunks(sorted(lost)):
            lost -= set(target._base_manager.filter(pk__in=some).values_list("pk", flat=True))
        for row in rows:
            if getattr(row, field.attname) in lost:
                yield Lost(row, field, getattr(row, field.attname))


def chunks(values):
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
