"""Which cities stand in lists, searches, counts, maps, downloads and feeds: all, or the real ones.

Invented cities do where `settings.SAMPLES_ARE_LISTED`; where not, they are read at their own
addresses alone.
"""

from django.conf import settings
from django.db.models import Q


def is_listed(is_sample):
    return settings.SAMPLES_ARE_LISTED or not is_sample


def in_lists(city=""):
    """The condition on rows that their city is listed; also those without a city are.

    `city`: the path to it from the rows; "" for rows that say themselves whether they are samples.
    """
    if settings.SAMPLES_ARE_LISTED:
        return Q()
    return ~Q(**{f"{city}__is_sample" if city else "is_sample": True})


def is_mailed_about(city):
    """Nobody is mailed about a sample but where samples may be made: in development."""
    return settings.ALLOW_DEMO or not city.is_sample
