"""What a profile record says of files and of resources of the hub.

Resources are named, not copied: what is public of them is asked when the profile is read.
"""

from profiles.record import Record, Texts, in_language

from .files import FileTexts
from .models import Picture, PublicResource


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


class PictureRecord(Record):
    """A picture of the profile; `width` and `height` in pixels, as it is stored."""

    role: str
    file: FileRecord
    width: int
    height: int
    alternative_text: Texts
    credit: str = ""
    place: Texts = {}
    is_drawing: bool = False


def collect_pictures(cities):
    """City id → its `PictureRecord`s, by role. One query."""
    languages = {city.pk: city.content_language for city in cities}
    found = {city.pk: [] for city in cities}
    rows = Picture.objects.filter(city__in=cities).select_related("file").order_by("role")
    for row in rows:
        picture = PictureRecord(
            role=row.role,
            file=file_record(row.file),
            width=row.file.width,
            height=row.file.height,
            alternative_text=in_language(row.alternative_text, languages[row.city_id]),
            credit=row.credit,
            place=in_language(row.place, languages[row.city_id]),
            is_drawing=row.is_drawing,
        )
        found[row.city_id].append(picture)
    return {city: tuple(pictures) for city, pictures in found.items()}


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
    found |= {plan.resource for plan in record.actions.plans}
    for assessment in record.assessments:
        found |= {result.evidence_resource for result in assessment.results}
    return found - {None}
