"""The tables from which public pages read, filled from the records that cities have published.

Each app registers its tables when it is ready. Publishing writes the rows of a city in its own
transaction, always in the order of registration. Public pages read these tables, `PublicCity`, the
publications, and no row that anybody edits.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any

from django.db import models

from .changes import BATCH, batches
from .fields import SearchTextField
from .models import PublicCity


@dataclass(frozen=True, slots=True)
class Published:
    """A public city with the record that it has published, and the current catalogue."""

    city: Any
    record: Any
    catalogue: Any


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table with a foreign key `city` to `PublicCity`; rows without a city are left alone.

    - `rows(published)` makes the rows of a list of `Published`, unsaved.
    - `key`: the attributes that tell the rows of the table apart, such as ("city_id", "number").
    - `follow(before, after)` is called with the stored rows and those that replace them, after all
      tables are written.
    - `recount()` makes anew what `follow` keeps, for a rebuild of all tables, and `is_miscounted()`
      says whether it would find something else.
    """

    model: type[models.Model]
    key: tuple[str, ...]
    rows: Callable[[list[Published]], Iterable[models.Model]]
    follow: Callable[[list, list], None] | None = None
    recount: Callable[[], None] | None = None
    is_miscounted: Callable[[], bool] | None = None


TABLES = []
"""The `ReadTable`s in the order of registration."""


def register(table):
    TABLES.append(table)


def make_rows(published):
    """Table → city id → the rows of these cities, unsaved. It needs no lock."""
    made = {}
    for table in TABLES:
        made[table] = {one.city.pk: [] for one in published}
        searched = [f for f in _fields(table.model) if isinstance(f, SearchTextField)]
        for row in table.rows(published):
            for field in searched:
                field.pre_save(row, add=True)
            made[table][row.city_id].append(row)
    return made


def write(city_id, made):
    """Write the rows of a city, as `make_rows` gave them. Call it under the lock of the city."""
    changes = [(table, *_write(table, city_id, made[table][city_id])) for table in TABLES]
    for table, before, after in changes:
        if table.follow:
            table.follow(before, after)


def remove(city_ids):
    """Delete the rows of these cities from all tables. Call it under the locks of the cities."""
    gone = [(table, list(_stored(table, city_ids))) for table in TABLES]
    for table, before in gone:
        _delete(table.model, [row.pk for row in before])
    for table, before in gone:
        if table.follow:
            table.follow(before, [])


def recount():
    """Make anew what the tables have counted over all cities."""
    for table in TABLES:
        if table.recount:
            table.recount()


def miscounted():
    """The models of the tables of which something else has been counted than they hold."""
    return [table.model for table in TABLES if table.is_miscounted and table.is_miscounted()]


def differences(published):
    """(model, key) of each stored row of these cities that is not as `rows` makes it."""
    city_ids = [one.city.pk for one in published]
    for table, by_city in make_rows(published).items():
        contents, named = _contents(table.model), attrgetter(*table.key)
        rows = [row for of_city in by_city.values() for row in of_city]
        stored = {named(row): contents(row.__dict__) for row in _stored(table, city_ids)}
        made = {named(row): contents(row.__dict__) for row in rows}
        for key in stored.keys() | made.keys():
            if stored.get(key) != made.get(key):
                yield table.model, key


def surplus():
    """The keys of cities that are not public and have rows in one of the tables."""
    public = PublicCity.objects.public().values("pk")
    return sorted(
        {
            city_id
            for table in TABLES
            for city_id in table.model.objects.exclude(city__in=public)
            .exclude(city=None)
            .order_by()
            .values_list("city", flat=True)
            .distinct()
        }
    )


def _write(table, city_id, after):
    """Write the differences between the stored rows and those of `after`; returns both."""
    before = list(_stored(table, [city_id]))
    contents, named = _contents(table.model), attrgetter(*table.key)
    present = {named(row): row for row in before}
    changed = []
    for row in after:
        old = present.pop(named(row), None)
        if old is None or contents(old.__dict__) != contents(row.__dict__):
            changed.append(row)
    _delete(table.model, [row.pk for row in present.values()])
    if changed:
        names = [field.attname for field in _fields(table.model)]
        names = [name for name in names if name not in table.key]
        table.model.objects.bulk_create(
            changed,
            batch_size=BATCH,
            update_conflicts=bool(names),
            unique_fields=table.key,
            update_fields=names,
        )
    return before, after


def _stored(table, city_ids):
    return table.model.objects.filter(city__in=city_ids).order_by("pk")


def _fields(model):
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _contents(model):
    return itemgetter(*(field.attname for field in _fields(model)))


def _delete(model, keys):
    for some in batches(keys):
        rows = model.objects.filter(pk__in=some)
        rows._raw_delete(rows.db)
