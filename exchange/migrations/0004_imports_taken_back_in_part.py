from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0003_hidden_parts_left_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="undoes_part",
            field=models.BooleanField(
                default=False,
                help_text="What somebody has worked on since stays.",
                verbose_name="taken back in part",
            ),
        ),
    ]
