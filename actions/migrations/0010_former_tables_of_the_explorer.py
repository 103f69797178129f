"""The models that the explorer had before are taken out of the state; their tables stay.

The release before this one can go on with them. They hold no row of the catalogue any more, so
that a type can be deleted. A later release drops the tables.
"""

import django.db.models.deletion
from django.db import migrations, models

TO_CATALOGUE = (
    ("TypeInCity", "action_type", "actions.actiontype"),
    ("Standing", "action_type", "actions.actiontype"),
    ("Standing", "measure", "actions.measure"),
    ("Sought", "action_type", "actions.actiontype"),
)
MODELS = ("TypeInCity", "Standing", "Sought", "Tally")


def without_constraint(model, name, to):
    field = models.ForeignKey(
        to,
        on_delete=django.db.models.deletion.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    return migrations.AlterField(model, name, field)


def forget(apps, schema_editor):
    """On the way back: the release before fills empty tables after its migrations."""
    for name in MODELS:
        apps.get_model("actions", name).objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("actions", "0009_what_the_public_reads_of_actions")]

    operations = [
        *(without_constraint(*field) for field in TO_CATALOGUE),
        migrations.RunPython(migrations.RunPython.noop, forget),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name) for name in MODELS]
        ),
    ]
