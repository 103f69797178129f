"""What a profile record says of files and of resources of the hub.

Resources are named, not copied: what is public of them is asked when the profile is read.
"""

from profiles.record import Record

from .files import FileTexts
from .models import PublicResource


class FileRecord(FileTexts, Record):
    """A file that the city sent; `token` is in its address, `size` in bytes."""

    token: str
    name: str
    media_type: str
    size: int
    sha256: str


def file_record(upload):
    """The `FileRecord` of an `Upload`; None for None."""
    return upload and FileRecord(
        token=str(upload.token),
        name=upload.name,
        media_type=upload.media_type,
        size=upload.size,
        sha256=upload.sha256,
    )


def collect(cities):
    """City id → the ids of its approved resources, sorted. One query."""
    approved = PublicResource.objects.filter(city__in=[city.pk for city in cities])
    found = {city.pk: [] for city in cities}
    for city, resource in approved.order_by("pk").values_list("city", "pk"):
        found[city].append(resource)
    return {city: tuple(resources) for city, resources in found.items()}


def resource_ids(record):
    """The ids of all resources to which a `ProfileRecord` refers."""
    found = {*record.resources}
    found |= {item.resource for item in record.pathway.items}
    for action in record.actions.actions:
        found |= {statement.source_resource for statement in action.statements}
    for assessment in record.assessments:
        found |= {result.evidence_resource for result in assessment.results}
    return found - {None}
