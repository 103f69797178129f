"""A query that PostgreSQL plans once: on each connection, and not where a pooler is in front."""

import pytest
from django.db import DatabaseError

from report import planned_once as module
from report.planned_once import KNOWN_ALREADY, NOT_KNOWN, OUTDATED, PlannedOnce


class OfPsycopg(Exception):
    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


class Handle:
    """As a connection of psycopg."""


class Connection:
    """As `django.db.connection`; `fails`: the state in which EXECUTE ends."""

    def __init__(self, vendor="postgresql", in_atomic_block=False):
        self.vendor, self.in_atomic_block = vendor, in_atomic_block
        self.asked, self.fails, self.connection = [], "", Handle()

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def execute(self, sql, given=()):
        self.asked.append(sql.partition(" ")[0])
        if self.fails and sql.startswith("EXECUTE"):
            raise DatabaseError from OfPsycopg(self.fails)

    def fetchone(self):
        return ("row",)


def ask(monkeypatch, connection, query, times=1):
    """The first words of what the database is asked."""
    monkeypatch.setattr(module, "connection", connection)
    for _time in range(times):
        assert query.fetch_one("anji-county") == ("row",)
    return connection.asked


def test_it_is_prepared_once_on_each_connection(monkeypatch):
    query, connection = PlannedOnce("SELECT 1 WHERE x = %s"), Connection()
    assert ask(monkeypatch, connection, query, 2) == ["PREPARE", "EXECUTE", "EXECUTE"]
    connection.connection = Handle()
    assert ask(monkeypatch, connection, query)[3:] == ["PREPARE", "EXECUTE"]


def test_a_query_that_two_threads_have_made_is_prepared_once(monkeypatch):
    one, other, connection = *(PlannedOnce("SELECT 2 WHERE x = %s") for _ in "12"), Connection()
    ask(monkeypatch, connection, one)
    assert ask(monkeypatch, connection, other) == ["PREPARE", "EXECUTE", "EXECUTE"]


@pytest.mark.parametrize("given", [{"vendor": "sqlite"}, {"in_atomic_block": True}])
def test_it_is_asked_as_it_is(monkeypatch, given):
    assert ask(monkeypatch, Connection(**given), PlannedOnce("SELECT %s"), 2) == ["SELECT"] * 2


@pytest.mark.parametrize("state", [NOT_KNOWN, KNOWN_ALREADY, OUTDATED])
def test_where_it_cannot_be_prepared_it_is_asked_as_it_is(monkeypatch, state):
    query, connection = PlannedOnce("SELECT %s"), Connection()
    connection.fails = state
    assert ask(monkeypatch, connection, query, 2) == ["PREPARE", "EXECUTE", "SELECT", "SELECT"]


def test_another_failure_stays_one(monkeypatch):
    connection = Connection()
    connection.fails = "57P01"  # the database is being stopped
    with pytest.raises(DatabaseError):
        ask(monkeypatch, connection, PlannedOnce("SELECT %s"))
