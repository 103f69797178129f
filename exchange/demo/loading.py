"""Loads the sample cities: what is there stays as it is, also under an address of before."""

import datetime
from contextlib import contextmanager

from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from catalogue.models import KMGBFTarget, Topic
from hub.models import Resource
from hub.moderation import adjust_state_fields
from profiles.changes import recording
from profiles.models import ChangeSet, City, Publication, PublicCity, taken_slugs
from publishing import review
from publishing.publish import publish

from ..applying import NotApplied, apply
from ..planning import make_plan
from ..reading import UnreadableWorkbook, read
from .people import OFFICER_OF_THREE_OTTERS
from .sources import ANJI, workbook_of

PARTNER = {
    "organisation": "Friends of Urban Rivers (invented)",
    "title": "Walking a river: a sheet to fill in",
    "summary": "One page for an afternoon: banks, plants, birds, and what lies in the water.",
    "url": "https://example.org/partners/river-walk",
    "languages": "en fr",
    "year": 2025,
}
"""A resource of an organisation that is no city."""


class NotLoaded(RuntimeError):
    """The file cannot be loaded; the message names it and says why."""


def is_there(slug, former=""):
    """Whether the city is or was in the database, even if its address was changed since."""
    slugs = [one for one in (slug, former) if one]
    return City.objects.filter(slug__in=slugs).exists() or bool(taken_slugs(slugs))


def load_anji():
    """Returns the number of rows that it has written."""
    with told(ANJI.name):
        return write(read(ANJI), ANJI.name)


def load_light(sources):
    """Load cities with one stage and without files, all in one workbook."""
    names = ", ".join(source.slug for source in sources)
    cities = [(source.slug, stage) for source in sources for stage in source.stages]
    with told(names), transaction.atomic():
        rows = write(workbook_of([(slug, stage.sheets) for slug, stage in cities]), "demo")
        for slug, stage in cities:
            publish_stage(slug, stage)
    return rows


def load_stages(source):
    """Load what a city has published in turn; yields the number of rows of each stage."""
    for stage in source.stages:
        if stage.is_sent:
            continue
        with told(source.path.name), transaction.atomic():
            yield write(source.workbook(stage), source.path.name, source.enclosed())
            publish_stage(source.slug, stage)


def publish_stage(slug, stage):
    city = City.objects.only("pk").get(slug=slug)
    publication = publish(city.pk, note=stage.note, kind=Publication.Kind.CITY)
    if stage.published:
        backdate(publication, datetime.date.fromisoformat(stage.published))


def backdate(publication, day):
    """Let an invented version be of the day of its story."""
    noon = datetime.datetime.combine(day, datetime.time(12), timezone.get_current_timezone())
    Publication.objects.filter(pk=publication.pk).update(published_at=noon)
    PublicCity.objects.filter(publication=publication.pk).update(changed_at=noon)


def send_for_review(source):
    """Let a city publish after review from now on, and send the stage that is not published yet."""
    officer = User.objects.with_email(OFFICER_OF_THREE_OTTERS.email).first()
    for stage in source.stages:
        if stage.is_sent and officer is not None:
            with told(source.path.name):
                with recording(None, ChangeSet.Kind.DEMO, source.path.name):
                    city = City.objects.get(slug=source.slug)
                    city.publishing = City.Publishing.REVIEW
                    city.save()
                write(source.workbook(stage), source.path.name)
                review.send(City.objects.get(slug=source.slug), officer, stage.note)


@contextmanager
def told(name):
    try:
        yield
    except (UnreadableWorkbook, NotApplied, review.NotNow, DatabaseError) as error:
        raise NotLoaded(f"{name}: {error}") from error


def write(workbook, reason, enclosed=None):
    plan = make_plan(workbook, enclosed=enclosed)
    if not plan.is_sound:
        raise NotApplied("\n".join(map(str, plan.problems)))
    apply(plan, reason=reason, kind=ChangeSet.Kind.DEMO)
    return plan.totals["new"] + plan.totals["changed"]


def load_partner():
    """Add a resource of a partner organisation, which no workbook can have."""
    if Resource.objects.filter(url=PARTNER["url"]).exists():
        return
    with recording(None, ChangeSet.Kind.DEMO, PARTNER["organisation"]):
        resource = Resource(**PARTNER, kind=Resource.Kind.TOOL, state=Resource.State.PUBLISHED)
        adjust_state_fields(Resource.State.SUBMITTED, resource, (), by_staff=True)
        resource.save()
        resource.topics.set(Topic.objects.filter(code="governance-management"))
        resource.targets.set(KMGBFTarget.objects.filter(number__in=(12, 21)))
