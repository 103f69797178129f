"""Differences between the pictures of two records, in words."""

from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from profiles.comparison import Spot, Wording, changed_rows, compare
from profiles.record import text_of

from .differences import FILE
from .models import Picture
from .record import PictureRecord

CHAPTER = "overview"


def _size(picture, comparison):
    words = _("%(width)d × %(height)d pixels")
    return comparison.own(words % {"width": picture.width, "height": picture.height})


PICTURE = Wording(
    PictureRecord,
    Picture,
    names={"width": gettext_lazy("size of the picture")},
    words={"width": _size},
    together={"width": ("height",)},
    apart=("role", "file"),
    last=("width", "height"),
)


def differences(before, after, comparison):
    """The differences between two tuples of `PictureRecord`s."""
    found = []
    for role, then, now in changed_rows(before, after, attrgetter("role")):
        spot = Spot(f"pictures.{role}", CHAPTER, row=f"pictures.{role}")
        name = dict(Picture.Role.choices).get(role, role)
        if then is None or now is None:
            line = text_of((now or then).alternative_text)
            found.append(spot.whole(name, line, is_added=then is None))
        else:
            found += _changed(then, now, name, comparison)
    return found


def _changed(then, now, name, comparison):
    path = f"pictures.{now.role}"
    spot = Spot(path, CHAPTER, part=str(name), row=path)
    files = Spot(f"{path}.file", CHAPTER, part=str(name), row=path)
    found = compare(then.file, now.file, FILE, files, comparison)
    return found + compare(then, now, PICTURE, spot, comparison, is_changed=bool(found))


def counts(pictures, comparison):
    """(path, label, number in words) of the pictures."""
    number = len(pictures)
    words = ngettext("%(number)d picture", "%(number)d pictures", number)
    yield "pictures", _("pictures"), number and words % {"number": number}
