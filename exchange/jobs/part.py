"""The part of an import that can be taken back where somebody has worked on the rest since."""

from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from actions.models import Action, Value
from profiles.changes import recorded_models
from profiles.models import Assignment
from profiles.undo import batches, changes_by_model, referring_rows_outside
from profiles.undo_part import Part, things_of


def part_of(job):
    """The `Part` of what `job` wrote that can be taken back now."""
    by_model, stays = changes_by_model(job.change_set), set()
    while True:
        part = Part(by_model, stays)
        more = {*misfits(part.by_model), *roles_of_used_accounts(job, part.by_model)} - stays
        if not more:
            return part
        stays |= more


def roles_of_used_accounts(job, by_model):
    """(model, primary key) of the roles that the import gave to people who work here by now."""
    new = {one.model: one.new for one in by_model}
    roles = Assignment.objects.filter(user__in=used_accounts(job, new)).values_list("pk", flat=True)
    return [(Assignment, pk) for pk in roles if pk in new.get(Assignment, ())]


def used_accounts(job, removed=None):
    """The accounts that the import made and that have been used since.

    `removed`: model → the primary keys of rows that will be gone, which count as no use.
    """
    return [
        user
        for user in job.made_users.order_by("pk")
        if user.last_login
        or user.has_usable_password()
        or referring_rows_outside({**(removed or {}), User: [user.pk]})
    ]


def misfits(by_model):
    """Actions that would get back a type to which their present values do not belong."""
    changes = {changes.model: changes for changes in by_model}
    if Action not in changes:
        return []
    before, changed = changes[Action].before, changes[Action].changed
    added = changes[Value].new if Value in changes else ()
    found = set()
    for batch in batches(changed & before.keys()):
        records = Action.history.filter(history_id__in=[before[pk] for pk in batch])
        types = dict(records.values_list("id", "action_type"))
        of_measures = Value.objects.filter(measure__isnull=False).order_by()
        values = of_measures.filter(statement__action__in=batch)
        names = "pk", "statement__action", "measure__action_type"
        for pk, action, action_type in values.values_list(*names):
            if pk not in added and types[action] != action_type:
                found.add(action)
    return [(Action, pk) for pk in sorted(found)]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of one kind are deleted, say again what they said, and come back."""

    kind: str
    new: int
    changed: int
    removed: int


def counts_of(part):
    """The `Counts` of what a `Part` takes back."""
    return [
        Counts(
            one.model._meta.verbose_name_plural, len(one.new), len(one.changed), len(one.removed)
        )
        for one in part.by_model
    ]


def taken_back(job):
    """The `Counts` of what has been taken back of `job`."""
    found = []
    for model in recorded_models():
        rows = model.history.filter(change_set=job.undo_change_set).order_by()
        numbers = dict(rows.values_list("history_type").annotate(Count("id", distinct=True)))
        if numbers:
            acts = [numbers.get(act, 0) for act in "-~+"]
            found.append(Counts(model._meta.verbose_name_plural, *acts))
    return found


def stayed(job):
    """The things of `job`, as in `Part`, that have not been taken back, in a fixed order."""
    things = set()
    for one in changes_by_model(job.change_set):
        taken = one.model.history.filter(change_set=job.undo_change_set)
        left = (one.new | one.changed | one.removed) - {*taken.values_list("id", flat=True)}
        things |= {*things_of(one.model, left).values()}
    return sorted(things, key=lambda thing: (thing[0]._meta.label, thing[1]))
