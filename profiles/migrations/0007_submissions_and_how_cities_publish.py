"""What cities send for review, and how their changes go live; their states stay until 0009."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import profiles.fields


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_catalogue_versions"),
        ("profiles", "0006_publications_and_public_cities"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(blank=True, max_length=200)),
                ("text", profiles.fields.LongTextField(verbose_name="comment")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("done_at", models.DateTimeField(null=True, verbose_name="done at")),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="PublishRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("at-once", "published with a change"),
                            ("first", "published for the first time"),
                            ("city", "published by the city"),
                            ("reviewed", "published after review"),
                            ("upgrade", "taken over from before there were publications"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("record", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("content_version", models.PositiveBigIntegerField()),
                (
                    "note",
                    profiles.fields.LongTextField(blank=True, verbose_name="note to the reviewer"),
                ),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="sent at")),
                ("due_on", models.DateField(verbose_name="answer due on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for review"),
                            ("returned", "returned with a note"),
                            ("approved", "approved and published"),
                            ("taken-back", "taken back by the city"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "decision_note",
                    profiles.fields.LongTextField(blank=True, verbose_name="note to the city"),
                ),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
                "ordering": ("-pk",),
            },
        ),
        migrations.AddField(
            model_name="city",
            name="is_withdrawn",
            field=models.BooleanField(
                default=False,
                help_text="Nothing of the city is public, until this is taken back.",
                verbose_name="withdrawn",
            ),
        ),
        migrations.AddField(
            model_name="city",
            name="publishing",
            field=models.CharField(
                choices=[
                    ("city", "by the city"),
                    ("review", "after review"),
                    ("at-once", "at once"),
                ],
                default="city",
                max_length=10,
                verbose_name="how changes go live",
            ),
        ),
        migrations.AddField(
            model_name="city",
            name="withdrawal_note",
            field=profiles.fields.LongTextField(
                blank=True,
                help_text="The city's people read this.",
                verbose_name="why it is withdrawn",
            ),
        ),
        migrations.AddField(
            model_name="historicalcity",
            name="is_withdrawn",
            field=models.BooleanField(
                default=False,
                help_text="Nothing of the city is public, until this is taken back.",
                verbose_name="withdrawn",
            ),
        ),
        migrations.AddField(
            model_name="historicalcity",
            name="publishing",
            field=models.CharField(
                choices=[
                    ("city", "by the city"),
                    ("review", "after review"),
                    ("at-once", "at once"),
                ],
                default="city",
                max_length=10,
                verbose_name="how changes go live",
            ),
        ),
        migrations.AddField(
            model_name="historicalcity",
            name="withdrawal_note",
            field=profiles.fields.LongTextField(
                blank=True,
                help_text="The city's people read this.",
                verbose_name="why it is withdrawn",
            ),
        ),
        migrations.AlterField(
            model_name="publiccity",
            name="city",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                primary_key=True,
                related_name="public_city",
                serialize=False,
                to="profiles.city",
            ),
        ),
        migrations.AddField(
            model_name="publiccity",
            name="unpublished_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="publication",
            name="kind",
            field=models.CharField(
                choices=[
                    ("at-once", "published with a change"),
                    ("first", "published for the first time"),
                    ("city", "published by the city"),
                    ("reviewed", "published after review"),
                    ("upgrade", "taken over from before there were publications"),
                ],
                max_length=20,
                verbose_name="how",
            ),
        ),
        migrations.AddConstraint(
            model_name="city",
            constraint=models.CheckConstraint(
                condition=models.Q(("publishing__in", ["city", "review", "at-once"])),
                name="profiles_city_publishing_known",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="author",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="done_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="done by",
            ),
        ),
        migrations.AddField(
            model_name="publishrequest",
            name="city",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="publish_request",
                to="profiles.city",
            ),
        ),
        migrations.AddField(
            model_name="publishrequest",
            name="requested_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="catalogue",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.catalogueversion",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="city",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="submissions",
                to="profiles.city",
                verbose_name="city",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="publication",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="profiles.publication",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="sent_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sent by",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="profiles.submission",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("city",),
                name="profiles_submission_one_waits_per_city",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "returned", "approved", "taken-back"])
                ),
                name="profiles_submission_state_known",
            ),
        ),
    ]
