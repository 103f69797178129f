"""The tables from which public pages read, filled from the records that cities have published.

Each app registers its tables when it is ready. Publishing writes the rows of a city in its own
transaction, always in the order of registration. Public pages read these tables, `PublicCity`, the
publications, and no row that anybody edits.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db import connection, models

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
    without = tuple(table for table in TABLES if not made[table][city_id])
    empty = {*without} - _filled(without, city_id)
    changes = [
        (table, *_write(table, city_id, made[table][city_id]))
        for table in TABLES
        if table not in empty
    ]
    for table, before, after in changes:
        if table.follow:
            table.follow([table.model(*row) for row in before], after)


def remove(city_ids):
    """Delete the rows of these cities from all tables. Call it under the locks of the cities."""
    gone = [(table, list(_stored(table, city_ids))) for table in TABLES]
    for table, before in gone:
        _delete(table.model, [_columns(table).primary_key(values) for values in before])
    for table, before in gone:
        if table.follow:
            table.follow([table.model(*row) for row in before], [])


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
        columns = _columns(table)
        rows = [row for of_city in by_city.values() for row in of_city]
        stored = _stored(table, city_ids)
        stored = {columns.key(values): columns.contents(values) for values in stored}
        made = [columns.values(row.__dict__) for row in rows]
        made = {columns.key(values): columns.contents(values) for values in made}
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


def _filled(tables, city_id):
    """Those of `tables` that hold rows of the city; one query, none for no tables."""
    if not tables:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_question(tables), [city_id] * len(tables))
        return {table for table, holds in zip(tables, cursor.fetchone(), strict=True) if holds}


@lru_cache(maxsize=64)
def _question(tables):
    """The SQL that asks each of `tables` for a row of a city.

    A city has rows in few of them, and Django takes longer to word a query for each than the
    database takes to answer all.
    """
    quote = connection.ops.quote_name
    # Names of tables and columns only: nothing that anybody typed.
    parts = [
        f"EXISTS (SELECT 1 FROM {quote(table.model._meta.db_table)}"  # noqa: S608
        f" WHERE {quote(table.model._meta.get_field('city').column)} = %s)"
        for table in tables
    ]
    return f"SELECT {', '.join(parts)}"


def _write(table, city_id, after):
    """Write the differences between the stored rows and those of `after`; returns both.

    Of the stored ones the values of all fields: nobody needs objects of them.
    """
    before = list(_stored(table, [city_id]))
    columns = _columns(table)
    present = {columns.key(values): values for values in before}
    changed = []
    for row in after:
        values = columns.values(row.__dict__)
        old = present.pop(columns.key(values), None)
        if old is None or columns.contents(old) != columns.contents(values):
            changed.append(row)
    _delete(table.model, [columns.primary_key(values) for values in present.values()])
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
    """The values of all fields, in their order, of each stored row of these cities."""
    rows = table.model.objects.filter(city__in=city_ids).order_by()
    return rows.values_list(*(field.attname for field in table.model._meta.concrete_fields))


@dataclass(frozen=True, slots=True)
class Columns:
    """Parts of a row as functions: `values` of the attributes of an object, as `_stored` gives
    those of a row; of such values the `key`, the `contents` and the `primary_key`.
    """

    values: itemgetter
    key: itemgetter
    contents: itemgetter
    primary_key: itemgetter


@lru_cache(maxsize=64)
def _columns(table):
    fields = table.model._meta.concrete_fields
    names = [field.attname for field in fields]
    places = {name: place for place, name in enumerate(names)}
    return Columns(
        values=itemgetter(*names),
        key=itemgetter(*(places[name] for name in table.key)),
        contents=itemgetter(*(places[field.attname] for field in _fields(table.model))),
        primary_key=itemgetter(places[table.model._meta.pk.attname]),
    )


def _fields(model):
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _delete(model, keys):
    for some in batches(keys):
        rows = model.objects.filter(pk__in=some)
        rows._raw_delete(rows.db)
