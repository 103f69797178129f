from django.db import migrations, models
from django.utils import timezone


def leave_out_earlier_answers(apps, schema_editor):
    """Officers have seen the answers of before on the first page: no mail tells of them now."""
    requests = apps.get_model("updates", "ColleagueRequest").objects
    requests.update(told_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("updates", "0002_requests_to_colleagues"),
    ]

    operations = [
        migrations.AddField(
            model_name="colleaguerequest",
            name="told_at",
            field=models.DateTimeField(null=True, verbose_name="answers told up to"),
        ),
        migrations.RunPython(leave_out_earlier_answers, migrations.RunPython.noop),
    ]
