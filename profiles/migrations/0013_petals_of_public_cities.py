from django.db import migrations, models


def write_cards_anew(apps, schema_editor):
    """Have `publishing.after_migration` write all cards, with their petals."""
    apps.get_model("profiles", "PublicCity").objects.update(tables_catalogue="")


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0012_how_cities_are_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="publiccity",
            name="petals",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.RunPython(write_cards_anew, migrations.RunPython.noop),
    ]
