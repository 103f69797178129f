from django.db import migrations


def note_redacted(apps, schema_editor):
    """Mark the versions from which something was taken before there was this field."""
    publications = apps.get_model("profiles", "Publication").objects
    for redaction in apps.get_model("profiles", "Redaction").objects.all():
        numbers = [int(number) for number in redaction.former_hashes]
        rows = publications.filter(city=redaction.city_id, number__in=numbers)
        rows.update(is_redacted=True)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0018_withdrawn_versions_that_came_back")]

    operations = [migrations.RunPython(note_redacted, migrations.RunPython.noop)]
