"""Keeps the explorer's tables (`actions.models.standing`) in step with what cities write.

After every recorded change the rows of the changed cities are computed and compared with the
stored ones. Differences are written, and the tallies (`actions.tallies`) change by them.
`manage.py refresh_standings` repairs the rows of every city.
"""

from collections import defaultdict
from operator import itemgetter

from django.apps import apps as installed
from django.db import transaction
from django.db.models import Count, F, Min
from django.dispatch import receiver

from profiles.access import PUBLISHED
from profiles.changes import city_changed, lock
from profiles.models import City

from .models import Action, Measure, Sought, Standing, Statement, TypeInCity, Value
from .search import SIGNATURE_FIELDS, search_signature
from .tallies import move_tallies, refresh_tallies
from .tracking import day_of_year

AT_ONCE = 200
"""Cities compared in one transaction."""

BATCH = 500


@receiver(city_changed)
def follow(sender, city_ids, **kwargs):
    refresh(city_ids)


def refresh(city_ids):
    """Update the rows of these cities, some of which may be deleted, and the tallies."""
    ids = sorted(city_ids)
    for start in range(0, len(ids), AT_ONCE):
        refresh_some(ids[start : start + AT_ONCE])


def refresh_all():
    """Update all rows and delete those of deleted cities; returns the number of cities."""
    known = City.objects.values("pk")
    for model in (TypeInCity, Standing, Sought):
        model.objects.exclude(city__in=known).delete()
    ids = list(City.objects.order_by("pk").values_list("pk", flat=True))
    refresh(ids)
    refresh_tallies()
    return len(ids)


def fill_if_empty(apps=installed, **kwargs):
    """Fill the tables after a migration, in a database that is older than they are.

    `apps` has a default, because `flush` sends the same signal without it.
    """
    try:
        apps.get_model("actions", "Sought")
    except LookupError:  # migrated back to before there were any
        return
    if Action.objects.exists() and not TypeInCity.objects.exists():
        refresh_all()


@transaction.atomic
def refresh_some(ids):
    """Locks the cities first, so that a second process waits and compares with the written rows."""
    locked = lock(City.objects.filter(pk__in=ids).only("state", "is_sample"))
    cities = {city.pk: city for city in locked}
    before = list(TypeInCity.objects.filter(city__in=ids).order_by("pk").select_for_update())
    after = list(types_in(cities))
    write(TypeInCity, before, after, ("city_id", "action_type_id"))
    keep(Standing, ids, standings_of(ids), ("city_id", "measure_id"))
    keep(Sought, ids, sought_in(ids), ("id",))
    move_tallies(before, after)


def keep(model, ids, rows, key):
    write(model, list(model.objects.filter(city__in=ids)), rows, key)


def write(model, before, after, key):
    """Delete the rows of `before` whose `key` is not in `after`; upsert rows that are different."""
    names = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
    contents, named = itemgetter(*names), itemgetter(*key)
    present = {named(row.__dict__): row for row in before}
    changed = []
    for row in after:
        old = present.pop(named(row.__dict__), None)
        if old is None or contents(old.__dict__) != contents(row.__dict__):
            changed.append(row)
    gone = [row.pk for row in present.values()]
    for start in range(0, len(gone), BATCH):
        some = model.objects.filter(pk__in=gone[start : start + BATCH])
        some._raw_delete(some.db)
    if changed:
        model.objects.bulk_create(
            changed,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=key,
            update_fields=[name for name in names if name not in key],
        )


def types_in(cities):
    """The computed `TypeInCity` rows of these cities; `cities`: primary key → city."""
    counted = Action.objects.filter(city__in=cities).order_by().values("city_id", "action_type_id")
    for row in counted.annotate(actions=Count("pk"), action_number=Min("number")):
        yield TypeInCity(**row, tallied=tallied(cities[row["city_id"]]))


def tallied(city):
    if city.state != PUBLISHED:
        return TypeInCity.Tallied.NOT
    return TypeInCity.Tallied.SAMPLE if city.is_sample else TypeInCity.Tallied.REAL


def sought_in(ids):
    names = ("pk", "city_id", "action_type_id", "search_text")
    found = Action.objects.filter(city__in=ids).order_by("pk").values_list(*names)
    for pk, city, action_type, text in found.iterator():
        signs = dict(zip(SIGNATURE_FIELDS, search_signature(text), strict=True))
        yield Sought(pk=pk, city_id=city, action_type_id=action_type, **signs)


# Standings


def standings_of(ids):
    """The computed `Standing` rows: the newest value per city and measure.

    Words count only where the city has no other value of the measure.
    """
    told = by_measure(values_of(ids))
    words = by_measure(words_of(ids))
    for of_actions in {**words, **told}.values():
        newest = [max(rows, key=in_action) for rows in of_actions.values()]
        yield Standing(**max(newest, key=in_city))


def by_measure(rows):
    """(city, measure) → the action's number → its rows."""
    found = {}
    for row in rows:
        of_actions = found.setdefault((row["city_id"], row["measure_id"]), {})
        of_actions.setdefault(row["action_number"], []).append(dated(row))
    return found


def of_statement(path=""):
    """The columns that a standing needs of a statement; `path` is the lookup of the statement."""
    names = {
        "city_id": "action__city",
        "action_type_id": "action__action_type",
        "action_number": "action__number",
        "told_as": "kind",
        "told_on": "date",
        "told_of": "year",
        "told_at": "updated_on",
    }
    return {name: F(path + field) for name, field in names.items()}


def values_of(ids):
    rows = Value.objects.filter(
        statement__action__city__in=ids,
        measure__action_type=F("statement__action__action_type"),
    ).exclude(statement__kind=Statement.Kind.TARGET)
    names = "measure_id", "amount", "precision", "status"
    for row in rows.order_by("pk").values(*names, **of_statement("statement__")):
        status, is_number = row.pop("status"), row["amount"] is not None
        if not is_number:
            row["precision"] = ""
        row["said"] = status or (Standing.Said.NUMBER if is_number else Standing.Said.WORDS)
        yield row


def words_of(ids):
    """Statements in words, for every measure of the action's type."""
    measures = defaultdict(list)
    for action_type, measure in Measure.objects.values_list("action_type", "pk"):
        measures[action_type].append(measure)
    rows = Statement.objects.filter(action__city__in=ids).exclude(text="")
    rows = rows.exclude(kind=Statement.Kind.TARGET).order_by("pk")
    for row in rows.values(**of_statement()):
        for measure in measures[row["action_type_id"]]:
            said = {"measure_id": measure, "amount": None, "precision": ""}
            yield {**row, **said, "said": Standing.Said.WORDS}


def dated(row):
    """The row as a standing has it, with the day to which it refers (`courses.statement_day`)."""
    date, year, updated_on = row.pop("told_on"), row.pop("told_of"), row.pop("told_at")
    day = date or (day_of_year(year) if year else updated_on)
    kind = row.pop("told_as")
    return {**row, "kind": kind, "day": day, "is_day_given": bool(date or year)}


def in_action(row):
    return row["kind"] == Statement.Kind.PROGRESS, row["day"]


def in_city(row):
    return row["day"], row["action_number"]
