"""Keeps checked files: under a name of their own, within the room that a city has."""

from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from intake import Refused
from profiles.changes import lock
from profiles.models import City

from .models import Upload


def used_bytes(city):
    """What the files of `city` take, those too that nothing uses any more."""
    return Upload.objects.filter(city=city).aggregate(bytes=Sum("size"))["bytes"] or 0


def keep(city, checked, written=None):
    """The upload of `checked` (see `intake.check`), as part of the current recording.

    The same file under the same name is kept once; another one gets a number. `city` is None for
    the platform's own files, which have no quota. Raises Refused where there is no room left.

    `written`: a list that learns what has been put on the disk. Whose transaction may fail removes
    that again: a file does not go with it.
    """
    if city is not None:
        lock(City.objects.filter(pk=city.pk))
    there, name = place_for(city, checked)
    if there is not None:
        return there
    upload = upload_of(city, name, checked)
    upload.file.save(name, ContentFile(checked.content), save=False)
    if written is not None:
        written.append(upload.file)
    upload.save()
    return upload


def upload_of(city, name, checked):
    """The row of a checked file under a name that is free, not saved yet and without its file."""
    return Upload(
        city=city,
        name=name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=checked.sha256,
        width=checked.width,
        height=checked.height,
    )


def place_for(city, checked, besides=0):
    """(the upload that is this very file, or None; the name that a new one gets).

    `besides`: bytes that come with it. Raises Refused where there is no room left.
    """
    taken = {one.name.casefold(): one for one in Upload.objects.filter(city=city)}
    name = checked.name
    number = 1
    while (there := taken.get(name.casefold())) is not None:
        if there.sha256 == checked.sha256 and there.size == len(checked.content):
            return there, name
        number += 1
        name = numbered(checked.name, number)
    refuse_too_much(city, len(checked.content) + besides)
    return None, name


def numbered(name, number):
    """plan.pdf → plan (2).pdf, no longer than names may be."""
    path = PurePath(name)
    mark = f" ({number}){path.suffix}"
    room = Upload._meta.get_field("name").max_length - len(mark)
    return path.stem[:room].rstrip() + mark


def refuse_too_much(city, size):
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
