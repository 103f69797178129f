"""Which errors pass by themselves: those for which a worker waits, and pages answer 503."""

import errno
import sqlite3

import pytest
from django.db import DataError, InterfaceError, OperationalError, ProgrammingError, connection

from profiles.outages import is_disk_full, is_outage


def of_sqlite(message, code, kind=sqlite3.OperationalError):
    """Django's error for one of SQLite."""
    cause = kind(message)
    cause.sqlite_errorcode, cause.sqlite_errorname = code, ""
    error = OperationalError(message)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (OperationalError("connection refused"), True),
        (InterfaceError("connection already closed"), True),
        (of_sqlite("database is locked", sqlite3.SQLITE_BUSY), True),
        (of_sqlite("database is locked", sqlite3.SQLITE_BUSY_SNAPSHOT), True),
        (of_sqlite("unable to open database file", sqlite3.SQLITE_CANTOPEN), True),
        (of_sqlite("disk I/O error", sqlite3.SQLITE_IOERR), True),
        (of_sqlite("no such table: profiles_city", sqlite3.SQLITE_ERROR), True),
        (of_sqlite("no such column: x", sqlite3.SQLITE_ERROR), False),
        (of_sqlite("too many SQL variables", sqlite3.SQLITE_ERROR), False),
        (of_sqlite("bad parameter", sqlite3.SQLITE_MISUSE, sqlite3.InterfaceError), False),
        (ProgrammingError("syntax error"), False),
        (DataError("out of range"), False),
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (FileNotFoundError(errno.ENOENT, "No such file"), False),
        (RuntimeError("broken"), False),
        (None, False),
    ],
)
def test_what_passes_by_itself(error, passes):
    assert is_outage(error) is passes


def test_an_error_that_stands_for_another_is_judged_by_it():
    error = RuntimeError("not written")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert is_outage(error) and is_disk_full(error)
    assert not is_disk_full(OperationalError("connection refused"))


def test_a_full_disk_of_sqlite_is_known(tmp_path):
    raw = sqlite3.connect(tmp_path / "small.sqlite3")
    raw.execute("PRAGMA max_page_count = 2")
    raw.execute("CREATE TABLE notes (text)")
    with pytest.raises(sqlite3.OperationalError) as full:
        raw.execute("INSERT INTO notes VALUES (?)", ["x" * 20_000])
    raw.close()
    error = OperationalError(str(full.value))
    error.__cause__ = full.value
    assert is_outage(error) and is_disk_full(error)


def test_a_wrong_query_is_no_outage(db):
    with (
        pytest.raises((OperationalError, ProgrammingError)) as wrong,
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT nothing FROM profiles_city")
    assert not is_outage(wrong.value)
