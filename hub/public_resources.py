"""Brings what the public reads of the hub into step with the rows that cities and staff edit.

This happens in the transaction of the change. A published resource is public as it is. Of one that
waits for review the public reads what was approved last, if anything was; any other is not public.
"""

from collections import defaultdict

from django.db.models import F
from django.dispatch import Signal, receiver

from profiles.changes import batches, rows_written
from profiles.models import PublicCity

from . import published_files
from .models import PublicResource, Resource, ResourceReference

resources_changed = Signal()
"""Sent where the public reads something else of resources, in the transaction of the change.

Arguments: resource_ids (their sorted keys), city_ids (the sorted keys of the public cities whose
profiles refer to one of them; their `resources_version` has moved).
"""

State = Resource.State
UNREAD = ("search_text", "state_note", "city__about", "city__head_statement")


@receiver(rows_written)
def follow(sender, touched, **kwargs):
    """Take over what a recording has written."""
    bring_into_step({*touched.get(Resource, ())})


def refresh_all():
    """Rebuild what the public reads from the resources that are published."""
    published = Resource.objects.filter(state=State.PUBLISHED).order_by()
    ids = {*published.values_list("pk", flat=True)}
    bring_into_step(ids | {*PublicResource.objects.values_list("pk", flat=True)})


def bring_into_step(ids):
    """Write or remove the public rows of the resources with these keys."""
    changed = []
    for some in batches(sorted(ids)):
        changed += update(some)
    if changed:
        city_ids = move_versions(changed)
        resources_changed.send(
            sender=PublicResource, resource_ids=sorted(changed), city_ids=city_ids
        )


def update(ids):
    """Write the differences for these resources; returns the keys of those that differ."""
    stored = PublicResource.objects.defer("search_text").in_bulk(ids)
    states = Resource.objects.filter(pk__in=ids).values_list("pk", "state")
    waiting = {pk for pk, state in states if state == State.SUBMITTED}
    published = [pk for pk, state in states if state == State.PUBLISHED]
    resources = find(published) if published else []
    rows = {row.pk: row for row in make(resources)}
    written = [row for pk, row in rows.items() if contents(row) != contents(stored.get(pk))]
    gone = stored.keys() - rows.keys() - waiting
    if written:
        PublicResource.objects.bulk_create(
            written, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
        )
    if gone:
        PublicResource.objects.filter(pk__in=gone).delete()
    changed = {row.pk for row in written} | gone
    before = [stored[pk] for pk in changed & stored.keys()]
    published_files.follow(before, [row for row in resources if row.pk in changed])
    return changed


def find(ids):
    resources = Resource.objects.filter(pk__in=ids).order_by("pk").defer(*UNREAD)
    return list(resources.select_related("city", "file", "cover", "licence"))


def make(resources):
    """The unsaved `PublicResource` of each of these resources as it is now; two queries."""
    if not resources:
        return []
    topics, targets = (codes(resources, name) for name in ("topics", "targets"))
    return [make_row(row, topics[row.pk], targets[row.pk]) for row in resources]


def codes(resources, name):
    """Key of a resource → the sorted codes of the rows to which its field `name` links it."""
    links = getattr(Resource, name).through.objects.filter(resource__in=resources)
    found = defaultdict(list)
    other = Resource._meta.get_field(name).m2m_reverse_field_name()
    for pk, code in links.order_by(f"{other}__code").values_list("resource", f"{other}__code"):
        found[pk].append(code)
    return found


def make_row(resource, topic_codes, target_codes):
    row = PublicResource(
        id=resource.pk,
        topic_codes=topic_codes,
        target_codes=target_codes,
        licence_code=resource.licence.code if resource.licence else "",
        **{name: getattr(resource, name) for name in AS_THEY_ARE},
    )
    if file := resource.file:
        row.file_token, row.file_name = file.token, file.name
        row.file_media_type, row.file_size = file.media_type, file.size
    if cover := resource.cover:
        row.cover_token = cover.token
        row.cover_width, row.cover_height = cover.width, cover.height
    return row


AS_THEY_ARE = (
    *("city_id", "organisation", "title", "summary", "kind", "languages", "year", "url"),
    *("language", "published_on"),
)
WRITTEN = [field.name for field in PublicResource._meta.concrete_fields if not field.primary_key]
COMPARED = [field.attname for field in PublicResource._meta.concrete_fields]
COMPARED.remove("search_text")


def contents(row):
    return row and [getattr(row, name) for name in COMPARED]


def move_versions(ids):
    """Move the `resources_version` of the public cities that refer to a resource; their keys."""
    city_ids = set()
    for some in batches(sorted(ids)):
        references = ResourceReference.objects.filter(resource_id__in=some)
        city_ids.update(references.values_list("city", flat=True))
    public = PublicCity.objects.public().order_by("pk")
    found = []
    for some in batches(sorted(city_ids)):
        # Locked in the order of their keys, as everywhere.
        locked = public.filter(pk__in=some).select_for_update(no_key=True)
        keys = list(locked.values_list("pk", flat=True))
        PublicCity.objects.filter(pk__in=keys).update(resources_version=F("resources_version") + 1)
        found += keys
    return found
