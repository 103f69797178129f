"""On PostgreSQL an index of three letters each, for the search in descriptions.

Where its extension is missing or may not be created, a search reads all descriptions instead and
finds the same. docs/deployment.md says how to make the index later.
"""

import logging

from django.db import DatabaseError, migrations, transaction

logger = logging.getLogger(__name__)

FORWARDS = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS actions_publicaction_letters"
    " ON actions_publicaction USING gin (search_text gin_trgm_ops)",
)
# The extension stays: somebody else may use it.
BACKWARDS = ("DROP INDEX IF EXISTS actions_publicaction_letters",)


def create(apps, schema_editor):
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            execute(schema_editor, FORWARDS)
    except DatabaseError as error:
        logger.warning("Searches in actions go without their index: %s", error)


def drop(apps, schema_editor):
    execute(schema_editor, BACKWARDS)


def execute(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("actions", "0010_former_tables_of_the_explorer")]

    operations = [migrations.RunPython(create, drop)]
