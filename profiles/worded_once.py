"""Queries that Django words once: to word a large one takes longer than the database to answer."""

from functools import cache

from django.db import connection

ANY_KEY = 9_007_199_254_740_881
"""Stands for the key while the query is worded; nothing else in a query is this number."""


def worded_once(make):
    """A function of a key that gives the rows of the query `make(key)`, as tuples.

    The values are as the database gives them: a truth may be 0 or 1.
    """

    @cache
    def wording(vendor):
        return make(ANY_KEY).query.sql_with_params()

    def ask(key=None):
        sql, parameters = wording(connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(sql, [key if value == ANY_KEY else value for value in parameters])
            return cursor.fetchall()

    return ask
