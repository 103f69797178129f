"""Which files the public may read: those of published profiles, and those of public resources.

Publishing writes the files of a city with its other read tables. A file of a resource follows the
resource at once.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from profiles.models import PublicCity

from .models import PublicResource, PublishedFile, Upload

COPIED = ("city_id", "name", "media_type", "size", "sha256", "has_program")


def rows(published):
    """The files of these cities; those of earlier publications stay, and are not public."""
    city_ids = [one.city.pk for one in published]
    sources = {row.token: row for row in PublishedFile.objects.filter(city__in=city_ids)}
    known = {*sources}
    shared = PublicResource.objects.filter(city__in=city_ids)
    in_hub = {
        token for row in shared.values_list("file_token", "cover_token") for token in row if token
    }
    in_profile = {token for one in published for token in profile_tokens(one.record)}
    if used := in_hub | in_profile:
        uploads = Upload.objects.filter(city__in=city_ids, token__in=used)
        sources |= {row.token: row for row in uploads}
    for token in (known | used) & sources.keys():
        yield make(sources[token], is_in_profile=token in in_profile, is_in_hub=token in in_hub)


def profile_tokens(record):
    """The tokens of the files on steps, and of the pictures, of a `ProfileRecord`."""
    files = [item.file for item in record.pathway.items if item.file]
    files += [picture.file for picture in record.pictures]
    return [UUID(file.token) for file in files]


def make(source, **flags):
    """The unsaved row for an `Upload`, or for the row that was made of it."""
    copied = {name: getattr(source, name) for name in COPIED}
    return PublishedFile(token=source.token, file=source.file.name, **copied, **flags)


def follow(before, after):
    """Take over what has changed from the `PublicResource`s `before` to the `Resource`s `after`.

    A city that is not public gets the rows of its files when it is published.
    """
    uploads = {one.token: one for row in after for one in (row.file, row.cover) if one}
    cities = {one.city_id for one in uploads.values()} - {None}
    public = {None, *PublicCity.objects.public().filter(pk__in=cities).values_list("pk", flat=True)}
    made = [make(one, is_in_hub=True) for one in uploads.values() if one.city_id in public]
    if made:
        PublishedFile.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["token"], update_fields=["is_in_hub"]
        )
    tokens = {token for row in before for token in (row.file_token, row.cover_token)}
    if gone := tokens - uploads.keys() - {None}:
        is_used = Q(file_token=OuterRef("token")) | Q(cover_token=OuterRef("token"))
        unused = ~Exists(PublicResource.objects.filter(is_used))
        PublishedFile.objects.filter(unused, token__in=gone).update(is_in_hub=False)
