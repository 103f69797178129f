"""Differences between the resources that two records share, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.comparison import Spot

CHAPTER = "resources"


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
