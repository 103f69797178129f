"""The test databases: made once for all processes, and rows that are written again as they were.

Making a database by its migrations takes seconds, so one process makes it and the others copy it.
What many tests begin with (the catalogue, a sample city) is made once a process and kept as rows:
writing rows takes milliseconds.
"""

import fcntl
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

KEYS_APART = 100_000
"""Primary keys that one kept set of rows may use before those of the next begin."""

Rows = dict[str, list]
Result = TypeVar("Result")


@contextmanager
def own_database(worker: str, folder: Path, fill: Callable[[], None]) -> Iterator[None]:
    """Connects to a database of this process, migrated and filled, and removes it afterwards.

    `worker`: the name of this process, "master" where it is the only one. `folder`: one that all
    processes of the run share. The last process removes what the others copied.
    """
    creation, lock = connection.creation, folder / "database-lock"
    if worker == "master":
        common = make_database(fill)
        try:
            yield
        finally:
            remove_database(common)
        return
    made, in_use = folder / "database-made", folder / f"database-{worker}"
    with locked(lock):
        in_use.touch()
        if made.exists():
            connection.settings_dict["NAME"] = common = made.read_text()
        else:
            made.write_text(common := make_database(fill))
        connection.close()
        creation.clone_test_db(worker, verbosity=0)
    connection.settings_dict.update(creation.get_test_db_clone_settings(worker))
    try:
        yield
    finally:
        with locked(lock):
            remove_database(connection.settings_dict["NAME"])
            in_use.unlink()
            if not list(folder.glob("database-gw*")):
                # A process whose first test of a database is still to come makes it again.
                made.unlink()
                remove_database(common)


def remove_database(name: str) -> None:
    """Removes it even where a test that failed has left a connection open, as a server's thread."""
    connection.close()
    creation = connection.creation
    if connection.vendor == "postgresql":
        with creation._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")
    else:
        creation._destroy_test_db(name, verbosity=0)


def make_database(fill: Callable[[], None]) -> str:
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    fill()
    return name


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Lets one process at a time into the `with` block."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def all_tables() -> list[str]:
    return sorted(connection.introspection.django_table_names(only_existing=True))


@cache
def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return [connection.ops.quote_name(column.name) for column in found]


def read_rows() -> Rows:
    """All rows of all tables, in the form in which the database itself writes them."""
    return {table: read_table(table) for table in all_tables()}


def read_table(table: str) -> list:
    name, columns = connection.ops.quote_name(table), columns_of(table)
    with connection.cursor() as cursor:
        if is_sqlite():
            # An expression has no declared type, so that values come unconverted.
            plain = ", ".join(f"+{column}" for column in columns)
            return connection.connection.execute(f"SELECT {plain} FROM {name}").fetchall()
        with cursor.copy(f"COPY {name} ({', '.join(columns)}) TO STDOUT") as lines:
            return [bytes(line) for line in lines]


def write_rows(rows: Rows) -> None:
    """Write rows that `read_rows` gave into tables where they are not."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, lines in rows.items():
            name, columns = connection.ops.quote_name(table), columns_of(table)
            listed = ", ".join(columns)
            if is_sqlite():
                gaps = ", ".join("?" * len(columns))
                statement = f"INSERT INTO {name} ({listed}) VALUES ({gaps})"
                connection.connection.executemany(statement, lines)
            else:
                with cursor.copy(f"COPY {name} ({listed}) FROM STDIN") as copy:
                    copy.write(b"".join(lines))


REACHED: dict[str, int] = {}
"""Name of a sequence of PostgreSQL → the highest key that it has given in this process."""


def note_sequences() -> None:
    """Remember what PostgreSQL's sequences have reached. SQLite's are moved by `Kept` itself."""
    if is_sqlite():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value > 0")
        for name, value in cursor.fetchall():
            REACHED[name] = max(value, REACHED.get(name, 0))


def move_sequences() -> None:
    """Let PostgreSQL count on from the largest key: COPY does not, nor does a table made anew.

    No sequence goes back: rows that are kept for other tests may have its former keys.
    """
    note_sequences()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
        if REACHED:
            cursor.execute(
                "SELECT setval(quote_ident(name)::regclass, greatest(last_value, reached))"
                " FROM unnest(%s::text[], %s::bigint[]) AS noted (name, reached)"
                " JOIN pg_sequences ON sequencename = name",
                [list(REACHED), list(REACHED.values())],
            )


def added_rows(before: Rows, after: Rows) -> Rows:
    """What `after` has and `before` has not. Refuses rows that were changed or are gone."""
    added = {}
    for table, rows in after.items():
        known = set(before[table])
        assert known <= set(rows), f"Rows of {table} were changed: they cannot be kept apart."
        if new := [row for row in rows if row not in known]:
            added[table] = new
    return added


def empty_all_tables() -> None:
    """Delete all rows, quicker than Django's flush, which also makes all permissions anew."""
    quote = connection.ops.quote_name
    names = [quote(table) for table in all_tables()]
    with transaction.atomic(), connection.cursor() as cursor:
        filled = " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names
        )
        cursor.execute(filled)
        filled = [name for (name,) in cursor.fetchall()]
        if is_sqlite():
            for name in filled:
                cursor.execute(f"DELETE FROM {name}")
        elif filled:
            cursor.execute(f"TRUNCATE {', '.join(filled)} CASCADE")


class Kept:
    """Results of functions that fill the database, with the rows that they wrote.

        city = kept.get("anji", import_anji)

    calls `import_anji` for the first test that asks; for all others it writes the same rows and
    returns an equal result (a model instance, or whatever else can be pickled). A function may
    add rows; changing those that are there already is refused.
    """

    def __init__(self) -> None:
        self.sets: dict[str, tuple[Rows, bytes]] = {}

    def get(self, name: str, make: Callable[[], Result]) -> Result:
        if not connection.in_atomic_block:
            # What follows a commit belongs to such a test, and may touch any row.
            return make()
        if name in self.sets:
            rows, result = self.sets[name]
            write_rows(rows)
            return pickle.loads(result)  # noqa: S301 (written below)
        self.move_keys_apart()
        before = read_rows()
        result = make()
        self.sets[name] = added_rows(before, read_rows()), pickle.dumps(result)
        note_sequences()
        return result

    def move_keys_apart(self) -> None:
        """Two sets that one test asks for must not share keys.

        A sequence of PostgreSQL never goes back; SQLite's does with the transaction.
        """
        if not is_sqlite():
            return
        first = (len(self.sets) + 1) * KEYS_APART
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_sequence")
            cursor.executemany(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                [(table, first) for table in all_tables()],
            )
