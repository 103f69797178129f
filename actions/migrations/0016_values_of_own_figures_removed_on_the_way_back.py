"""On the way back, the values of own figures go: the release before has no place for them.

A migration of its own, as PostgreSQL changes no table whose rows the same transaction has changed.
"""

from django.db import migrations


def remove_values_of_own_figures(apps, schema_editor):
    apps.get_model("actions", "Value").objects.filter(measure=None).delete()


class Migration(migrations.Migration):
    dependencies = [("actions", "0015_own_figures_plans_and_summaries")]

    operations = [migrations.RunPython(migrations.RunPython.noop, remove_values_of_own_figures)]
