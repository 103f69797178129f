"""The machinery of the test databases: kept rows, rows written again, and keys after them."""

import pytest
from django.db import connection, transaction

from accounts.models import User
from catalogue.models import Topic
from profiles.models import City
from tests import databases
from tests.databases import Kept
from tests.factories import make_city, make_user


def count_rows():
    return {table: len(rows) for table, rows in databases.read_rows().items() if rows}


def test_kept_rows_are_written_again_as_they_were(catalogue):
    kept, made = Kept(), []

    def make():
        made.append(make_city("Kept City"))
        return made[-1]

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        first, rows = kept.get("city", make), count_rows()
        raise ZeroDivisionError
    assert not City.objects.filter(name="Kept City").exists()
    again = kept.get("city", make)
    assert len(made) == 1
    assert (again, again.name) == (first, "Kept City")
    assert count_rows() == rows
    again.refresh_from_db()
    assert again.history.count() == 1


def test_two_kept_sets_and_rows_of_the_test_do_not_share_keys(catalogue):
    kept = Kept()
    makers = {name: lambda name=name: make_user(f"{name}@example.org") for name in ("ann", "bo")}
    for name, make in makers.items():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            kept.get(name, make)
            raise ZeroDivisionError
    users = {kept.get(name, make).pk for name, make in makers.items()}
    users.add(make_user("cy@example.org").pk)
    assert len(users) == User.objects.count() == 3


def test_keys_of_kept_rows_are_not_given_again_once_sequences_were_moved(catalogue):
    kept = Kept()
    databases.move_sequences()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        kept.get("ann", lambda: make_user("ann@example.org"))
        raise ZeroDivisionError
    databases.move_sequences()
    make_user("bo@example.org")
    kept.get("ann", None)
    assert User.objects.count() == 2


def test_a_kept_set_that_changes_rows_is_refused(catalogue):
    with pytest.raises(AssertionError, match="catalogue_topic were changed"):
        Kept().get("topics", lambda: Topic.objects.update(name="Other"))


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_gets_its_rows_from_the_function_itself(catalogue):
    kept = Kept()
    kept.get("user", lambda: make_user("ann@example.org"))
    assert kept.sets == {}


@pytest.mark.django_db(transaction=True)
def test_rows_come_back_after_all_tables_were_emptied(catalogue):
    before = databases.read_rows()
    databases.empty_all_tables()
    assert count_rows() == {}
    databases.write_rows(before)
    assert databases.read_rows() == before


@pytest.mark.django_db(transaction=True)
def test_new_rows_get_keys_after_those_that_were_written_again(catalogue):
    rows = databases.read_rows()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER SEQUENCE catalogue_topic_id_seq RESTART")
    databases.empty_all_tables()
    databases.write_rows(rows)
    databases.move_sequences()
    assert Topic.objects.create(code="new", name="New").pk > Topic.objects.order_by("pk").first().pk
