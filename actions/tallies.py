"""How many cities act, with how many actions: updated by differences, or counted anew.

Counting 60,000 actions anew takes longer than an officer should wait for a save. So a change of a
city adds the difference to the tallies. They are counted anew when the mapping of the catalogue
changes, and by `manage.py refresh_standings`.
"""

from collections import Counter

from django.db import transaction
from django.db.models import Count, F, Sum
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from .models import ActionType, Commitment, Tally, TypeInCity

GROUPS = {
    Tally.Scope.ALL: None,
    Tally.Scope.AREA: "action_type__commitment__area",
    Tally.Scope.COMMITMENT: "action_type__commitment",
    Tally.Scope.TYPE: "action_type",
    Tally.Scope.TARGET: "action_type__kmgbf_targets",
}


@receiver(m2m_changed, sender=ActionType.kmgbf_targets.through)
@receiver(post_save, sender=ActionType)
@receiver(post_save, sender=Commitment)
def map_anew(sender, **kwargs):
    """Count anew after commit, because the row may now belong to another row of the catalogue."""
    connection = transaction.get_connection()
    if not any(call is refresh_tallies for _ids, call, _robust in connection.run_on_commit):
        transaction.on_commit(refresh_tallies, robust=True)


def move_tallies(before, after):
    """Add the difference between two lists of `TypeInCity` rows to the tallies."""
    if counted(before) == counted(after):
        return
    lock_tallies()
    places = catalogue_places()  # read under the lock: else an old mapping might be counted
    moved = Counts(after, places)
    moved.subtract(Counts(before, places))
    changes = moved.changes()
    touched = Tally.objects.filter(row__in={row for _sample, _scope, row in changes})
    now = {(t.is_sample, t.scope, t.row): (t.cities, t.actions) for t in touched}
    write_tallies(
        {
            key: tuple(map(sum, zip(now.get(key, (0, 0)), change, strict=True)))
            for key, change in changes.items()
        }
    )


def counted(rows):
    return {(r.city_id, r.action_type_id): (r.tallied, r.actions) for r in rows if r.tallied}


def catalogue_places():
    """Action type id → the (scope, catalogue row) pairs under which it is counted."""
    places = {}
    types = ActionType.objects.values_list("pk", "commitment", "commitment__area")
    for pk, commitment, area in types.order_by():
        scope = Tally.Scope
        own = [(scope.ALL, 0), (scope.AREA, area), (scope.COMMITMENT, commitment), (scope.TYPE, pk)]
        places[pk] = own
    targets = ActionType.kmgbf_targets.through.objects
    for pk, target in targets.values_list("actiontype", "kmgbftarget"):
        places[pk].append((Tally.Scope.TARGET, target))
    return places


class Counts:
    """How many cities and actions some rows of `TypeInCity` count, by the key of a tally."""

    def __init__(self, rows, places):
        self.actions, cities = Counter(), set()
        for row in rows:
            if not row.tallied:
                continue
            is_sample = row.tallied == TypeInCity.Tallied.SAMPLE
            for place in places[row.action_type_id]:
                self.actions[is_sample, *place] += row.actions
                cities.add((row.city_id, (is_sample, *place)))
        self.cities = Counter(key for _city, key in cities)

    def subtract(self, other):
        self.actions.subtract(other.actions)
        self.cities.subtract(other.cities)

    def changes(self):
        """Key of a tally → (cities, actions) to add; only where they are not zero."""
        keys = self.actions.keys() | self.cities.keys()
        found = {key: (self.cities[key], self.actions[key]) for key in keys}
        return {key: change for key, change in found.items() if any(change)}


def lock_tallies():
    """Make concurrent updates wait here until the one before has committed."""
    first = [Tally(scope=Tally.Scope.ALL, is_sample=s, cities=0, actions=0) for s in (False, True)]
    Tally.objects.bulk_create(first, ignore_conflicts=True)
    list(Tally.objects.filter(scope=Tally.Scope.ALL).order_by("pk").select_for_update())


def write_tallies(counts):
    """Upsert `counts` (key of a tally → (cities, actions)); delete rows that come to no actions."""
    idle = [key for key, (_cities, actions) in counts.items() if not actions and key[2]]
    for is_sample, scope, row in idle:
        Tally.objects.filter(is_sample=is_sample, scope=scope, row=row).delete()
    Tally.objects.bulk_create(
        [
            Tally(is_sample=key[0], scope=key[1], row=key[2], cities=cities, actions=actions)
            for key, (cities, actions) in counts.items()
            if key not in idle
        ],
        update_conflicts=True,
        unique_fields=["is_sample", "scope", "row"],
        update_fields=["cities", "actions"],
    )


@transaction.atomic
def refresh_tallies():
    """All tallies, counted anew from what the cities' rows say."""
    lock_tallies()
    found = dict(tallies())
    idle = dict.fromkeys(Tally.objects.values_list("is_sample", "scope", "row"), (0, 0))
    write_tallies({**idle, **found})


def tallies():
    for kind in (TypeInCity.Tallied.REAL, TypeInCity.Tallied.SAMPLE):
        is_sample = kind == TypeInCity.Tallied.SAMPLE
        rows = TypeInCity.objects.filter(tallied=kind).order_by()
        numbers = {"cities": Count("city", distinct=True), "found": Sum("actions")}
        for scope, path in GROUPS.items():
            if path is None:
                groups = [{"row": 0, **rows.aggregate(**numbers)}]
            else:
                groups = rows.exclude(**{path: None}).values(row=F(path)).annotate(**numbers)
            for group in groups:
                yield (is_sample, scope, group["row"]), (group["cities"], group["found"] or 0)
