import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from profiles.lagging import lagging
from profiles.read_tables import TABLES
from publishing.publish import bring_up_to_date, publish
from tests.factories import make_city, withdraw
from tests.site.test_imports import FLOORS

pytestmark = pytest.mark.django_db


def our_migrations():
    loader = MigrationLoader(connection)
    return {key: m for key, m in loader.disk_migrations.items() if key[0] in FLOORS}


def test_the_migrations_follow_the_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_by_what_they_do():
    automatic = [
        name for _, name in our_migrations() if name.endswith("_initial") or "auto" in name
    ]
    assert not automatic


def test_every_operation_can_be_reversed():
    for key, migration in our_migrations().items():
        for operation in migration.operations:
            assert operation.reversible, (key, operation)


def test_the_release_before_may_delete_what_read_tables_refer_to():
    fields = [field for table in TABLES for field in table.model._meta.concrete_fields]
    held = [str(field) for field in fields if field.is_relation and field.db_constraint]
    assert held == []


@pytest.mark.django_db(transaction=True)
def test_the_migrations_run_backwards_and_forwards_again():
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate([("achievements", None), ("actions", None), ("pathway", None)])
    executor = MigrationExecutor(connection)
    executor.migrate(latest)
    assert not MigrationExecutor(connection).migration_plan(latest)


STATES = [("profiles", "0007_submissions_and_how_cities_publish")]


@pytest.mark.sql
@pytest.mark.django_db(transaction=True)
def test_a_city_that_was_public_and_is_a_draft_again_does_not_become_public():
    """Its state goes with the migration, and its last version would come back without it."""
    city = make_city("Port Trial", publishing="city")
    publish(city.pk)
    withdraw(city)
    bring_up_to_date(city.pk)
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    MigrationExecutor(connection).migrate(STATES)
    before = MigrationExecutor(connection).loader.project_state(STATES).apps
    given = {"state": "draft", "is_withdrawn": False, "withdrawal_note": ""}
    before.get_model("profiles", "City").objects.update(**given)
    MigrationExecutor(connection).migrate(latest)
    city.refresh_from_db()
    assert city.is_withdrawn
    assert city.withdrawal_note
    assert list(lagging()) == []
