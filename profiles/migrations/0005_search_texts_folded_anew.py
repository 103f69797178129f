"""Searches fold more letters than before, and leave out hyphens and quotation marks."""

from django.db import migrations

from profiles.refolding import refold


def fold_anew(apps, schema_editor):
    for _changed in refold(apps.get_model("profiles", "City"), schema_editor.connection):
        pass


class Migration(migrations.Migration):
    dependencies = [("profiles", "0004_reasons_of_cities_and_no_years_to_come")]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]
