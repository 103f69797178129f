"""A query that PostgreSQL plans once for each connection.

To plan the query that each visit of a city's page asks takes ten times as long as to run it.
"""

import hashlib
import logging
from weakref import WeakSet

from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

NOT_KNOWN, KNOWN_ALREADY, OUTDATED = "26000", "42P05", "0A000"
"""States (SQLSTATE) of a statement that this connection does not know, already knows, or cannot use
any more: a pooler in front of the database gives each query another connection, or a column has
changed."""

PREPARED = {}
"""Name of a statement → the connections that know it. Threads that begin at the same time
make the same query twice, and no connection may be told of it twice."""


class PlannedOnce:
    """A query with one text to be filled in, at its only `%s`."""

    def __init__(self, sql):
        self.sql = sql
        # Releases that run side by side, behind one pooler, do not meet under one name.
        self.name = f"planned_{hashlib.sha256(sql.encode()).hexdigest()[:16]}"
        self.prepared_on = PREPARED.setdefault(self.name, WeakSet())
        self.is_off = False

    def fetch_one(self, text):
        """The first row, or None."""
        with connection.cursor() as cursor:
            if not self._is_possible() or not self._execute_prepared(cursor, text):
                cursor.execute(self.sql, [text])
            return cursor.fetchone()

    def _is_possible(self):
        # In a transaction, a statement that is not known would spoil all that follows.
        return (
            connection.vendor == "postgresql" and not connection.in_atomic_block and not self.is_off
        )

    def _execute_prepared(self, cursor, text):
        """Whether it could be done; if not, nor is it tried again by this process."""
        try:
            if connection.connection not in self.prepared_on:
                cursor.execute(f"PREPARE {self.name} (text) AS {self.sql.replace('%s', '$1')}")
                self.prepared_on.add(connection.connection)
            cursor.execute(f"EXECUTE {self.name} (%s)", [text])
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", "") not in (
                NOT_KNOWN,
                KNOWN_ALREADY,
                OUTDATED,
            ):
                raise
            logger.warning("Each query is planned anew: %s", error)
            self.is_off = True
        return not self.is_off
