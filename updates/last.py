"""What a city has said last in answer to a row of its update."""

import hashlib
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions.models import Statement, Value
from catalogue import units
from catalogue.atoms import Figure

NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class LastValue:
    """What a city has said last in answer to a row. `value` is None for words of a statement.

    `text` as entered, `when` its day or year in words; `fingerprint` changes with what is said.
    """

    statement: Statement
    value: Value | None
    text: str
    when: str
    fingerprint: str

    @property
    def source(self):
        return self.statement.source

    @property
    def unchanged_on(self):
        return (self.value or self.statement).unchanged_on


def by_day(statements):
    """Progress reports, newest first, then the baseline."""
    told = [pair for pair in statements if pair[0].kind != Statement.Kind.TARGET]
    return sorted(
        told,
        key=lambda pair: (pair[0].date is not None, str(pair[0].date or ""), pair[0].pk),
        reverse=True,
    )


def last_value(code, statements):
    for statement, own in by_day(statements):
        for value in own:
            if value.figure.code == code:
                said = (value.pk, value.number and value.number.normalize(), value.unit)
                said += (value.precision, value.text, value.status)
                text = text_of_value(value)
                return LastValue(
                    statement, value, text, when(statement), fingerprint(statement, *said)
                )
    return None


def last_words(statements):
    for statement, _own in by_day(statements):
        if text := statement.text:
            return LastValue(statement, None, text, when(statement), fingerprint(statement, text))
    return None


def fingerprint(statement, *said):
    return digest(statement.pk, statement.year, statement.date, *said)


def digest(*said):
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def when(statement):
    if statement.date:
        return date_format(statement.date)
    return str(statement.year) if statement.year else _("year not given")


def text_of_value(value):
    """A value as entered: "more than 356", "1,886 km²"."""
    if value.number is None:
        return value.get_status_display() or value.text
    unit = value.unit or value.figure.unit
    symbol = units.symbol(unit)
    joint = "" if symbol == "%" else NO_BREAK_SPACE
    number = f"{Figure.of(value.number).text}{joint}{symbol}".strip()
    is_exact = value.precision == Value.Precision.EXACTLY
    return number if is_exact else f"{value.get_precision_display()} {number}"
