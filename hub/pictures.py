"""The pictures of a profile as plain data, made from its record."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.atoms import Text
from profiles.record import text_of
from profiles.writing_systems import language_of, platform_text


@dataclass(frozen=True, slots=True)
class PictureEntry:
    """A picture. `url` is the address of the stored file, `width` and `height` are its pixels.

    `note` says that it is a drawing.
    """

    token: str
    url: str
    width: int
    height: int
    alternative_text: Text
    credit: Text | None
    place: Text | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class Pictures:
    cover: PictureEntry | None = None
    logo: PictureEntry | None = None
    portrait: PictureEntry | None = None


def build(record, language):
    """The `Pictures` of a `ProfileRecord`, for readers of `language`."""
    known = Pictures.__dataclass_fields__
    entries = {
        picture.role: _entry(picture, record.city.language, language)
        for picture in record.pictures
        if picture.role in known
    }
    return Pictures(**entries)


def _entry(picture, own_language, language):
    credit = picture.credit
    return PictureEntry(
        token=picture.file.token,
        url=reverse("website:file", args=[picture.file.token]),
        width=picture.width,
        height=picture.height,
        alternative_text=text_of(picture.alternative_text),
        credit=Text(credit, language_of(credit, own_language)) if credit else None,
        place=text_of(picture.place),
        note=platform_text(_("Drawing"), language) if picture.is_drawing else None,
    )
