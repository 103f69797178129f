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

SIGNS_AROUND = frozenset(" \t\n.,;/°+-()[]")
"""What may stand among the noughts of a position that says nothing, as “0,0”."""

LEAST_TURNED, LEAST_SHARE_TURNED = 2, 0.1
"""So many pairs of a column, and such a share of them, prove that the longitude is the first: fewer
may be slips."""


def has_longitude_first(texts):
    """Whether the pairs of a column are longitude and latitude, by those that are nothing else."""
    bare = [pair for text in texts if (pair := bare_pair(text))]
    turned = sum(pair.is_turned for pair in bare)
    straight = sum(abs(pair.longitude) > coordinates.MOST[LATITUDE] for pair in bare) - turned
    return turned >= max(LEAST_TURNED, LEAST_SHARE_TURNED * len(bare)) and turned > straight


def bare_pair(text):
    """The `Coordinates` of two numbers of which nothing says which is which; None of others."""
    try:
        found = coordinates.read(text, LATITUDE)
    except Unclear:
        return None
    return found if found and found.is_bare else None


def read_point(text, axis, longitude_first=False):
    """({axis: number}, notes) of a text. Raises Unclear.

    `axis`: what a single number is; "" where the text has to say both. `longitude_first`: what
    `has_longitude_first` says of the column.
    """
    if not axis:
        return both_in(text, longitude_first)
    if pair := bare_pair(text):
        in_order(pair, longitude_first=False)
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


def both_in(text, longitude_first):
    if set(text) - SIGNS_AROUND == {"0"}:
        raise nowhere()
    found = coordinates.read(text, LATITUDE)
    if found is None or found.latitude is None or found.longitude is None:
        words = _("“%s” does not say both latitude and longitude.")
        raise Unclear(words % text.strip()[:LONGEST_QUOTE])
    pair = in_order(found, longitude_first) if found.is_bare else found
    if not pair.latitude and not pair.longitude:
        raise nowhere()
    read, notes = {}, []
    for axis in (LATITUDE, LONGITUDE):
        read[axis], note = numbers.fitted(getattr(pair, axis), BOUNDS[axis])
        notes.append(note)
    return read, tuple(filter(None, notes))


def nowhere():
    words = _(
        "0 degrees north and 0 degrees east lie in the sea: programs write that for a position "
        "that they do not know."
    )
    return Unclear(words)


def in_order(pair, longitude_first):
    """A bare pair in the order of its column. Raises Unclear where the latitude is too much."""
    if pair.is_turned == longitude_first:
        found = pair
    else:
        found = coordinates.Coordinates(pair.longitude, pair.latitude)
    if abs(found.latitude) <= coordinates.MOST[LATITUDE]:
        return found
    words = (
        _(
            "%s degrees is too much for a latitude, which stands second in the other cells. "
            "Write N or S, and E or W, behind the two numbers."
        )
        if longitude_first
        else _(
            "%s degrees is too much for a latitude, which stands first. "
            "Write N or S, and E or W, behind the two numbers."
        )
    )
    raise Unclear(words % f"{found.latitude.normalize():f}")


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
