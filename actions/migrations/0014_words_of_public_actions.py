"""The search in actions reads the words of their targets and reports too, each after a blank.

Publishing writes these texts. So all public cities are marked as lagging, and their read tables are
written anew, city by city (`publishing.after_migration`): until then a search finds what it found
before. Nothing is locked meanwhile.
"""

from django.db import migrations, models


def mark_as_lagging(apps, schema_editor):
    cities = apps.get_model("profiles", "PublicCity").objects.using(schema_editor.connection.alias)
    cities.exclude(tables_catalogue="").update(tables_catalogue="")


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0013_key_figures_that_cities_choose"),
        ("profiles", "0011_withdrawn_versions_and_redactions"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            # The column is the same; SQLite would copy the table.
            state_operations=[
                migrations.AlterField(
                    "publicaction", "search_text", models.TextField(default="", editable=False)
                )
            ]
        ),
        migrations.AddIndex(
            "publicaction",
            models.Index(fields=("action_type",), name="actions_publicaction_of_type"),
        ),
        migrations.RunPython(mark_as_lagging, mark_as_lagging),
    ]
