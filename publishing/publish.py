"""Publishing: from the rows that a city's people edit to what the public reads.

A publication is made in a transaction of its own, after that of the change; it holds one city.
Locks are taken in one order: City, PublicCity, the read tables, and what counts over cities last.
So two publishers of one city wait for each other, and the second finds nothing left to do.
"""

import logging
import random
from dataclasses import replace

from django.db import transaction
from django.db.models import Subquery
from django.db.models.functions import Lower
from django.utils import timezone

from catalogue import frozen
from catalogue.models import CatalogueVersion
from hub import references
from profiles import read_tables
from profiles.models import (
    City,
    CitySlug,
    PublicAddress,
    Publication,
    PublicCity,
    PublishRequest,
)

from . import record as records
from .prepared import is_in_step, prepare_locked, prepare_record, prepare_rows_of
from .signals import city_published, city_withdrawn

logger = logging.getLogger(__name__)

Kind = Publication.Kind
KINDS = {
    City.Publishing.CITY: Kind.CITY,
    City.Publishing.REVIEW: Kind.REVIEWED,
    City.Publishing.AT_ONCE: Kind.AT_ONCE,
}
"""How a version came about, where nobody says otherwise."""

AT_ONCE = 50
"""Cities whose rows are read together, before each is published in its own transaction."""


LOADED = ("publishing", "is_withdrawn", "withdrawal_note", "content_version", "slug", "name")


class AddressTaken(RuntimeError):
    """The city's address led to another city before."""


class NotPublished(RuntimeError):
    """The city is withdrawn or deleted."""


def publish_each(city_ids, about):
    """Bring what the public reads of these cities up to date, whatever fails.

    Yields of each its key and whether it went well. `about(city_ids)` gives for some cities at a
    time: city id → `by`, `note` and `kind`, as `publish` takes them.
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
            yield city_id, _went_well(city_id, **given)
    # With a city its resources have become public, or are not public any more.
    for city_id in references.find_outdated():
        _went_well(city_id)


def _prepared(city_ids):
    """What could be made ready of the rows that are due; nothing where one city cannot be read.

    One city alone is read under its lock, which takes fewer queries.
    """
    if len(city_ids) == 1:
        return {}
    try:
        return prepare_rows_of(city_ids, frozen.current())
    except Exception:
        logger.exception("Cities %d to %d are read one by one.", city_ids[0], city_ids[-1])
        return {}


def _went_well(city_id, **given):
    try:
        bring_up_to_date(city_id, **given)
    except Exception:
        logger.exception("City %d could not be published.", city_id)
        return False
    return True


@transaction.atomic
def bring_up_to_date(city_id, **about):
    """Do for one city what makes it lag (`profiles.lagging`); `about`: as `publish` takes it."""
    city, public = locked(city_id)
    if city is None or city.is_withdrawn:
        return _withdraw(public, city, about.get("by"))
    request = next(iter(PublishRequest.objects.filter(city=city_id)), None)
    if request is not None:
        request.delete()
        if _is_allowed(request):
            return _publish(city, public, **about | _asked(request))
    if public is None or public.publication_id is None:
        return _bring_back(city, public)
    if city.publishing == City.Publishing.AT_ONCE:
        return _publish(city, public, **about)
    if _tables_are_behind(city, public):
        _write_anew(city, public)
    return public.publication


def _is_allowed(request):
    """Whether who asked may publish the city still: it may have been withdrawn in between."""
    by = request.requested_by
    return by is None or City.objects.publishable_by(by).filter(pk=request.city_id).exists()


def _asked(request):
    """What a `PublishRequest` says of the publication; the rest is told by the last change."""
    asked = {"by": request.requested_by, "note": request.note, "kind": request.kind}
    told = {name: value for name, value in asked.items() if value}
    # The note of a version that somebody published is public: the reason of a change is not.
    return {"note": "", **told} if request.kind == Kind.CITY else told


@transaction.atomic
def publish(city_id, *, by=None, note="", kind=None, prepared=None):
    """Let the public read what the city holds now; returns its current publication.

    `kind` is one of `Publication.Kind`, by default what it is; `prepared`: what was made of the
    city's rows. Raises NotPublished.
    """
    city, public = locked(city_id)
    if city is None or city.is_withdrawn:
        raise NotPublished(city_id)
    PublishRequest.objects.filter(city=city_id).delete()
    return _publish(city, public, by=by, note=note, kind=kind, prepared=prepared)


def _publish(city, public, *, by=None, note="", kind=None, prepared=None):
    catalogue = frozen.current()
    is_outdated = references.is_outdated(city.pk)
    if is_in_step(public, city, catalogue) and not is_outdated:
        return public.publication
    if is_outdated or not _holds_still(prepared, city, public, catalogue):
        prepared = prepare_locked(public, city.pk, catalogue)
    return _take(city, public, prepared, kind, is_outdated, published_by=by, note=note)


@transaction.atomic
def settle(city_id, content_version, sha256):
    """Note that what the city holds at this content version is what the public reads already.

    `sha256`: the hash of its record. Nothing is noted where either has moved meanwhile.
    """
    city, _public = locked(city_id)
    if city is not None and city.content_version == content_version:
        same = PublicCity.objects.filter(pk=city_id, publication__sha256=sha256)
        same.update(seen_content_version=content_version, unpublished_since=None)


@transaction.atomic
def publish_submission(submission, *, by=None, note=""):
    """Let the public read the record of a submission; returns its publication.

    What the city has changed since is not public. Raises NotPublished, and
    publishing.record.UnreadableRecord.
    """
    city, public = locked(submission.city_id)
    if city is None or city.is_withdrawn:
        raise NotPublished(submission.city_id)
    PublishRequest.objects.filter(city=city.pk).delete()
    is_outdated = references.is_outdated(city.pk)
    record = records.read(submission.record)
    prepared = prepare_record(public, city.pk, record, frozen.current())
    prepared = replace(prepared, made_of=(submission.content_version, *prepared.made_of[1:]))
    about = {"published_by": by, "note": note}
    return _take(city, public, prepared, Kind.REVIEWED, is_outdated, submission, **about)


def _take(city, public, prepared, kind, is_outdated, submission=None, **about):
    """Make what is `prepared` the current publication."""
    content_version = prepared.made_of[0]
    before = public and public.publication_id
    publication = _store(city, public, prepared, kind, content_version, **about)
    if public and (is_outdated or public.publication_id is None):
        # Nobody has noted what happened to its resources while it was not public.
        public.resources_version += 1
    prepared.public.unpublished_since = (
        None if content_version == city.content_version else timezone.now()
    )
    _write(prepared, publication, public, content_version)
    _keep_addresses(city, publication.slug.lower())
    if publication.pk != before:
        city_published.send(
            sender=Publication,
            publication=publication,
            by=publication.published_by,
            submission=submission,
        )
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
    if city is None or city.is_withdrawn:
        _withdraw(public, city)
    elif public is not None and public.publication_id is not None:
        _write_anew(city, public)
    else:
        read_tables.remove([city_id])


def _tables_are_behind(city, public):
    """Whether card and read tables are to be written anew of what is published already."""
    current = City.objects.filter(pk=city.pk).values_list("is_sample", "country")
    return (
        public.tables_catalogue != frozen.current_hash()
        or current.get() != (public.is_sample, public.country_id)
        or references.is_outdated(city.pk)
    )


def _write_anew(city, public):
    record = records.read(public.publication.record)
    if references.is_outdated(city.pk):
        public.resources_version += 1
    prepared = prepare_record(public, city.pk, record, frozen.current())
    prepared.public.unpublished_since = public.unpublished_since
    _write(prepared, public.publication, public, public.seen_content_version)


def _bring_back(city, public):
    """Let the public read again what the city published last, before it was away."""
    readable = Publication.objects.readable().filter(city=city.pk)
    newest = readable.order_by("-number").first()
    if newest is None:
        return None
    prepared = prepare_record(public, city.pk, records.read(newest.record), frozen.current())
    prepared = replace(prepared, made_of=(newest.content_version, *prepared.made_of[1:]))
    return _take(city, public, prepared, newest.kind, is_outdated=True)


def locked(city_id):
    """The city and the public city under their locks, each None where there is none.

    `no_key`: rows that refer to the city can be written meanwhile. Of the city only what tells
    whether it has changed is loaded.
    """
    cities = City.objects.select_for_update(no_key=True).filter(pk=city_id)
    public = PublicCity.objects.select_for_update(no_key=True).filter(pk=city_id)
    found = cities.only(*LOADED), public.defer("search_text")
    # Not `first`, which sorts: there is one of each at most.
    return tuple(next(iter(rows), None) for rows in found)


def _holds_still(prepared, city, public, catalogue):
    """Whether what was made ready without a lock is what the city holds now."""
    return prepared is not None and prepared.made_of == (
        city.content_version,
        public.resources_version if public else 0,
        catalogue.sha256,
    )


def _withdraw(public, city, by=None):
    """Take a city from the public; its publications and addresses stay."""
    if public is None:
        return
    read_tables.remove([public.pk])
    if city is None:
        public.delete()
        return
    if public.publication_id is None:
        return
    public.publication = None
    public.save(update_fields=["publication"])
    city_withdrawn.send(sender=City, city=city, note=city.withdrawal_note, by=by)


def _store(city, public, prepared, kind, content_version, **about):
    """The publication of this record: the newest one if it says the same, else a new one.

    Also a new one where the newest is withdrawn, and of a city that was deleted and has come back:
    it has lost its card, which told its pages of then from those of now.
    """
    versions = CatalogueVersion.objects.filter(sha256=prepared.catalogue.sha256).values("pk")
    earlier = Publication.objects.filter(city=city.pk).only(
        "number", "sha256", "published_at", "withdrawn_at"
    )
    newest = earlier.annotate(version=Subquery(versions)).order_by("-number").first()
    says_the_same = newest and newest.sha256 == prepared.sha256 and not newest.withdrawn_at
    if public and says_the_same:
        return newest
    return Publication.objects.create(
        city=city,
        number=newest.number + 1 if newest else 1,
        slug=prepared.public.slug,
        name=prepared.public.name,
        record=records.pack(prepared.encoded),
        sha256=prepared.sha256,
        catalogue_id=newest.version if newest else versions.get()["pk"],
        content_version=content_version,
        kind=kind or (KINDS[city.publishing] if newest else Kind.FIRST),
        **about,
    )


def _write(prepared, publication, before, seen_content_version):
    """Write the card and the read tables; `before`: the stored card, None for a first one."""
    public = prepared.public
    public.publication = publication
    public.changed_at = publication.published_at
    if before is not None:
        public.resources_version = before.resources_version
    public.seen_content_version = seen_content_version
    public.tables_catalogue = prepared.catalogue.sha256
    public.save(force_insert=before is None, force_update=before is not None)
    read_tables.write(public.pk, prepared.rows)


def _keep_addresses(city, address):
    """Reserve the address of the city, and those that it had before, for ever."""
    own = PublicAddress.objects.filter(city=city.pk)
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
    former = CitySlug.objects.filter(city=city).alias(small=Lower("slug"))
    former = former.exclude(small=address).exclude(small__in=present)
    PublicAddress.objects.bulk_create(
        (
            PublicAddress(slug=slug.lower(), city=city, is_current=False)
            for slug in former.values_list("slug", flat=True)
        ),
        ignore_conflicts=True,
    )
