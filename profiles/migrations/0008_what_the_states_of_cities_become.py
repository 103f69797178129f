"""Turns the states of cities into what they follow from, and back.

A published city keeps what it has published, or is published once the migration is done; a
withdrawn one is marked so; one in review, or returned, gets a submission.

One that was public before and is a draft again, in review or returned, is marked as withdrawn too:
else its last version would come back, as that of any city with versions that is not withdrawn.
"""

import datetime

from django.db import migrations
from django.utils import timezone

DAYS = datetime.timedelta(days=14)
STILL_AWAY = "Withdrawn before, and not published again."


def leave_states(apps, schema_editor):
    city_model = apps.get_model("profiles", "City")
    submission_model = apps.get_model("profiles", "Submission")
    request_model = apps.get_model("profiles", "PublishRequest")
    public = apps.get_model("profiles", "PublicCity").objects.filter(publication__isnull=False)
    cities = city_model.objects.all()
    for city in cities.filter(state="withdrawn"):
        cities.filter(pk=city.pk).update(is_withdrawn=True, withdrawal_note=city.state_note)
    published_once = apps.get_model("profiles", "Publication").objects.values("city")
    for city in cities.exclude(state__in=["withdrawn", "published"]).filter(pk__in=published_once):
        note = city.state_note or STILL_AWAY
        cities.filter(pk=city.pk).update(is_withdrawn=True, withdrawal_note=note)
    unpublished = cities.filter(state="published").exclude(pk__in=public.values("pk"))
    request_model.objects.bulk_create(
        request_model(city=city, kind="upgrade") for city in unpublished
    )
    now = timezone.now()
    submission_model.objects.bulk_create(
        submission_model(
            city=city,
            record=b"",
            content_version=city.content_version,
            sent_at=now,
            due_on=(now + DAYS).date(),
            state="returned" if city.state == "returned" else "waiting",
            decided_at=now if city.state == "returned" else None,
            decision_note=city.state_note,
        )
        for city in cities.filter(state__in=["in_review", "returned"])
    )


def take_states(apps, schema_editor):
    city_model = apps.get_model("profiles", "City")
    submission_model = apps.get_model("profiles", "Submission")
    public = apps.get_model("profiles", "PublicCity").objects.filter(publication__isnull=False)
    cities = city_model.objects.all()
    for submission in submission_model.objects.order_by("pk"):
        state = {"waiting": "in_review", "returned": "returned"}.get(submission.state, "draft")
        cities.filter(pk=submission.city_id).update(
            state=state, state_note=submission.decision_note
        )
    cities.filter(pk__in=public.values("pk")).update(state="published")
    cities.filter(publish_request__isnull=False).update(state="published")
    for city in cities.filter(is_withdrawn=True):
        cities.filter(pk=city.pk).update(state="withdrawn", state_note=city.withdrawal_note)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0007_submissions_and_how_cities_publish")]

    operations = [migrations.RunPython(leave_states, take_states)]
