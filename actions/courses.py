"""The course of a measure over the years: its baseline, its progress and its targets."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from catalogue.atoms import Day, Text
from profiles.record import as_stored

from .confirmations import confirmed_on
from .models import Measure, Statement, Value
from .own_figures import own_note
from .tracking import (
    STATUS_NUMBERS,
    STEPS,
    Point,
    day_of_year,
    due_day,
    gravest,
    is_before_baseline,
    share_of_way,
    state_in_words,
    state_of,
)
from .wording import converted_text, short_text, value_text

AMOUNT = Value._meta.get_field("amount")


@dataclass(frozen=True, slots=True)
class CourseMark:
    """One amount on the course. `kind`: baseline, progress or target; `when`: its day or year.

    `text` is the value as the city entered it; `converted` is the value in the measure's unit, if
    the city used another one; `short` is the number in the measure's unit. `day` is None and
    `when` is empty where the city gives no due year of a target or no year of a baseline.
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
    """The marks of one measure of an action, in the order of time; targets come last.

    Amounts are in the measure's own unit, which `unit` names where it is not a percent sign. `own`
    says that the figure is the city's own.
    """

    measure: str
    label: Text
    unit: Text | None
    marks: tuple[CourseMark, ...]
    own: Text | None = None


@dataclass(frozen=True, slots=True)
class Tracked:
    """The state of a target: a code of `TargetState`, and its words."""

    state: str
    text: Text


def numeric_amount(value):
    """The value as a number: in the measure's unit, or a status as a share; None for words.

    `value`: a `ValueRecord` or a `Value`.
    """
    return value.amount if value.amount is not None else STATUS_NUMBERS.get(value.status)


def statement_day(statement):
    """The day to which a `StatementRecord` refers; that of its last update where it names none.

    None for a target without a due year.
    """
    if statement.kind == Statement.Kind.TARGET:
        return due_day(statement.due_year) if statement.due_year else None
    return statement.date or (
        day_of_year(statement.year) if statement.year else statement.updated_on
    )


def confirmed_points(baseline, progress, measure):
    """The `Point` of the day on which the last value of a measure was confirmed, as a list.

    Only if that is the newest thing known of it: a later report says more.
    """
    told = [*filter(None, (baseline,)), *sorted(progress, key=statement_day)]
    given = [value for one in told for value in one.values if value.measure == measure.code]
    last = given[-1] if given else None
    if last is None or numeric_amount(last) is None or last.unchanged_on is None:
        return []
    return [Point(last.unchanged_on, numeric_amount(last))]


def measured_points(statements, measure):
    """The `Point`s of a measure in `statements`."""
    return [
        Point(statement_day(statement), numeric_amount(value))
        for statement in statements
        for value in statement.values
        if value.measure == measure.code and numeric_amount(value) is not None
    ]


def state_of_target(target, statements, measures, on):
    """The `TargetState` on the day `on`; `statements` are all statements of the action.

    `measures`: code → measure.
    """
    progress, start = progress_until(on, statements), baseline_of(statements)
    states = measured_states(target, ways(target, start, progress, measures), on)
    return state_of_all(target, states, news_in(start, progress), on)


def state_of_all(target, states, reports, on):
    """The `TargetState` of a target of which `measured_states` gives these states; `reports`: those
    that may tell of it, as `news_in` has them."""
    if states:
        return gravest(states.values())
    return state_in_words(target.due_year, len(reports), on)


def measured_states(target, found, on):
    """Code of a measure → the `TargetState` of what a target says of it in a number or a status.

    Empty for a target in words. `found`: its `ways`, by the progress until the day `on`.
    """
    return {
        measure.code: state_of(
            amount,
            target.due_year,
            baseline,
            points,
            on,
            falls=measure.falls,
            step=STEPS.get(measure.kind),
        )
        for measure, amount, baseline, points in found
    }


def measured_shares(found):
    """Code of a measure → how much of the way to the target is done (`share_of_way`).

    `found`: the `ways` of the target.
    """
    return {
        measure.code: share_of_way(amount, baseline, points, falls=measure.falls)
        for measure, amount, baseline, points in found
    }


def shares_of_targets(targets, statements, measures):
    """How much of the way to each target all progress has done, 0 to 1; None where none can tell.

    Of several measures the one with the least counts, as the gravest state does.
    """
    start, progress = baseline_of(statements), progress_in(statements)
    for target in targets:
        shares = measured_shares(ways(target, start, progress, measures)).values()
        yield min((share for share in shares if share is not None), default=None)


def baseline_of(statements):
    return next((one for one in statements if one.kind == Statement.Kind.BASELINE), None)


def targets_in(statements):
    return [one for one in statements if one.kind == Statement.Kind.TARGET]


def progress_in(statements):
    return [one for one in statements if one.kind == Statement.Kind.PROGRESS]


def news_in(baseline, progress):
    """The reports, and the baseline where the city has confirmed it since."""
    return [*progress, baseline] if baseline and confirmed_on(baseline) else progress


def progress_until(on, statements):
    """The progress reports that do not tell of a day after `on`."""
    return [one for one in progress_in(statements) if statement_day(one) <= on]


def ways(target, start, progress, measures):
    """[(measure, amount to be reached, baseline or None, points of progress)] of a target's values.

    Only of values in numbers. `start`: the baseline or None; `progress`: the reports to look at;
    `measures`: code → measure.
    """
    found = []
    for value in target.values:
        measure, amount = measures.get(value.measure), numeric_amount(value)
        if measure is not None and amount is not None:
            points = measured_points(progress, measure)
            begin = baseline_point(start, measure, points)
            points += confirmed_points(start, progress, measure)
            found.append((measure, amount, begin, points))
    return found


def reports_of(baseline, progress, measure):
    """[(statement, value)] of the amounts of a measure: the baseline, then progress.

    Progress that `state_of` ignores, of a year before the baseline's, is left out. `progress`: the
    reports that count, by time.
    """
    start = baseline_point(baseline, measure, measured_points(progress, measure))
    since = [
        one for one in progress if not is_before_baseline(Point(statement_day(one), None), start)
    ]
    return [
        (statement, value)
        for statement in (*filter(None, (baseline,)), *since)
        for value in statement.values
        if value.measure == measure.code and numeric_amount(value) is not None
    ]


def baseline_point(baseline, measure, progress):
    """The `Point` of a baseline, which counts as earlier than all progress.

    A baseline without a year is dated by its last update, or left undated (None) where some
    progress is not later than that.
    """
    point = next(iter(measured_points([baseline] if baseline else (), measure)), None)
    if point and not baseline.year and any(each.day <= point.day for each in progress):
        return Point(None, point.amount)
    return point


def courses_of(statements, measures, texts):
    """The courses of those of `measures` that are numeric and have two amounts or more."""
    for measure in measures:
        amounts = [
            (statement, value)
            for statement in statements
            for value in statement.values
            if value.measure == measure.code and value.amount is not None
        ]
        if measure.is_numeric and len(amounts) > 1:
            marks = [course_mark(statement, value, measure, texts) for statement, value in amounts]
            in_order = tuple(sorted(marks, key=time_order))
            own = own_note(measure, texts)
            yield Course(measure.key, measure.text(), unit_text(measure), in_order, own)


def time_order(mark):
    is_target = mark.kind == Statement.Kind.TARGET
    return is_target, mark.day or (datetime.date.max if is_target else datetime.date.min)


def course_mark(statement, value, measure, texts):
    return CourseMark(
        kind=statement.kind,
        label=texts(f"course.{statement.kind}"),
        when=time_text(statement),
        day=statement_day(statement) if time_text(statement) else None,
        amount=as_stored(value.amount, AMOUNT),
        text=value_text(value, measure, texts),
        converted=converted_text(value, measure, texts),
        short=short_text(value, measure, texts),
    )


def unit_text(measure):
    """The unit of a measure as text; None for counts and percentages."""
    has_name = measure.unit_in_sentence and measure.kind != Measure.Kind.PERCENT
    return measure.text("unit_in_sentence") if has_name else None


def time_text(statement):
    """The day or year of a statement, short enough for a chart; empty where it names none."""
    if statement.kind == Statement.Kind.TARGET:
        return str(statement.due_year or "")
    if statement.date:
        return Day.of(statement.date).text
    return str(statement.year or "")
