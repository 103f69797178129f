from django.db import migrations, models


def write_cards_anew(apps, schema_editor):
    """Have `publishing.after_migration` write all cards, with their summaries."""
    apps.get_model("profiles", "PublicCity").objects.update(tables_catalogue="")


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0019_versions_that_were_redacted"),
    ]

    operations = [
        migrations.AddField(
            model_name="publiccity",
            name="summaries",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name="publiccity",
            name="summary_words",
            field=models.TextField(db_default="", default="", editable=False),
        ),
        migrations.RunPython(write_cards_anew, migrations.RunPython.noop),
    ]
