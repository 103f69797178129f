"""Keeps the explorer's tables (`actions.models.standing`) in step with what cities write.

After every recorded change the rows of the changed cities are made anew, and the tallies of all.
`manage.py refresh_standings` does it for every city, should the two ever have parted.
"""

from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.db.models import Count, F, Min, Sum
from django.dispatch import receiver

from profiles.changes import city_changed, lock
from profiles.models import City

from .models import Action, Standing, Statement, Tally, TypeInCity, Value
from .tracking import day_of_year

AT_ONCE = 200
"""Cities made anew in one transaction."""

GROUPS = {
    Tally.Scope.ALL: None,
    Tally.Scope.AREA: "action_type__commitment__area",
    Tally.Scope.COMMITMENT: "action_type__commitment",
    Tally.Scope.TYPE: "action_type",
    Tally.Scope.TARGET: "action_type__kmgbf_targets",
}


@receiver(city_changed)
def follow(sender, city_ids, **kwargs):
    refresh(city_ids)


def refresh(city_ids):
    """Make the rows of these cities anew, also of those that are gone, and all tallies."""
    ids = sorted(city_ids)
    for start in range(0, len(ids), AT_ONCE):
        refresh_some(ids[start : start + AT_ONCE])
    refresh_tallies()


def refresh_all():
    """Every city, and what is left of cities that are gone. Gives the number of cities."""
    gone = {"city__in": City.objects.values("pk")}
    for model in (TypeInCity, Standing):
        model.objects.exclude(**gone).delete()
    ids = list(City.objects.order_by("pk").values_list("pk", flat=True))
    refresh(ids)
    return len(ids)


def fill_if_empty(**kwargs):
    """After a migration: a database from before these tables gets them filled."""
    if Action.objects.exists() and not TypeInCity.objects.exists():
        refresh_all()


@transaction.atomic
def refresh_some(ids):
    """One after the other, city by city: who comes second reads what the first has written."""
    lock(City.objects.filter(pk__in=ids))
    for model in (TypeInCity, Standing):
        model.objects.filter(city__in=ids)._raw_delete(model.objects.db)
    TypeInCity.objects.bulk_create(types_in(ids), batch_size=500)
    Standing.objects.bulk_create(standings_of(ids), batch_size=500)


def types_in(ids):
    counted = Action.objects.filter(city__in=ids).order_by().values("city_id", "action_type_id")
    for row in counted.annotate(actions=Count("pk"), action_number=Min("number")):
        yield TypeInCity(**row)


def standings_of(ids):
    """Of each action the newest progress, else the baseline; of each city the newest of those."""
    rows = (
        Value.objects.filter(
            statement__action__city__in=ids,
            amount__isnull=False,
            measure__action_type=F("statement__action__action_type"),
        )
        .exclude(statement__kind=Statement.Kind.TARGET)
        .order_by("statement__action__city", "measure", "statement__action")
        .values(
            "measure_id",
            "amount",
            "precision",
            city_id=F("statement__action__city"),
            action_type_id=F("statement__action__action_type"),
            action=F("statement__action"),
            action_number=F("statement__action__number"),
            kind=F("statement__kind"),
            date=F("statement__date"),
            year=F("statement__year"),
            updated_on=F("statement__updated_on"),
        )
    )
    for _measure, of_city in groupby(rows.iterator(), itemgetter("city_id", "measure_id")):
        of_actions = groupby(of_city, itemgetter("action"))
        newest = [max(map(dated, given), key=in_action) for _action, given in of_actions]
        yield Standing(**max(newest, key=in_city))


def dated(row):
    """The row as a standing has it, with the day that it tells of (as in `courses.day_of`)."""
    date, year, updated_on = row.pop("date"), row.pop("year"), row.pop("updated_on")
    row.pop("action")
    return {**row, "day": date or (day_of_year(year) if year else updated_on)}


def in_action(row):
    return row["kind"] == Statement.Kind.PROGRESS, row["day"]


def in_city(row):
    return row["day"], row["action_number"]


@transaction.atomic
def refresh_tallies():
    list(Tally.objects.filter(scope=Tally.Scope.ALL).select_for_update())
    tallies = [tally for is_sample in (False, True) for tally in tallies_of(is_sample)]
    Tally.objects.bulk_create(
        tallies,
        update_conflicts=True,
        unique_fields=["is_sample", "scope", "row"],
        update_fields=["cities", "actions"],
    )
    named = {(tally.is_sample, tally.scope, tally.row) for tally in tallies}
    idle = [
        pk
        for pk, *key in Tally.objects.values_list("pk", "is_sample", "scope", "row")
        if tuple(key) not in named
    ]
    Tally.objects.filter(pk__in=idle).delete()


def tallies_of(is_sample):
    cities = City.objects.published().filter(is_sample=is_sample)
    rows = TypeInCity.objects.filter(city__in=cities).order_by()
    counted = {"cities": Count("city", distinct=True), "found": Sum("actions")}
    for scope, path in GROUPS.items():
        if path is None:
            groups = [{"row": 0, **rows.aggregate(**counted)}]
        else:
            named = rows.exclude(**{path: None}).values(row=F(path))
            groups = named.annotate(**counted)
        for group in groups:
            yield Tally(
                scope=scope,
                row=group["row"],
                is_sample=is_sample,
                cities=group["cities"],
                actions=group["found"] or 0,
            )
