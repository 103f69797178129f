"""Searches fold more letters than before, and leave out hyphens and quotation marks."""

from django.db import migrations

from profiles.refolding import refold


def fold_anew(apps, schema_editor):
    for _changed in refold(apps.get_model("hub", "Resource"), schema_editor.connection):
        pass


class Migration(migrations.Migration):
    dependencies = [("hub", "0004_uploads_with_programs")]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]
