from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0015_what_is_said_of_samples"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="publiccity",
            name="profiles_publiccity_in_list",
        ),
        migrations.AddIndex(
            model_name="publiccity",
            index=models.Index(
                condition=models.Q(("publication__isnull", False)),
                fields=["search_text", "city", "country", "is_sample"],
                name="profiles_publiccity_by_name",
            ),
        ),
    ]
