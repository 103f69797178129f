"""A row with all that belongs to it, as they were after an earlier change set."""

from dataclasses import dataclass

from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .ceilings import beyond_ceilings
from .changes import create_in_bulk, delete_in_bulk, rewrite_in_bulk, update_in_bulk
from .deleted import brought_back, lost_words, models_below, parent_of, taken_words
from .fitting import lost_references, taken_keys
from .undo import referring_rows_outside, row_label, row_of, values_of


@dataclass
class Difference:
    """How the rows of one model differ from what they were then.

    `coming`, `going`: rows that were there then alone, and that are there now alone. `changed`: the
    rows with their former values. `then`, `now`: primary key → history record.
    """

    model: type
    coming: list
    going: list
    changed: list
    then: dict
    now: dict


class WholeVersion:
    """The version of `row` after the change set with the key `at`.

    `kept`: the names of fields of `row` that keep their present value.
    """

    def __init__(self, row, at, kept=()):
        self.row, self.at = row, at
        self.kept = {row._meta.get_field(name).attname for name in kept}
        self.model = type(row)
        self.differences = self.find_differences()

    def find_differences(self):
        ids = {self.model: {self.row.pk}}
        found = [self.difference(self.model, self.model.history.filter(id=self.row.pk))]
        for model in models_below(self.model):
            name, parent = parent_of(model)
            trail = model.history.filter(**{f"{name}__in": ids[parent]})
            ids[model] = set(trail.order_by().values_list("id", flat=True))
            found.append(self.difference(model, trail))
        return found

    def difference(self, model, trail):
        then = newest_records(model, trail.filter(change_set__lte=self.at))
        now = newest_records(model, trail)
        stored = model._base_manager.in_bulk(list(now))
        changed, kept = [], self.kept if model is self.model else ()
        for pk in sorted(then.keys() & stored.keys()):
            former = {
                name: value
                for name, value in values_of(model, then[pk]).items()
                if getattr(stored[pk], name) != value and name not in kept
            }
            if former:
                for name, value in former.items():
                    setattr(stored[pk], name, value)
                changed.append(stored[pk])
        coming = [row_of(model, then[pk]) for pk in sorted(then.keys() - stored.keys())]
        going = [stored[pk] for pk in sorted(stored.keys() - then.keys())]
        return Difference(model, coming, going, changed, then, now)

    @property
    def is_known(self):
        """Whether the row was there then: not yet to come, and not deleted."""
        return self.row.pk in self.differences[0].then

    @property
    def below(self):
        return self.differences[1:]

    def link_to_parents(self):
        """Give the rows that come or change their parents, which may not be stored yet."""
        rows = {self.model: {self.row.pk: self.row}}
        for one in self.below:
            name, parent = parent_of(one.model)
            above = rows[parent]
            for row in (*one.coming, *one.changed, *one.going):
                key = getattr(row, f"{name}_id")
                if key not in above:
                    above[key] = parent._base_manager.get(pk=key)
                setattr(row, name, above[key])
            rows[one.model] = {row.pk: row for row in (*one.coming, *one.changed)}

    def hindrances(self):
        """Sentences that say why it cannot come back; empty if it can."""
        self.link_to_parents()
        coming = {one.model: [row.pk for row in one.coming] for one in self.differences}
        said = [
            lost_words(lost)
            for one in self.differences
            for lost in lost_references(one.model, [*one.coming, *one.changed], coming)
        ]
        going = {one.model: [row.pk for row in one.going] for one in self.differences}
        rewritten = {one.model: [row.pk for row in one.changed] for one in self.differences}
        for model, pk in referring_rows_outside(going, rewritten):
            words = _("%(row)s belongs to what would be deleted: remove it first.")
            said.append(words % {"row": capfirst(row_label(model, pk))})
        for one in () if said else self.differences:
            leaving = {row.pk for row in (*one.going, *one.changed)}
            taken = taken_keys(one.model, [*one.coming, *one.changed], leaving)
            said += [taken_words(row, key) for row, key, _pk in taken]
        for one in self.below:
            found = beyond_ceilings(one.model, one.coming, removed=len(one.going))
            said += [message for _row, message in found]
        return list(dict.fromkeys(said))

    def bring_back(self):
        """Write it, as part of the current recording, once nothing hinders it."""
        self.link_to_parents()
        for one in reversed(self.below):
            delete_in_bulk(one.model, one.going)
        own = self.differences[0]
        if own.changed:
            fields = [field.name for field in self.model.history.model.tracked_fields]
            fields.remove(self.model._meta.pk.name)
            update_in_bulk(self.model, own.changed, fields)
        for one in self.below:
            rewrite_in_bulk(one.model, one.changed)
            create_in_bulk(one.model, one.coming)
        brought_back.send(sender=self.model, row=self.row)


def newest_records(model, trail):
    """Row id → its newest record in `trail`, of the rows that are not deleted there."""
    newest = trail.order_by().values("id").annotate(newest=Max("history_id"))
    records = model.history.filter(history_id__in=newest.values("newest"))
    return {record.id: record for record in records.exclude(history_type="-")}
