"""Publishing: from the rows that a city's people edit to what the public reads.

A publication is made in a transaction of its own, after that of the change; it holds one city.
Locks are taken in one order: City, PublicCity, the read tables, and what counts over cities last.
So two publishers of one city wait for each other, and the second finds nothing left to do.
"""

import logging
import random

from django.db import transaction
from django.db.models import Subquery
from django.db.models.functions import Lower

from catalogue import frozen
from catalogue.models import CatalogueVersion
from hub import references
from profiles import read_tables
from profiles.models import City, CitySlug, PublicAddress, Publication, PublicCity, State

from . import record as records
from .prepared import is_in_step, prepare, prepare_locked, prepare_rows_of

logger = logging.getLogger(__name__)

AT_ONCE = 50
"""Cities whose rows are read together, before each is published in its own transaction."""


LOADED = ("state", "content_version", "slug", "name")


class AddressTaken(RuntimeError):
    """The city's address led to another city before."""


def publish_each(city_ids, about):
    """Publish these cities, whatever fails; yields of each its key and whether it went well.

    `about(city_ids)` gives for some cities at a time: city id → `by`, `note` and `kind`, as
    `publish` takes them.
    """
    ids = sorted(city_ids)
    starts = list(range(0, len(ids), AT_ONCE))
    # Two processes that publish the same cities seldom read the same ones at once.
    random.shuffle(starts)
    for start in starts:
        some = ids[start : start + AT_ONCE]
        told, prepared = about(some), _prepared(some)
        for city_id in some:
            given = {**told.get(city_id, {}), "prepared": prepared.get(city_id)}
            yield city_id, _is_published(city_id, **given)
    # With a city its resources have become public, or are not public any more.
    for city_id in list(references.outdated()):
        _is_published(city_id)


def _prepared(city_ids):
    """What could be made ready for these cities; nothing where one of them cannot be read.

    One city alone is read under its lock, which takes fewer queries.
    """
    if len(city_ids) == 1:
        return {}
    try:
        return prepare_rows_of(city_ids, frozen.current())
    except Exception:
        logger.exception("Cities %d to %d are read one by one.", city_ids[0], city_ids[-1])
        return {}


def _is_published(city_id, **given):
    try:
        publish(city_id, **given)
    except Exception:
        logger.exception("City %d could not be published.", city_id)
        return False
    return True


@transaction.atomic
def publish(city_id, *, by=None, note="", kind=None, prepared=None):
    """Let the public read what the city holds now; returns its current publication.

    None if the city is not to be public: then the public reads nothing of it any more. `kind` is
    one of `Publication.Kind`, by default what it is; `prepared`: what was made of the city's rows.
    """
    city, public = locked(city_id)
    if city is None or city.state != State.PUBLISHED:
        _withdraw(public, city)
        return None
    catalogue = frozen.current()
    is_outdated = references.outdated().filter(city=city_id).exists()
    if is_in_step(public, city, catalogue) and not is_outdated:
        return public.publication
    if is_outdated or not _holds_still(prepared, city, public, catalogue):
        prepared = prepare_locked(public, city.pk, catalogue)
    publication = _store(city, public, prepared, kind, published_by=by, note=note)
    if is_outdated or (public and public.publication_id is None):
        # Nobody has noted what happened to its resources while it was not public.
        public.resources_version += 1
    _write(prepared, publication, public, city.content_version)
    _keep_addresses(city)
    return publication


def refresh_each(city_ids):
    """`refresh_public` of each, whatever fails; yields as `publish_each`."""
    for city_id in city_ids:
        try:
            refresh_public(city_id)
        except Exception:
            logger.exception("City %d could not be written anew.", city_id)
            yield city_id, False
        else:
            yield city_id, True


@transaction.atomic
def refresh_public(city_id):
    """Write card and read tables anew from what the city has published.

    What the platform decides is as it is now. Raises publishing.record.UnreadableRecord.
    """
    city, public = locked(city_id)
    if city is None or city.state != State.PUBLISHED:
        _withdraw(public, city)
    if public is None or public.publication_id is None:
        read_tables.remove([city_id])
        return
    record = records.read(public.publication.record)
    city = City.objects.select_related("country__region").get(pk=city_id)
    prepared = prepare([city], {city.pk: record}, frozen.current())[city.pk]
    prepared.public.changed_at = public.changed_at
    _write(prepared, public.publication, public, public.seen_content_version)


def locked(city_id):
    """The city and the public city under their locks, each None where there is none.

    `no_key`: rows that refer to the city can be written meanwhile. Of the city only what tells
    whether it has changed is loaded.
    """
    cities = City.objects.select_for_update(no_key=True).filter(pk=city_id)
    public = PublicCity.objects.select_for_update(no_key=True).filter(pk=city_id)
    return cities.only(*LOADED).first(), public.defer("search_text").first()


def _holds_still(prepared, city, public, catalogue):
    """Whether what was made ready without a lock is what the city holds now."""
    return prepared is not None and prepared.made_of == (
        city.content_version,
        public.resources_version if public else 0,
        catalogue.sha256,
    )


def _withdraw(public, city):
    """Take a city from the public; its publications and addresses stay."""
    if public is None:
        return
    read_tables.remove([public.pk])
    if city is None:
        public.delete()
        return
    public.publication = None
    public.seen_content_version = city.content_version
    public.save(update_fields=["publication", "seen_content_version"])


def _store(city, public, prepared, kind, **about):
    """The publication of this record: the newest one if it says the same, else a new one.

    Also a new one where the newest is withdrawn, and of a city that was deleted and has come back:
    it has lost its card, which told its pages of then from those of now.
    """
    versions = CatalogueVersion.objects.filter(sha256=prepared.catalogue.sha256).values("pk")
    earlier = Publication.objects.filter(city=city.pk).only("number", "sha256", "withdrawn_at")
    newest = earlier.annotate(version=Subquery(versions)).order_by("-number").first()
    says_the_same = newest and newest.sha256 == prepared.sha256 and not newest.withdrawn_at
    if public and says_the_same:
        return newest
    return Publication.objects.create(
        city=city,
        number=newest.number + 1 if newest else 1,
        slug=city.slug,
        name=city.name,
        record=records.pack(prepared.encoded),
        sha256=prepared.sha256,
        catalogue_id=newest.version if newest else versions.get()["pk"],
        content_version=city.content_version,
        kind=kind or (Publication.Kind.AT_ONCE if newest else Publication.Kind.FIRST),
        **about,
    )


def _write(prepared, publication, before, seen_content_version):
    """Write the card and the read tables; `before`: the stored card, None for a first one."""
    public = prepared.public
    public.publication = publication
    if before is not None:
        public.resources_version = before.resources_version
    public.seen_content_version = seen_content_version
    public.tables_catalogue = prepared.catalogue.sha256
    public.save(force_insert=before is None, force_update=before is not None)
    read_tables.write(public.pk, prepared.rows)


def _keep_addresses(city):
    """Reserve the address of the city, and those that it had before, for ever."""
    own, address = PublicAddress.objects.filter(city=city.pk), city.slug.lower()
    if own.filter(slug=address, is_current=True).exists():
        return
    if PublicAddress.objects.filter(slug=address).exclude(city=city.pk).exists():
        raise AddressTaken(
            f"The address “{address}” leads to another city: give {city.name} its own."
        )
    own.filter(is_current=True).update(is_current=False)
    PublicAddress.objects.update_or_create(
        slug=address, defaults={"city": city, "is_current": True}
    )
    # In old databases another city may have such an address now.
    present = City.objects.exclude(pk=city.pk).values(slug_=Lower("slug"))
    former = CitySlug.objects.filter(city=city).exclude(slug=city.slug)
    former = former.alias(small=Lower("slug")).exclude(small__in=present)
    PublicAddress.objects.bulk_create(
        (
            PublicAddress(slug=slug.lower(), city=city, is_current=False)
            for slug in former.values_list("slug", flat=True)
        ),
        ignore_conflicts=True,
    )
