"""Tables that the public reads of the hub: resources, references to them, files.

They are only added, so that the release before can still work on this database.
"""

import django.db.models.deletion
from django.db import migrations, models

import profiles.fields


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0005_search_texts_folded_anew"),
        ("profiles", "0006_publications_and_public_cities"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicResource",
            fields=[
                ("id", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("organisation", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(max_length=300)),
                ("summary", models.TextField(blank=True)),
                ("language", models.CharField(blank=True, max_length=35)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plan", "plan or strategy"),
                            ("policy", "policy or law"),
                            ("report", "report"),
                            ("case-study", "case study"),
                            ("guide", "guide"),
                            ("tool", "tool"),
                            ("data-set", "data set"),
                            ("map", "map"),
                            ("video", "video"),
                            ("event", "event"),
                        ],
                        max_length=20,
                    ),
                ),
                ("languages", models.CharField(blank=True, max_length=200)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("topic_codes", models.JSONField(default=list)),
                ("target_codes", models.JSONField(default=list)),
                ("licence_code", models.CharField(blank=True, max_length=80)),
                ("url", models.URLField(blank=True, max_length=1000)),
                ("file_token", models.UUIDField(db_index=True, null=True)),
                ("file_name", models.CharField(blank=True, max_length=150)),
                ("file_media_type", models.CharField(blank=True, max_length=100)),
                ("file_size", models.PositiveBigIntegerField(null=True)),
                ("cover_token", models.UUIDField(db_index=True, null=True)),
                ("cover_width", models.PositiveIntegerField(null=True)),
                ("cover_height", models.PositiveIntegerField(null=True)),
                ("published_on", models.DateField(null=True)),
                (
                    "search_text",
                    profiles.fields.SearchTextField(sources=("title", "summary", "organisation")),
                ),
                (
                    "city",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="resources",
                        to="profiles.publiccity",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublishedFile",
            fields=[
                ("token", models.UUIDField(primary_key=True, serialize=False)),
                ("file", models.FileField(upload_to="")),
                ("name", models.CharField(max_length=150)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("has_program", models.BooleanField()),
                ("is_in_profile", models.BooleanField(default=False)),
                ("is_in_hub", models.BooleanField(default=False)),
                (
                    "city",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="profiles.publiccity",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ResourceReference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("resource_id", models.PositiveBigIntegerField(db_index=True)),
                ("is_shown", models.BooleanField()),
                (
                    "city",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="profiles.publiccity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("city", "resource_id"), name="hub_resourcereference_once_per_city"
                    )
                ],
            },
        ),
    ]
