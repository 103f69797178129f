"""Where on the map a cell says that a place is."""

from django.utils.translation import gettext as _

from intake import coordinates, numbers
from intake.coordinates import LATITUDE, LONGITUDE
from intake.numbers import Unclear
from profiles.models import City
from profiles.numbers import LONGEST_QUOTE, bounds_of, coordinate_in

BOUNDS = {axis: bounds_of(City._meta.get_field(axis)) for axis in (LATITUDE, LONGITUDE)}
PLACES = City._meta.get_field(LATITUDE).decimal_places
"""Decimals of a coordinate that are kept."""

OTHER = {LATITUDE: LONGITUDE, LONGITUDE: LATITUDE}


def read_point(text, axis):
    """({axis: number}, notes) of a text. Raises Unclear.

    `axis`: what a single number is; "" where the text has to say both.
    """
    if not axis:
        return both_in(text)
    try:
        number, notes, other = coordinate_in(text, axis, BOUNDS[axis])
    except Unclear as error:
        if axis == LATITUDE and is_longitude(text):
            words = _("%s Are latitude and longitude in each other's columns?") % error
            raise Unclear(words) from error
        raise
    if not BOUNDS[axis].admit(number):
        raise too_much(number, axis, text)
    found = {axis: number} if other is None else {axis: number, OTHER[axis]: other}
    return found, notes


def both_in(text):
    found = coordinates.read(text, LATITUDE)
    if found is None or found.latitude is None or found.longitude is None:
        words = _("“%s” does not say both latitude and longitude.")
        raise Unclear(words % text.strip()[:LONGEST_QUOTE])
    read, notes = {}, []
    for axis in (LATITUDE, LONGITUDE):
        read[axis], note = numbers.fitted(getattr(found, axis), BOUNDS[axis])
        notes.append(note)
    return read, tuple(filter(None, notes))


def too_much(number, axis, text):
    most = coordinates.MOST[axis]
    words = _("%(number)s degrees is too much: %(most)d is the most here.")
    message = words % {"number": f"{number.normalize():f}", "most": most}
    if axis == LATITUDE and is_longitude(text):
        message = _("%s Are latitude and longitude in each other's columns?") % message
    return Unclear(message)


def is_longitude(text):
    try:
        number, _notes, _other = coordinate_in(text, LONGITUDE, BOUNDS[LONGITUDE])
    except Unclear:
        return False
    return BOUNDS[LONGITUDE].admit(number)
