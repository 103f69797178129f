from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_files_with_the_workbook"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="leaves_out_hidden",
            field=models.BooleanField(
                default=False,
                help_text=(
                    "Hidden rows, columns and sheets, and rows that are struck through, are left out."
                ),
                verbose_name="leaves out what is hidden",
            ),
        ),
    ]
