import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import exchange.models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0004_imports_taken_back_in_part"),
        ("profiles", "0020_summaries_of_public_cities"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("cities", "cities"),
                            ("commitments", "commitments that cities have made"),
                            ("actions", "actions of cities"),
                            ("statements", "figures: starting points, targets, progress"),
                        ],
                        max_length=20,
                        verbose_name="becomes",
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("headers", models.JSONField(default=list)),
                ("decisions", models.JSONField(default=dict)),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used")),
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappings",
                        to="profiles.city",
                        verbose_name="city",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "mapping of a list",
                "verbose_name_plural": "mappings of lists",
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="MappedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=exchange.models.stored_name, verbose_name="file"
                    ),
                ),
                ("file_name", models.CharField(max_length=255, verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                ("decisions", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="sent")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "being mapped"),
                            ("making", "its workbook is being made"),
                            ("made", "its workbook is made"),
                            ("failed", "failed"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("run", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("heartbeat", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("rows_total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("rows_done", models.PositiveIntegerField(default=0)),
                (
                    "workbook",
                    models.FileField(
                        blank=True, max_length=200, upload_to=exchange.models.stored_name
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("findings", models.JSONField(default=dict)),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="mapped_files",
                        to="exchange.job",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mapped_files",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="files",
                        to="exchange.mapping",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of another form",
                "verbose_name_plural": "lists of another form",
                "ordering": ("-created_at", "-pk"),
            },
            bases=(exchange.models.jobs.Watched, models.Model),
        ),
    ]
