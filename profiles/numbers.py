"""Numbers as the fields of models keep them, read alike by forms and sheets."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _

from catalogue import units
from intake import coordinates, numbers
from intake.counters import is_counter
from intake.numbers import Bounds, Unclear

LONGEST_QUOTE = 60


def bounds_of(field):
    """What a model's field says of its numbers. Its unit is the end of its name: area_km2."""
    least, most = (
        [v.limit_value for v in field.validators if isinstance(v, kind)]
        for kind in (MinValueValidator, MaxValueValidator)
    )
    unit = field.name.rpartition("_")[2]
    return Bounds(
        whole=isinstance(field, models.IntegerField),
        least=max(least, default=None),
        most=min(most, default=None),
        places=getattr(field, "decimal_places", None),
        unit=unit if unit in units.UNITS else "",
    )


def is_year(field):
    """Whether a model's field is a year: year, due_year and the like."""
    return isinstance(field, models.IntegerField) and field.name.split("_")[-1] == "year"


def number_in(text, bounds):
    """(number, notes) of a text where nothing else than the number is kept. Raises Unclear.

    The notes say how the number differs from what was written.
    """
    number = numbers.plain_number(text)
    if number is not None:
        number, rounded = numbers.fitted(number, bounds)
        return number, (rounded,) if rounded else ()
    written = numbers.read(text, bounds)
    if written.precision:
        raise Unclear(_("Only the number is kept here: write it alone, without “about” and such."))
    number, converted = in_unit(written, bounds)
    number, rounded = numbers.fitted(number, bounds)
    understood = "" if converted else note_on(text, written)
    return number, tuple(filter(None, (numbers.note_on_ends(text), understood, converted, rounded)))


def coordinate_in(text, axis, bounds):
    """(number, notes, the other coordinate or None) of a text that says where a place is.

    Raises Unclear.
    """
    try:
        return *number_in(text, bounds), None
    except Unclear:
        found = coordinates.read(text, axis)
        if found is None:
            raise
    other = coordinates.LONGITUDE if axis == coordinates.LATITUDE else coordinates.LATITUDE
    numbers_read = {name: getattr(found, name) for name in (axis, other)}
    if numbers_read[axis] is None:
        raise Unclear(
            _(
                "This says how far east or west the place is, or how far north or south: it "
                "belongs into the field for the other coordinate."
            )
        )
    kept = {
        name: numbers.fitted(number, bounds)[0].normalize()
        for name, number in numbers_read.items()
        if number is not None
    }
    words = {
        "given": text.strip()[:LONGEST_QUOTE],
        "words": ", ".join(f"{one:f}" for one in kept.values()),
    }
    return kept[axis], (_("“%(given)s” is read as: %(words)s.") % words,), kept.get(other)


def note_on(text, written):
    """How a number with a multiplier or a counter (60万人) was understood, and one that could be
    another (1,886); else nothing."""
    if written.times == 1 and not written.is_chosen and not is_counter(written.unit):
        return ""
    words = {"given": numbers.plain_text(text), "words": f"{written.number:f}"}
    return _("“%(given)s” is read as: %(words)s.") % words


def in_unit(written, bounds):
    """(number in the unit of `bounds`, note) of a number with a unit behind it, or a counter."""
    unit = bounds.unit
    if not written.unit or (bounds.whole and is_counter(written.unit)):
        return written.number, ""
    own = units.parse(written.unit)
    try:
        number = units.convert(written.number, own, unit)
    except KeyError:
        raise Unclear(no_such_unit(written.unit, unit)) from None
    if own == unit:
        return number, ""
    words = {
        "given": f"{written.number:f} {units.label(own)}",
        "kept": f"{number.normalize():f} {units.label(unit)}",
    }
    return number, _("%(given)s is kept as %(kept)s.") % words


def no_such_unit(word, unit):
    """The message for a `word` that is no unit for a number in `unit`."""
    fitting = [units.label(code) for code in units.accepted(unit) if units.label(code)]
    if len(fitting) < 2:
        return _("“%s” is no unit that fits here: write the number alone.") % word
    words = {"word": word, "units": ", ".join(fitting)}
    return _("“%(word)s” is no unit that fits here. Use one of these: %(units)s.") % words
