"""Every resource stood on its city's page before there was a review: it is published."""

from django.db import migrations

from profiles.fields import fold


def publish(apps, schema_editor):
    resource = apps.get_model("hub", "Resource")
    resource.objects.update(state="published")
    apps.get_model("hub", "HistoricalResource").objects.update(state="published")
    for row in resource.objects.only("title", "summary").iterator():
        words = fold("\n".join(filter(None, (row.title, row.summary))))
        resource.objects.filter(pk=row.pk).update(search_text=words)


class Migration(migrations.Migration):
    dependencies = [("hub", "0002_files_moderation_and_licences")]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
