"""Differences between the resources that two records share, in words; and between two files."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from profiles.comparison import Spot, Wording

from .models import Upload
from .record import FileRecord

CHAPTER = "resources"


def file_words(file, comparison):
    """The `Text` of a `FileRecord`, such as “plan.pdf (PDF, 2.3 MB)”."""
    return comparison.own(_("%(name)s (%(kind)s)") % {"name": file.name, "kind": file.description})


FILE = Wording(
    FileRecord,
    Upload,
    names={
        "token": gettext_lazy("address of the file"),
        "sha256": gettext_lazy("content of the file"),
    },
    words={"name": file_words},
    together={"name": ("size", "media_type")},
    last=("token", "sha256"),
)
"""A file that was replaced is one difference; of two that look the same it is the content."""


def differences(before, after, comparison):
    """The differences between two tuples of ids: each resource that was added or removed."""
    place = comparison.texts("resources.title").value
    found = []
    for pk in sorted({*before} ^ {*after}):
        spot = Spot(f"resources.{pk}", CHAPTER, place)
        found.append(spot.whole(_("resource"), comparison.resource(pk), is_added=pk in after))
    return found


def counts(resources, comparison):
    """(path, label, number in words) of the resources."""
    number = len(resources)
    words = ngettext("%(number)d resource", "%(number)d resources", number)
    yield "resources", _("resources"), number and words % {"number": number}
