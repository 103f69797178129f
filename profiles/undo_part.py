"""The part of a change set that can be taken back where somebody has worked on the rest since.

Rows belong to things: a row directly below a city, such as an action, with all rows below it; the
row of a city alone is one too. A thing is taken back whole or stays whole, because a statement with
figures of two times would say something that nobody has said.
"""

from copy import copy

from .deleted import parent_of
from .fitting import lost_references, taken_keys
from .models import City
from .undo import batches, relations_to, row_of, rows_referring


class Part:
    """`by_model`: what is taken back, as `ModelChanges`. `kept`: thing that stays → the row, as
    (model, primary key), on which somebody has worked or which would lose what it needs.

    `also_kept`: further rows that have to stay. A thing is (model, primary key) too.
    """

    def __init__(self, by_model, also_kept=()):
        self.written = by_model
        self.thing_of = {one.model: things_of(one.model, one.ids) for one in by_model}
        self.kept = {}
        for one in by_model:
            self.keep_all((model, pk) for model, pk, _record in one.changed_since())
        self.keep_all(also_kept)
        self.by_model = self.left()
        while self.keep_what_depends():
            self.by_model = self.left()

    def keep_all(self, rows):
        """Let each of these rows (model, primary key) stay that the change set has written."""
        for model, pk in rows:
            self.keep_for(model, pk, (model, pk))

    def keep_for(self, model, pk, cause):
        """Let the thing of a written row stay; whether it was to be taken back until now."""
        thing = self.thing_of[model][pk]
        if thing in self.kept:
            return False
        self.kept[thing] = cause
        return True

    def left(self):
        """The `ModelChanges` without the rows of things that stay."""
        found = []
        for one in self.written:
            things = self.thing_of[one.model]
            going = {pk for pk in one.ids if things[pk] not in self.kept}
            rest = copy(one)
            rest.ids = sorted(going)
            rest.new, rest.changed = one.new & going, one.changed & going
            rest.removed = one.removed & going
            found.append(rest)
        return [one for one in found if one.new or one.changed or one.removed]

    def keep_what_depends(self):
        """Let things stay that cannot go, or cannot come back, alone; whether there are any."""
        found = [*self.still_referred_to(), *self.not_to_be_restored()]
        are_kept = [self.keep_for(*one) for one in found]
        return any(are_kept)

    def still_referred_to(self):
        """(model, primary key, row) of new rows to which a row refers that stays as it is."""
        rewritten = {one.model: one.new | one.changed for one in self.by_model}
        for one in self.by_model:
            for relation in relations_to(one.model) if one.new else ():
                model = relation.related_model
                if model._meta.auto_created:
                    continue
                for some in batches(one.new):
                    pairs = rows_referring(relation, some).order_by()
                    for pk, target in pairs.values_list("pk", relation.field.attname):
                        if pk not in rewritten.get(model, ()):
                            yield one.model, target, (model, pk)

    def not_to_be_restored(self):
        """(model, primary key, row) of rows that do not fit any more as they were."""
        coming = {one.model: one.removed for one in self.by_model}
        for one in self.by_model:
            leaving = one.new | one.changed
            for some in batches(one.changed | one.removed):
                records = one.records_of([one.before.get(pk, one.first[pk][0]) for pk in some])
                rows = [row_of(one.model, record) for record in records.values()]
                for lost in lost_references(one.model, rows, coming):
                    yield one.model, lost.row.pk, (one.model, lost.row.pk)
                for row, _key, pk in taken_keys(one.model, rows, leaving):
                    yield one.model, row.pk, (one.model, pk)


def things_of(model, ids):
    """Primary key of a row, present or gone → the thing to which it belongs."""
    name, parent = parent_of(model)
    if parent in (None, City):
        return {pk: (model, pk) for pk in ids}
    parents = {}
    for some in batches(ids):
        past = model.history.filter(id__in=some).order_by("history_id")
        parents.update(past.values_list("id", f"{name}_id"))
    above = things_of(parent, set(parents.values()))
    return {pk: above[key] for pk, key in parents.items()}
