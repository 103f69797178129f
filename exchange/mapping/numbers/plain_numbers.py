"""Numbers of a list as our cells take them."""

from django.utils.translation import gettext as _

from actions.models import Value

from ...problems import CellError
from .figures import in_unit
from .reading import Doubtful


def plain_number(reading, into=""):
    """(the number of a reading for a cell that takes no precision, notes). Raises CellError.

    `into`: the unit that all numbers of the cell have.
    """
    if reading.number is None:
        raise CellError(_("it is no single number."))
    if into and not reading.unit:
        raise CellError(_("its unit is not known. Say it at the step of numbers."))
    if into:
        reading = in_unit(reading, into)
    notes = list(reading.notes)
    if reading.precision not in ("", Value.Precision.EXACTLY) and not notes:
        words = _("It stands as “%s” in the list: the cell takes the number alone.")
        notes.append(Doubtful(words % Value.Precision(reading.precision).label))
    return reading.number, notes
