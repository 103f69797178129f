from django.db import migrations, models

TABLES = ("assessment", "historicalassessment")


def field(default):
    return models.BooleanField(
        default=default,
        help_text="Until the city says so, no version of its profile has the assessment.",
        verbose_name="goes out with the profile",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cbi", "0006_public_assessments"),
    ]

    # Rows that exist stay public: they get True, later ones False.
    operations = [
        *(migrations.AddField(table, "is_released", field(default=True)) for table in TABLES),
        *(migrations.AlterField(table, "is_released", field(default=False)) for table in TABLES),
    ]
