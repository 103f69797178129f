from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0002_zips_with_files_of_cities"),
    ]

    operations = [
        migrations.AddField(
            model_name="filebundle",
            name="addresses",
            field=models.JSONField(default=dict),
        ),
    ]
