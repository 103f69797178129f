"""Numbers of a list as our cells take them."""

from django.utils.translation import gettext as _

from actions.models import Value
from catalogue import units

from ...problems import CellError
from ..formats import Doubtful


def plain_number(reading, into=""):
    """(the number of a reading for a cell that takes no precision, notes). Raises CellError.

    `into`: the unit that all numbers of the cell have.
    """
    if reading.number is None:
        raise CellError(_("it is no single number."))
    number, notes = reading.number, list(reading.notes)
    if into:
        number = in_unit(reading, into, notes)
    if reading.precision not in ("", Value.Precision.EXACTLY) and not notes:
        words = _("It stands as “%s” in the list: the cell takes the number alone.")
        notes.append(Doubtful(words % Value.Precision(reading.precision).label))
    return number, notes


def in_unit(reading, into, notes):
    """The number in the unit `into`; of another one a note. Raises CellError."""
    if not reading.unit:
        words = _("its unit is not known. Say it at the step of numbers.")
        raise CellError(words)
    if reading.unit not in units.accepted(into):
        words = _("“%(unit)s” is no unit of it.")
        raise CellError(words % {"unit": units.label(reading.unit)})
    number = units.convert(reading.number, reading.unit, into)
    if reading.unit != into:
        words = _("%(given)s %(unit)s are %(number)s %(into)s.")
        gaps = {"given": f"{reading.number:f}", "unit": units.label(reading.unit)}
        notes.append(words % {**gaps, "number": f"{number:f}", "into": units.label(into)})
    return number
