"""Publishing: from the rows that a city's people edit to what the public reads.

A publication is made in a transaction of its own, after that of the change. Locks are taken in one
order: City, PublicCity, the read tables, and what counts over cities last.
"""

import logging

from django.db import transaction
from django.db.models import Max
from django.dispatch import receiver

from catalogue import frozen
from catalogue.models import CatalogueVersion
from profiles import read_tables
from profiles.changes import city_changed
from profiles.models import City, PublicAddress, Publication, PublicCity, State
from profiles.read_tables import Published

from . import record as records

logger = logging.getLogger(__name__)


@receiver(city_changed)
def follow(sender, city_ids, change_set, **kwargs):
    """Publish what has just been saved."""
    for city_id in city_ids:
        try:
            publish(city_id, by=change_set.user, note=change_set.reason)
        except Exception:
            logger.exception("City %d could not be published.", city_id)


@transaction.atomic
def publish(city_id, *, by=None, note="", kind=Publication.Kind.AT_ONCE):
    """Let the public read what the city holds now; returns its current publication.

    None if the city is not to be public: then the public reads nothing of it any more.
    """
    city = (
        City.objects.select_for_update(of=("self",))
        .select_related("country__region")
        .filter(pk=city_id)
        .first()
    )
    public = PublicCity.objects.select_for_update().filter(city=city_id).first()
    if city is None or city.state != State.PUBLISHED:
        withdraw(public, city)
        return None
    catalogue = frozen.current()
    record = records.collect([city])[city.pk]
    public = public or PublicCity(city=city)
    publication = store(public, city, record, catalogue, published_by=by, note=note, kind=kind)
    fill(public, city, record, publication)
    read_tables.write([Published(public, record, catalogue)])
    return publication


def withdraw(public, city):
    """Take a city from the public; its publications stay."""
    if public is None:
        return
    public.publication = None
    public.seen_content_version = city.content_version if city else public.seen_content_version
    public.save()
    PublicAddress.objects.filter(city=public.pk).update(is_current=False)
    read_tables.remove([public.pk])


def store(public, city, record, catalogue, **about):
    """The publication of this record: the current one if it says the same, else a new one."""
    encoded = records.encode(record)
    sha256 = records.digest(encoded)
    if public.publication and public.publication.sha256 == sha256:
        return public.publication
    earlier = Publication.objects.filter(city=city.pk)
    return Publication.objects.create(
        city=city,
        number=(earlier.aggregate(n=Max("number"))["n"] or 0) + 1,
        slug=city.slug,
        name=city.name,
        record=records.pack(encoded),
        sha256=sha256,
        catalogue=CatalogueVersion.objects.get(sha256=catalogue.sha256),
        content_version=city.content_version,
        **about,
    )


CARD = (
    *("slug", "name", "local_name", "content_language", "country", "latitude", "longitude"),
    *("is_sample",),
)


def fill(public, city, record, publication):
    """Write the card and the address of a city."""
    public.publication = publication
    public.seen_content_version = city.content_version
    for name in CARD:
        setattr(public, name, getattr(city, name))
    public.changed_at = city.updated_at
    public.action_count = len(record.actions.actions)
    public.save()
    PublicAddress.objects.filter(city=city.pk).exclude(slug=city.slug).update(is_current=False)
    PublicAddress.objects.update_or_create(
        slug=city.slug.lower(), defaults={"city": city, "is_current": True}
    )


def lagging():
    """The keys of cities of which the public does not read yet, or still reads, what it should."""
    published = set(City.objects.filter(state=State.PUBLISHED).values_list("pk", "content_version"))
    seen = set(PublicCity.objects.public().values_list("pk", "seen_content_version"))
    return sorted({pk for pk, _version in published ^ seen})
