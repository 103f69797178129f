"""What stays of before where a row says a new number and leaves cells beside it empty."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from actions.models import Value
from catalogue import units

LONGEST = 100
"""Letters of a stored text that are shown."""


def in_words(value):
    """A number with its precision and unit, as a preview shows it."""
    is_exact = value.precision == Value.Precision.EXACTLY
    precision = "" if is_exact else str(value.get_precision_display())
    number = f"{value.number.normalize():f}"
    return " ".join(filter(None, (precision, number, units.symbol(value.unit))))


def is_plain(value):
    """Whether the number alone says all: it is exact, and in the unit of its figure."""
    return value.precision == Value.Precision.EXACTLY and value.unit == value.figure.unit


def doubts_about_left(sheet, value, before, said):
    """What to say of a changed number whose precision or unit stay as they were `before`. A person
    may mean it so. `said`: the fields that the row says.
    """
    if value.number is None or value.number == before.number:
        return
    words = {}
    if "precision" not in said and before.precision != Value.Precision.EXACTLY:
        words["precision"] = str(before.get_precision_display())
    if "unit" not in said and before.unit != before.figure.unit:
        words["unit"] = units.symbol(before.unit)
    message = _(
        "The file has nothing under “%(column)s” here, so “%(kept)s” stays from before: the value "
        "becomes %(value)s. If that is wrong, fill in “%(column)s”."
    )
    for name, kept in words.items():
        gaps = {"column": sheet.fields[name].header, "kept": kept, "value": in_words(value)}
        yield message % gaps


def doubt_about_left_text(group):
    """What to say of a stored text, of which the file says nothing, beside a further number; "" for
    nothing. Perhaps the words stood for the number, as in “40 to 50”.
    """
    is_said = group.is_new or "text" in group.given or "text" in group.changed
    if is_said or not group.statement.text or None not in group.before.values():
        return ""
    words = _(
        "The text that is stored stays beside this value: “%s”. If the value replaces it, take it "
        "out on the page of the action, or let empty cells clear."
    )
    return words % Truncator(group.statement.text).chars(LONGEST)
