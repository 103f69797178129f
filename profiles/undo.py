"""Takes back all that one change set wrote, from the history, or refuses and changes nothing.

Rows that it added are deleted, rows that it changed get their former values, rows that it deleted
come back under their old primary keys; history records all of that. The undo is refused if it
would lose later work: if somebody has changed one of the rows since, or if a row from outside the
change set refers to a row that it added.
"""

from collections import defaultdict

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import DO_NOTHING, prefetch_related_objects
from django.db.models.deletion import get_candidate_relations_to_delete
from django.utils.translation import gettext as _

from .changes import (
    create_in_bulk,
    delete_in_bulk,
    link_in_bulk,
    lock,
    path_to_city,
    recorded_models,
    update_in_bulk,
)
from .models import City, PublicCity

BATCH = 1000
"""Rows that are read and written at a time."""

NAMED = 100
"""At most so many of the rows that prevent an undo are named in the error."""


class NotUndone(RuntimeError):
    """The undo was refused. `rows`: the rows that prevent it by name; `count`: their number."""

    def __init__(self, rows, count=None):
        super().__init__(", ".join(rows))
        self.rows = rows
        self.count = len(rows) if count is None else count


class StillPublic(NotUndone):
    """The undo would delete cities that are public."""


def undo(change_set):
    """Take back what `change_set` wrote, as part of the current recording. Raises NotUndone."""
    lock(City.objects.filter(pk__in=cities_of(change_set)))
    by_model = changes_by_model(change_set)
    if public := public_cities(by_model):
        raise StillPublic([row_label(City, pk) for pk in public[:NAMED]], len(public))
    raise_if_any(rows_in_the_way(by_model))
    take_back(by_model)


def take_back(by_model):
    """Take back these `ModelChanges` or parts of them; nothing prevents it."""
    # `recorded_models` gives parents first: delete children before them, create them before.
    for changes in reversed(by_model):
        changes.delete_new()
    for changes in by_model:
        changes.recreate_removed()
        changes.restore_changed()


def changes_by_model(change_set):
    """The `ModelChanges` of each model of which the change set wrote rows."""
    by_model = [ModelChanges(model, change_set) for model in recorded_models()]
    return [changes for changes in by_model if changes.ids]


def public_cities(by_model):
    """The keys of the cities that an undo of these `ModelChanges` would delete and that are public:
    staff withdraw them first.
    """
    new = [pk for changes in by_model if changes.model is City for pk in changes.new]
    public = PublicCity.objects.public().filter(pk__in=new).order_by("pk")
    return list(public.values_list("pk", flat=True))


def rows_in_the_way(by_model):
    """The rows that prevent an undo of these `ModelChanges`, as `raise_if_any` takes them."""
    changed = [row for changes in by_model for row in changes.changed_since()]
    return changed or [
        (model, pk, None)
        for model, pk in referring_rows_outside(
            {changes.model: changes.new for changes in by_model},
            restored={changes.model: changes.changed for changes in by_model},
        )
    ]


def cities_of(change_set):
    return {
        city_id
        for model in recorded_models()
        for city_id in model.history.filter(change_set=change_set)
        .order_by()
        .values_list(path_to_city(model), flat=True)
        .distinct()
        if city_id is not None
    }


def raise_if_any(rows):
    """Raise NotUndone if there are `rows`: (model, primary key, newest record or None) of each."""
    if rows:
        raise NotUndone([row_label(*row) for row in rows[:NAMED]], len(rows))


def row_label(model, pk, record=None):
    kind = model._meta.verbose_name
    row = model._base_manager.filter(pk=pk).first()
    words = _("%(kind)s “%(row)s”") if row else _("%(kind)s “%(row)s” (removed since)")
    try:
        return words % {"kind": kind, "row": row or (record and record.instance)}
    except ObjectDoesNotExist:
        return _("%s (removed since, with the row to which it belonged)") % kind


def linked_fields(model):
    """The names of the many-to-many fields of which there is history."""
    return getattr(model, "_history_m2m_fields", ())


def records_with_links(model, ids):
    """The records with these history `ids`; `links`: field → the primary keys of its rows then."""
    found = {record.history_id: record for record in model.history.filter(history_id__in=ids)}
    for record in found.values():
        record.links = {name: set() for name in linked_fields(model)}
    for name in linked_fields(model):
        field = model._meta.get_field(name)
        past = getattr(model.history.model, name).model
        pairs = past.objects.filter(history__in=ids).values_list(
            "history", field.m2m_reverse_name()
        )
        for at, target in pairs:
            found[at].links[name].add(target)
    return list(found.values())


def values_of(model, record):
    """What a history record says of its row, as arguments of `model`."""
    return {
        field.attname: getattr(record, field.attname)
        for field in model.history.model.tracked_fields
    }


def row_of(model, record):
    """The row as it was, not saved; its search texts are computed when it is."""
    return model(**values_of(model, record))


class ModelChanges:
    """What a change set did to the rows of one model.

    `new`, `changed`, `removed`: sets of the rows' ids. `first`, `last`: row id → the first and the
    last record of this change set, as (history id, row id, history type). `before`, `after`: row
    id → history id of the last record before the change set, and of the newest one after it.
    """

    def __init__(self, model, change_set):
        self.model = model
        self.records = model.history.filter(change_set=change_set)
        self.first, self.last = {}, {}
        for row in self.records.order_by("history_id").values_list(
            "history_id", "id", "history_type"
        ):
            self.first.setdefault(row[1], row)
            self.last[row[1]] = row
        self.ids = list(self.first)
        added = {pk for pk, row in self.first.items() if row[2] == "+"}
        deleted = {pk for pk, row in self.last.items() if row[2] == "-"}
        self.new, self.removed = added - deleted, deleted - added
        self.changed = self.first.keys() - added - deleted
        self.before, self.after = {}, {}
        self.find_neighbours(change_set)

    def find_neighbours(self, change_set):
        for batch in batches(self.ids):
            others = self.model.history.filter(id__in=batch).exclude(change_set=change_set)
            for at, pk in others.order_by("history_id").values_list("history_id", "id"):
                (self.before if at < self.first[pk][0] else self.after)[pk] = at

    # What prevents an undo

    def changed_since(self):
        """(model, id, newest record) of the rows that are not as the change set left them."""
        for batch in batches(self.after):
            written = self.records_of([self.last[pk][0] for pk in batch])
            newest = self.records_of([self.after[pk] for pk in batch])
            for pk in batch:
                if not self.are_same_state(written[pk], newest[pk]):
                    yield self.model, pk, newest[pk]
        # Without an earlier record nobody knows what to restore.
        for pk in self.changed - self.before.keys():
            yield self.model, pk, None

    def records_of(self, ids):
        """Row id → the record with one of these history `ids`, with its many-to-many `links`."""
        return {record.id: record for record in records_with_links(self.model, ids)}

    @property
    def linked(self):
        return linked_fields(self.model)

    def are_same_state(self, one, other):
        """Whether two records hold the same: both a deletion, or the same values and links."""
        if "-" in (one.history_type, other.history_type):
            return one.history_type == other.history_type
        before, after = self.field_values(one), self.field_values(other)
        if self.model is City and one.id in self.new:
            # A new city must be withdrawn before it is deleted again.
            for name in ("is_withdrawn", "withdrawal_note"):
                before[name] = after[name] = None
        return before == after and one.links == other.links

    def field_values(self, record):
        return values_of(self.model, record)

    # Taking back

    @property
    def parents(self):
        """The look-up from a row of this model to its parents below the city; empty for none."""
        return "" if self.model is City else self.model.city_path.rpartition("__")[0]

    def stored_rows(self, ids):
        rows = self.model._base_manager.filter(pk__in=ids).order_by("pk")
        return list(rows.select_related(self.parents) if self.parents else rows)

    def delete_new(self):
        """Delete the rows that the change set added; only links still refer to them."""
        for batch in batches(self.new):
            for relation in relations_to(self.model):
                if relation.related_model._meta.auto_created:
                    rows_referring(relation, batch).delete()
            delete_in_bulk(self.model, self.stored_rows(batch))

    def recreate_removed(self):
        for batch in batches(self.removed):
            records = self.records_of([self.before.get(pk, self.first[pk][0]) for pk in batch])
            rows = [row_of(self.model, record) for record in records.values()]
            if self.parents:
                prefetch_related_objects(rows, self.parents)
            create_in_bulk(self.model, rows)
            self.restore_links(records)

    def restore_changed(self):
        """Give the changed rows the values of their record before the change set."""
        for batch in batches(self.changed):
            records = self.records_of([self.before[pk] for pk in batch])
            rows, fields = self.stored_rows(batch), set()
            for row in rows:
                for name, value in self.field_values(records[row.pk]).items():
                    if getattr(row, name) != value:
                        setattr(row, name, value)
                        fields.add(self.model._meta.get_field(name).name)
            update_in_bulk(self.model, rows, fields)
            self.restore_links(records)

    def restore_links(self, records):
        for name in self.linked:
            link_in_bulk(self.model, name, {pk: row.links[name] for pk, row in records.items()})


def referring_rows_outside(deleted, restored=None):
    """(model, primary key) of rows that refer to rows of `deleted` and are not in it themselves.

    `deleted`: model → the primary keys of rows to delete. `restored`: likewise of rows that get
    their former values back; those cannot refer to rows that did not exist then.
    """
    inside = [deleted, restored or {}]
    outside = defaultdict(set)
    for model, ids in deleted.items():
        for relation in relations_to(model):
            related = relation.related_model
            if related._meta.auto_created:
                continue
            for batch in batches(ids):
                referred = rows_referring(relation, batch).order_by().values_list("pk", flat=True)
                outside[related].update(
                    set(referred).difference(*(rows.get(related, ()) for rows in inside))
                )
    return [(model, pk) for model, ids in outside.items() for pk in sorted(ids)]


def relations_to(model):
    """The relations that refer to rows of `model`, except those of history, which is kept."""
    return [
        relation
        for relation in get_candidate_relations_to_delete(model._meta)
        if relation.on_delete is not DO_NOTHING
    ]


def rows_referring(relation, ids):
    return relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})


def batches(ids):
    ids = sorted(ids)
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
