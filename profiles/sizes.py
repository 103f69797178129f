"""The classes of cities by their people. They are ours."""

from django.utils.translation import gettext_lazy as _

NOT_GIVEN = "not-given"

SIZES = {
    "under-50000": (50_000, _("Under 50,000")),
    "under-250000": (250_000, _("50,000 to 250,000")),
    "under-1000000": (1_000_000, _("250,000 to 1 million")),
    "under-5000000": (5_000_000, _("1 to 5 million")),
    "5000000-or-more": (None, _("5 million or more")),
    NOT_GIVEN: (None, _("Not given")),
}
"""Code → the number that the people of a city are below, and the words."""


def size_of(population):
    """The code of the class of a city with so many people; `NOT_GIVEN` where that is unknown."""
    if population is None:
        return NOT_GIVEN
    classes = ((code, limit) for code, (limit, _words) in SIZES.items())
    return next(code for code, limit in classes if limit is None or population < limit)
