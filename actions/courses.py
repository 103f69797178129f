"""The course of a measure over the years: where it started, how it moved, where it is to lead."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from catalogue.atoms import Day, Text

from .models import Measure, Statement
from .tracking import (
    STATUS_NUMBERS,
    STEPS,
    Point,
    day_of_year,
    due_day,
    gravest,
    state_in_words,
    state_of,
)
from .wording import in_measures_unit, short_text, value_text


@dataclass(frozen=True, slots=True)
class Mark:
    """One amount on the course. `kind`: baseline, progress or target; `when`: its day or year.

    `text` is as the city entered it; `converted` the same in the measure's unit where that is
    another one; `short` the number in the measure's unit. `day` and `when` are missing where the
    city does not say: with a target's due year, with the year of a baseline.
    """

    kind: str
    label: Text
    when: str
    day: datetime.date | None
    amount: Decimal
    text: Text
    converted: Text | None
    short: Text


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of one measure of an action, in the order of time; targets come last.

    Amounts are in the measure's own unit, which `unit` names where it is not a percent sign.
    """

    measure: str
    label: Text
    unit: Text | None
    marks: tuple[Mark, ...]

    def of_kind(self, kind):
        return tuple(mark for mark in self.marks if mark.kind == kind)


@dataclass(frozen=True, slots=True)
class Tracked:
    """The state of a target: a code of `TargetState`, and its words."""

    state: str
    text: Text


def amount_of(value):
    """The value as a number in the measure's unit; None for words."""
    return value.amount if value.amount is not None else STATUS_NUMBERS.get(value.status)


def day_of(statement):
    """The day that a statement tells of; where it does not say, the day on which it was made."""
    if statement.kind == Statement.Kind.TARGET:
        return due_day(statement.due_year) if statement.due_year else None
    return statement.date or (
        day_of_year(statement.year) if statement.year else statement.updated_on
    )


def points_of(statements, measure):
    """The `Point`s that `statements` (with their values) give for a measure."""
    return [
        Point(day_of(statement), amount_of(value))
        for statement in statements
        for value in statement.values.all()
        if value.measure_id == measure.pk and amount_of(value) is not None
    ]


def state_of_target(target, statements, on):
    """The state of a target on the day `on`; `statements` are all those of its action."""
    baseline = next((s for s in statements if s.kind == Statement.Kind.BASELINE), None)
    progress = [s for s in statements if s.kind == Statement.Kind.PROGRESS and day_of(s) <= on]
    states = []
    for value in target.values.all():
        measure, amount = value.measure, amount_of(value)
        if amount is not None:
            points = points_of(progress, measure)
            states.append(
                state_of(
                    amount,
                    target.due_year,
                    start_of(baseline, measure, points),
                    points,
                    on,
                    falls=measure.falls,
                    step=STEPS.get(measure.kind),
                )
            )
    return gravest(states) if states else state_in_words(target.due_year, len(progress), on)


def start_of(baseline, measure, progress):
    """The `Point` of a baseline. Without a year it is from before all progress, whenever made."""
    point = next(iter(points_of([baseline] if baseline else (), measure)), None)
    if point and not baseline.year and any(each.day <= point.day for each in progress):
        return Point(None, point.amount)
    return point


def courses_of(statements, measures, texts):
    """The courses of the numeric measures with a target or progress, and something beside it."""
    found = {}
    for statement in statements:
        for value in statement.values.all():
            if value.amount is not None:
                found.setdefault(value.measure_id, []).append(mark_of(statement, value, texts))
    for measure in measures:
        marks = found.get(measure.pk, ())
        if measure.kind in Measure.NUMERIC and len(marks) > 1:
            in_order = tuple(sorted(marks, key=in_time))
            yield Course(measure.key, measure.text(), unit_of(measure), in_order)


def in_time(mark):
    is_target = mark.kind == Statement.Kind.TARGET
    return is_target, mark.day or (datetime.date.max if is_target else datetime.date.min)


def mark_of(statement, value, texts):
    return Mark(
        kind=statement.kind,
        label=texts(f"course.{statement.kind}"),
        when=when(statement),
        day=day_of(statement) if when(statement) else None,
        amount=value.amount,
        text=value_text(value, texts),
        converted=in_measures_unit(value, texts),
        short=short_text(value, texts),
    )


def unit_of(measure):
    """What the amounts of a measure are counted in; None for things and for shares."""
    has_name = measure.unit_in_sentence and measure.kind != Measure.Kind.PERCENT
    return measure.text("unit_in_sentence") if has_name else None


def when(statement):
    """The time of a statement in words as short as a chart has room for."""
    if statement.kind == Statement.Kind.TARGET:
        return str(statement.due_year or "")
    if statement.date:
        return Day.of(statement.date).text
    return str(statement.year or "")
