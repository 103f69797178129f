"""Which uploads have scripts or programs: those that are stored already are looked through."""

import logging

from django.db import migrations, models

from intake import pdf

logger = logging.getLogger(__name__)


def look_through(apps, schema_editor):
    """Mark PDFs with programs. A file that is missing cannot be shown either."""
    uploads = apps.get_model("hub", "Upload").objects
    for upload in uploads.filter(media_type="application/pdf").only("file").iterator():
        try:
            with upload.file.open("rb") as file:
                has_program = pdf.has_program(file.read())
        except OSError as error:
            logger.warning("Upload %d cannot be read: %s", upload.pk, error)
            continue
        if has_program:
            uploads.filter(pk=upload.pk).update(has_program=True)


class Migration(migrations.Migration):
    dependencies = [("hub", "0003_what_was_shown_is_published")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="has_program",
                field=models.BooleanField(
                    "has scripts or programs",
                    default=False,
                    help_text="Browsers do not show it, they only save it.",
                ),
            )
            for name in ("historicalupload", "upload")
        ),
        migrations.RunPython(look_through, migrations.RunPython.noop),
    ]
