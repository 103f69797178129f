"""What a number of a list is in a field of ours: in the unit of the field, with its decimals."""

from dataclasses import replace

from django.utils.translation import gettext as _

from actions.models import Value
from catalogue import units
from intake import numbers
from intake.numbers import Unclear
from profiles.models import City
from profiles.numbers import bounds_of, no_such_unit

from ...problems import CellError
from . import unit_words
from .figures import FLAGS, in_unit, left_out_behind
from .reading import Doubtful, Reading

ALONE = {
    "population": bounds_of(City._meta.get_field("population")),
    "area": bounds_of(City._meta.get_field("area_km2")),
}
"""Fields that keep a number alone: in one unit, and without a precision."""

FIGURE = numbers.Bounds(places=Value._meta.get_field("number").decimal_places)
"""What every other field of numbers keeps: the figure that it goes into may keep less of it."""


def kept(reading, code):
    """The `Reading` as the field `code` keeps it; its notes say what the cell says otherwise.

    Raises CellError for words and units that the field does not take.
    """
    bounds = ALONE.get(code, FIGURE)
    if code in ALONE:
        reading = alone(reading, bounds.unit)
    if reading.number is None:
        return reading
    try:
        number, rounded = numbers.fitted(reading.number, bounds)
    except Unclear as error:
        raise CellError(str(error)) from error
    if rounded and code not in ALONE:
        rounded = Doubtful(rounded)
    return replace(reading, number=number, notes=(*reading.notes, *filter(None, [rounded])))


def alone(reading, unit):
    """A `Reading` in the one `unit` that a field has, "" for people. Raises CellError."""
    if reading.number is None:
        raise CellError(_("it is no single number."))
    notes = ()
    if reading.precision not in ("", Value.Precision.EXACTLY):
        words = _("It stands as “%s” in the list: the cell takes the number alone.")
        notes = (Doubtful(words % Value.Precision(reading.precision).label),)
    found = in_unit(in_own_unit(reading), unit) if unit else of_people(reading)
    return Reading(found.number, unit=unit, notes=(*found.notes, *notes))


def in_own_unit(reading):
    if not reading.unit:
        raise CellError(_("its unit is not known. Say it at the step of numbers."))
    return reading


def of_people(reading):
    """A number of people; a letter of statistics behind it is left out. Raises CellError."""
    if reading.unit in FLAGS:
        return replace(reading, unit="", notes=(*reading.notes, left_out_behind(reading.unit)))
    if not takes_unit("population", reading.unit):
        raise CellError(no_such_unit(units.symbol(reading.unit), ""))
    return replace(reading, unit="")


def takes_unit(code, unit):
    """Whether a field of `ALONE` takes numbers in a unit, a code or words; all take "", which says
    nothing. Other fields keep the unit beside the number."""
    if not unit or code not in ALONE:
        return True
    if own := ALONE[code].unit:
        return unit in units.accepted(own)
    return unit_words.counts_people(unit)
