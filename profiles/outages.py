"""Errors that are nobody's fault here and pass: the database is away or busy, the disk is full."""

import errno
import sqlite3

from django.db import InterfaceError, OperationalError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def is_outage(error):
    """Whether trying again later may help."""
    return is_database_away(error) or is_disk_full(error)


def is_disk_full(error):
    """Whether a file, or the database, could not be written for want of room."""
    return any(_has_no_room(one) for one in chain(error))


def is_database_away(error):
    """Whether the database cannot be reached, is busy or cannot write.

    SQLite has one exception for that and for wrong queries, which no waiting mends.
    """
    return any(
        isinstance(one, (OperationalError, InterfaceError)) and not _is_wrong_query(one)
        for one in chain(error)
    )


def chain(error):
    """`error`, and the errors for which it stands."""
    while error is not None:
        yield error
        error = error.__cause__


def _has_no_room(error):
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    # 53100 is the code of PostgreSQL for a full disk.
    return (
        getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
        or getattr(error, "sqlstate", None) == "53100"
    )


def _is_wrong_query(error):
    cause = error.__cause__
    if not isinstance(cause, sqlite3.Error):
        return False
    # A file that is gone is made anew by SQLite, without tables.
    is_empty = str(cause).startswith("no such table")
    # The low byte: the others say more about the same error.
    is_general = getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_ERROR
    return isinstance(cause, sqlite3.InterfaceError) or (is_general and not is_empty)
