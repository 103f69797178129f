"""Reads what stands in an answer, by the readers of forms and sheets."""

from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actions.models import Value
from actions.quantities import quantity_in
from actions.value_fields import EnteredNumber, fill_value
from intake import dates
from intake.numbers import Unclear
from profiles.dates import latest_today
from profiles.number_fields import not_read
from profiles.plausibility import FAR, is_jump

from .models import Answer

RELATIONS = ["statement", "measure", "own_figure"]
"""Known to exist: validating them would ask the database once a row."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the `field` (text, year, choice) of an answer: a sentence."""

    field: str
    message: str


def faults_of_choice(row):
    """What is wrong with an answer that gives no new value."""
    choice = row.answer.choice
    if choice == Answer.Choice.UNCHANGED and row.last is None:
        yield Fault("choice", _("There is no value yet that could be unchanged."))
    if row.answer.text and choice != Answer.Choice.ASKED:
        words = _("A value is typed here and “%(choice)s” is chosen: take one of them back.")
        yield Fault("choice", words % {"choice": row.answer.get_choice_display()})


def read_content(row, _year):
    """What a new answer says: an unsaved `Value`, or the words. Raises ValueError.

    The message is a sentence for the officer.
    """
    text = row.answer.text
    if not text.strip():
        words = _("Fill in the new value, or choose “unchanged” or “no new data”.")
        raise ValueError(words)
    if row.figure is None:
        return text
    value = Value.of(row.figure)
    fill_value(value, content_of(row, text))
    try:
        value.full_clean(exclude=RELATIONS, validate_constraints=False)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    return value


def content_of(row, text):
    """The content by which a form's field would fill the value."""
    if row.kind == "number":
        return number_in(text, row)
    if row.kind == "status":
        return status_in(text)
    return text


def number_in(text, row):
    """The number in `text`, in the usual unit of the row where it names none."""
    try:
        read = quantity_in(text, row.figure, is_absurd=absurd_beside(row))
    except Unclear as error:
        raise ValueError(not_read(text) if error.is_text else str(error)) from error
    row.notes = read.notes
    unit = read.unit or row.answer.unit or row.unit
    return EnteredNumber(read.number, unit, read.precision or Value.Precision.EXACTLY)


def absurd_beside(row):
    """Tells whether a number is far from the last one of the row; None where that has no number in
    the same unit."""
    last = row.last and row.last.value
    if last is None or last.number is None or last.unit != (row.answer.unit or row.unit):
        return None
    return partial(is_jump, last.number, times=FAR)


def status_in(text):
    for status in Value.Status:
        if text.strip().casefold() in (status.value, str(status.label).casefold()):
            return status.value
    raise ValueError(_("Write yes, partly or no."))


def read_year_of(row, year):
    """The year that the answer names, else `year`. Raises ValueError."""
    typed = row.answer.year
    if not typed.strip():
        return year
    try:
        found, note = dates.read_year(typed)
    except Unclear as error:
        words = _("“%(given)s” is no year: write four digits, such as %(year)d.")
        words %= {"given": typed, "year": year}
        raise ValueError(words if error.is_text else str(error)) from error
    row.notes += (note,) if note else ()
    if found < dates.FIRST_YEAR:
        words = _("“%(given)s” is no year: write four digits, such as %(year)d.")
        raise ValueError(words % {"given": typed, "year": year})
    if found > latest_today().year:
        raise ValueError(_("This year is still to come."))
    return found
