"""Takes back what one change set wrote, as its history tells it: all of it, or nothing.

New rows are removed, changed rows get the values that they had before, removed rows come back under
their old primary keys, and all of that is history again. Nobody's later work is lost: a row that
is no longer as the change set left it, or a new row to which somebody has added, stands in the way.
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
from .models import City

BATCH = 1000
"""Rows that are read and written at a time."""

NAMED = 100
"""Rows in the way that are called by name."""


class NotUndone(RuntimeError):
    """Nothing was taken back. `rows` names what stands in the way, `count` says how much it is."""

    def __init__(self, rows, count=None):
        super().__init__(", ".join(rows))
        self.rows = rows
        self.count = len(rows) if count is None else count


def undo(change_set):
    """Take back what `change_set` wrote, as part of the current recording. Raises NotUndone."""
    lock(City.objects.filter(pk__in=cities_of(change_set)))
    parts = [part for part in (Part(model, change_set) for model in recorded_models()) if part.ids]
    refuse([row for part in parts for row in part.overtaken()])
    refuse(
        strangers(
            {part.model: part.new for part in parts},
            going_back={part.model: part.changed for part in parts},
        )
    )
    for part in reversed(parts):
        part.remove()
    for part in parts:
        part.bring_back()
        part.restore()


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


def refuse(rows):
    """`rows`: (model, primary key, its last record or None) of all that stand in the way."""
    if rows:
        raise NotUndone([named(*row) for row in rows[:NAMED]], len(rows))


def named(model, pk, record=None):
    kind = model._meta.verbose_name
    row = model._base_manager.filter(pk=pk).first()
    words = _("%(kind)s “%(row)s”") if row else _("%(kind)s “%(row)s” (removed since)")
    try:
        return words % {"kind": kind, "row": row or (record and record.instance)}
    except ObjectDoesNotExist:
        return _("%s (removed since, with the row to which it belonged)") % kind


class Part:
    """What a change set did to the rows of one model: `new`, `changed` and `removed` ones by id.

    `before` and `after`: the ids of a row's nearest records that are not of this change set.
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
        came = {pk for pk, row in self.first.items() if row[2] == "+"}
        went = {pk for pk, row in self.last.items() if row[2] == "-"}
        self.new, self.removed = came - went, went - came
        self.changed = self.first.keys() - came - went
        self.before, self.after = {}, {}
        self.find_neighbours(change_set)

    def find_neighbours(self, change_set):
        for some in batches(self.ids):
            others = self.model.history.filter(id__in=some).exclude(change_set=change_set)
            for at, pk in others.order_by("history_id").values_list("history_id", "id"):
                (self.before if at < self.first[pk][0] else self.after)[pk] = at

    # What stands in the way

    def overtaken(self):
        """(model, id, record) of the rows that are not as the change set left them."""
        for some in batches(self.after):
            written = self.records_of([self.last[pk][0] for pk in some])
            newest = self.records_of([self.after[pk] for pk in some])
            for pk in some:
                if not self.same(written[pk], newest[pk]):
                    yield self.model, pk, newest[pk]
        for pk in self.changed - self.before.keys():
            yield self.model, pk, None

    def records_of(self, ids):
        """Row id → the record among `ids`, with its `links`."""
        found = {record.id: record for record in self.model.history.filter(history_id__in=ids)}
        for record in found.values():
            record.links = {name: set() for name in self.linked}
        for name in self.linked:
            field = self.model._meta.get_field(name)
            past = getattr(self.model.history.model, name).model
            pairs = past.objects.filter(history__in=ids).values_list(
                field.m2m_column_name(), field.m2m_reverse_name()
            )
            for pk, target in pairs:
                found[pk].links[name].add(target)
        return found

    @property
    def linked(self):
        """The names of the many-to-many fields of which there is history."""
        return getattr(self.model, "_history_m2m_fields", ())

    def same(self, one, other):
        """Whether two records tell of the same row: removed in both, or with the same values."""
        if "-" in (one.history_type, other.history_type):
            return one.history_type == other.history_type
        return self.values(one) == self.values(other) and one.links == other.links

    def values(self, record):
        return {
            field.attname: getattr(record, field.attname)
            for field in self.model.history.model.tracked_fields
        }

    # Taking back

    @property
    def parents(self):
        """The look-up to the rows between one of this model and its city."""
        return "" if self.model is City else self.model.city_path.rpartition("__")[0]

    def stored(self, ids):
        rows = self.model._base_manager.filter(pk__in=ids).order_by("pk")
        return list(rows.select_related(self.parents) if self.parents else rows)

    def remove(self):
        """Remove the rows that were new; nothing refers to them any more."""
        for some in batches(self.new):
            for relation in relations_to(self.model):
                if relation.related_model._meta.auto_created:
                    referring(relation, some).delete()
            delete_in_bulk(self.model, self.stored(some))

    def bring_back(self):
        for some in batches(self.removed):
            records = self.records_of([self.before.get(pk, self.first[pk][0]) for pk in some])
            rows = [self.model(**self.values(record)) for record in records.values()]
            if self.parents:
                prefetch_related_objects(rows, self.parents)
            create_in_bulk(self.model, rows)
            self.link(records)

    def restore(self):
        """Give the changed rows the values of their record before."""
        for some in batches(self.changed):
            records = self.records_of([self.before[pk] for pk in some])
            rows, fields = self.stored(some), set()
            for row in rows:
                for name, value in self.values(records[row.pk]).items():
                    if getattr(row, name) != value:
                        setattr(row, name, value)
                        fields.add(self.model._meta.get_field(name).name)
            update_in_bulk(self.model, rows, fields)
            self.link(records)

    def link(self, records):
        for name in self.linked:
            link_in_bulk(self.model, name, {pk: row.links[name] for pk, row in records.items()})


def strangers(gone, going_back=None):
    """(model, primary key) of rows that refer to rows of `gone` and are not in it themselves.

    `gone`: model → the primary keys of rows that are to be removed. `going_back`: likewise of rows
    that get their values from before, when none of those rows was there to refer to.
    """
    leave = [gone, going_back or {}]
    found = defaultdict(set)
    for model, ids in gone.items():
        for relation in relations_to(model):
            related = relation.related_model
            if related._meta.auto_created:
                continue
            for some in batches(ids):
                referred = referring(relation, some).order_by().values_list("pk", flat=True)
                found[related].update(
                    set(referred).difference(*(rows.get(related, ()) for rows in leave))
                )
    return [(model, pk) for model, ids in found.items() for pk in sorted(ids)]


def relations_to(model):
    """What refers to rows of `model`, but for history, which outlives them."""
    return [
        relation
        for relation in get_candidate_relations_to_delete(model._meta)
        if relation.on_delete is not DO_NOTHING
    ]


def referring(relation, ids):
    return relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})


def batches(ids):
    ids = sorted(ids)
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
