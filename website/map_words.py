"""What a mark of the map says of its cities."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_NAMES = 5


def words_of_group(group):
    """“3 cities near Nairobi: Kiambu, Nairobi, Thika”; one city: its name and country."""
    count = len(group.places)
    if count == 1:
        return _of_one(group.places[0])
    gaps = {"count": count, "names": names_of(group.places)}
    if group.is_of_country:
        gaps["country"] = group.places[0].country.label
        return _("%(count)d cities in %(country)s that do not say where: %(names)s") % gaps
    gaps["city"] = _nearest_to_middle(group).name
    return _("%(count)d cities near %(city)s: %(names)s") % gaps


def _of_one(place):
    gaps = {"city": place.name, "country": place.country.label}
    if place.is_given:
        return _("%(city)s, %(country)s") % gaps
    return _("%(city)s, somewhere in %(country)s") % gaps


def names_of(places):
    """The first names, and how many more there are."""
    names = [place.name for place in places]
    shown, more = names[:MOST_NAMES], len(names) - MOST_NAMES
    if more <= 0:
        return ", ".join(shown)
    words = ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more)
    return words % {"names": ", ".join(shown), "more": more}


def _nearest_to_middle(group):
    given = [place for place in group.places if place.is_given] or group.places
    return min(given, key=lambda place: (round(math.dist(place.point, group.point), 3), place.name))
