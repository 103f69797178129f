"""Stores checked files as uploads, with a free name and within the quota of the city."""

from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from intake import Refused
from profiles.changes import lock
from profiles.models import City

from .models import PublishedFile, Upload


def used_bytes(city):
    """The bytes of all files of `city`: also of unused ones, and of deleted ones still public."""
    kept = Upload.objects.filter(city=city.pk)
    still_read = PublishedFile.objects.public().filter(city=city.pk)
    still_read = still_read.exclude(token__in=kept.values("token"))
    return sum(rows.aggregate(bytes=Sum("size"))["bytes"] or 0 for rows in (kept, still_read))


def store(city, checked, written=None):
    """Store `checked` (see `intake.check`) and return its upload; within the current recording.

    The same content under the same name is stored once; other content under that name gets a
    number. `city` is None for files of partner organisations, which have no quota. Raises Refused
    if the quota is full.

    `written`: a list to which the written file is added. If the transaction fails, the caller must
    delete it from the disk: the rollback does not.
    """
    if city is not None:
        lock(City.objects.filter(pk=city.pk))
    stored, name = find_or_name(city, checked)
    if stored is not None:
        return stored
    upload = new_upload(city, name, checked)
    upload.file.save(name, ContentFile(checked.content), save=False)
    if written is not None:
        written.append(upload.file)
    upload.save()
    return upload


def new_upload(city, name, checked):
    """The unsaved row of a checked file under a free name, without the file itself."""
    return Upload(
        city=city,
        name=name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=checked.sha256,
        width=checked.width,
        height=checked.height,
        has_program=checked.has_program,
    )


def find_or_name(city, checked, pending_bytes=0):
    """(the stored upload with this content, or None; the free name for a new one).

    `pending_bytes`: bytes of other files about to be stored. Raises Refused if the quota is full.
    """
    by_name = {upload.name.casefold(): upload for upload in Upload.objects.filter(city=city)}
    name = checked.name
    number = 1
    while (stored := by_name.get(name.casefold())) is not None:
        if stored.sha256 == checked.sha256 and stored.size == len(checked.content):
            return stored, name
        number += 1
        name = numbered(checked.name, number)
    check_quota(city, len(checked.content) + pending_bytes)
    return None, name


def numbered(name, number):
    """plan.pdf → plan (2).pdf, cut to the length of the field `name`."""
    path = PurePath(name)
    ending = f" ({number}){path.suffix}"
    longest_stem = Upload._meta.get_field("name").max_length - len(ending)
    return path.stem[:longest_stem].rstrip() + ending


def check_quota(city, size):
    """Raise Refused if `size` more bytes exceed the quota of `city`."""
    if city is None:
        return
    used, most = used_bytes(city), settings.CITY_UPLOADS_MAX_BYTES
    if used + size > most:
        raise Refused(
            _(
                "There is no room for it: the city's files take %(used)s of %(most)s, and this one "
                "has %(size)s. Delete files that nothing uses, or put it elsewhere and give a link."
            )
            % {
                "used": filesizeformat(used),
                "most": filesizeformat(most),
                "size": filesizeformat(size),
            }
        )
