"""Numbers of measures as people write them, with unit and precision, for forms and sheets alike."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from catalogue import units
from intake import numbers
from intake.counters import is_counter
from intake.numbers import Bounds, Unclear
from profiles.numbers import no_such_unit

from .models import Measure, Value
from .models.statements import MOST_DIGITS

PLACES = Value._meta.get_field("number").decimal_places


@dataclass(frozen=True, slots=True)
class Quantity:
    """`unit` and `precision` are empty where neither the text nor its place gave one."""

    number: Decimal
    unit: str
    precision: str
    notes: tuple


def bounds_of(measure):
    is_share = measure.kind == Measure.Kind.PERCENT
    return Bounds(
        whole=measure.kind == Measure.Kind.COUNT,
        least=Decimal(0),
        most=Decimal(100) if is_share else None,
        places=PLACES,
        digits=MOST_DIGITS,
        unit=measure.unit,
    )


def quantity_in(text, measure, *, unit="", precision="", is_absurd=None):
    """The `Quantity` in a text. Raises Unclear.

    `unit` and `precision`: what was given beside it; `is_absurd`: as in `Bounds`.
    """
    bounds = replace(bounds_of(measure), is_absurd=is_absurd)
    written = numbers.read(text, bounds)
    own = unit_in(written, measure)
    if own and unit not in ("", own):
        words = {"written": units.label(own), "beside": units.label(unit)}
        message = _(
            "The number says %(written)s, the unit beside it %(beside)s: choose one of them."
        )
        raise Unclear(message % words)
    if written.precision and precision not in ("", written.precision):
        words = (Value.Precision(word).label for word in (written.precision, precision))
        message = _("Before the number stands “%s”, beside it “%s”: leave one of them out.")
        raise Unclear(message % tuple(words))
    number, rounded = numbers.fitted(written.number, bounds)
    understood = note_on(text, number, own, written, measure)
    notes = (numbers.note_on_ends(text), understood, rounded)
    return Quantity(number, own or unit, written.precision or precision, tuple(filter(None, notes)))


def unit_in(written, measure):
    """The code of the unit behind a number, or "" where there is none or a counter (356位)."""
    if not written.unit:
        return ""
    own = units.parse(written.unit)
    if own in units.accepted(measure.unit):
        return own
    if measure.kind == Measure.Kind.COUNT and is_counter(written.unit):
        return ""
    raise Unclear(no_such_unit(written.unit, measure.unit))


def note_on(text, number, unit, written, measure):
    """How a number with words around it was understood; nothing for its usual unit."""
    has_counter = bool(written.unit) and not unit
    is_plain = written.times == 1 and not (written.precision or written.is_chosen or has_counter)
    if is_plain and unit in ("", measure.unit):
        return ""
    label = Value.Precision(written.precision).label if written.precision else ""
    words = " ".join(filter(None, (str(label), f"{number:f}", units.label(unit) if unit else "")))
    return _("“%(given)s” is read as: %(words)s.") % {
        "given": numbers.plain_text(text),
        "words": words,
    }
