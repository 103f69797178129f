"""Searches fold more letters than before, and leave out hyphens and quotation marks."""

from django.db import migrations

from profiles.refolding import refold


def fold_anew(apps, schema_editor):
    for _changed in refold(apps.get_model("profiles", "City"), schema_editor.connection):
        pass


class Migration(migrations.Migration):
    dependencies = [("profiles", "0002_undo_as_a_kind_of_change_set")]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]
