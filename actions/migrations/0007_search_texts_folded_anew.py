"""Searches fold more letters than before, and leave out hyphens and quotation marks."""

from django.db import migrations

from actions.search import SIGNATURE_FIELDS, search_signature
from profiles.refolding import refold, update_each


def fold_anew(apps, schema_editor):
    connection = schema_editor.connection
    changed = refold(apps.get_model("actions", "Action"), connection)
    signed = [(pk, *search_signature(text)) for pk, text in changed]
    update_each(connection, apps.get_model("actions", "Sought"), SIGNATURE_FIELDS, signed)


class Migration(migrations.Migration):
    dependencies = [("actions", "0006_synonyms_of_action_types")]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]
