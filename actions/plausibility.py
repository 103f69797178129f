"""The doubts about the values of a statement, also compared with the action's other statements.

What cannot be right at all (a share above 100, a negative number, a year in the future) is refused
by the models and forms instead.
"""

from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from catalogue import units
from catalogue.atoms import Figure
from profiles.dates import today
from profiles.plausibility import Doubt, is_jump
from profiles.search import fold

from .courses import numeric_amount
from .models import Measure, Statement
from .tracking import is_over

HUNDRED = Decimal(100)
ROUNDING = Decimal(1)
"""How far the sum of rounded shares may be from 100, in percentage points."""


def doubts_about(values, measures, city):
    """The doubts about the values of one statement of `city`.

    `values` have their figures loaded; `measures` are all measures of the action type.
    """
    amounts = {value.figure.code: value for value in values if value.amount is not None}
    return [
        *parts_above_wholes(amounts),
        *shares_not_of_hundred(amounts, measures),
        *shares_as_fractions(amounts.values()),
        *areas_above_the_city(amounts.values(), city),
    ]


def doubts_about_statement(statement, values, measures, others, *, new_fields=()):
    """The doubts about a statement with these `values`.

    `others`: pairs (statement, its values) of the same action. `new_fields`: the fields of the
    statement that are entered now; what stood there before is not asked about again.
    """
    found = doubts_about(values, measures, statement.action.city)
    if statement.kind == Statement.Kind.TARGET:
        found += targets_on_the_wrong_side(values, others)
        found += doubts_about_due_year(statement, new_fields)
        found += targets_before_their_plan(statement)
    if statement.kind != Statement.Kind.BASELINE and "text" in new_fields:
        found += words_of_the_description(statement)
    doubted = {doubt.measure for doubt in found}
    jumps = jumps_of(statement, values, others)
    return [*found, *(doubt for doubt in jumps if doubt.measure not in doubted)]


# One statement by itself


def parts_above_wholes(amounts):
    wholes = {one.figure.pk: one for one in amounts.values() if not one.figure.is_own}
    for value in amounts.values():
        whole = wholes.get(value.figure.whole_id)
        if whole is not None and value.amount > whole.amount:
            words = _("“%(part)s” is larger than “%(whole)s”, of which it is a part.")
            names = {"part": value.figure, "whole": whole.figure}
            yield Doubt("part", words % names, measure=value.figure.key)


def shares_not_of_hundred(amounts, measures):
    """Shares of one whole that do not add up to 100 percent.

    A sum below 100 is doubted only if every share is given.
    """
    shared = sorted((m for m in measures if m.shares_of), key=attrgetter("shares_of"))
    for _word, group in groupby(shared, key=attrgetter("shares_of")):
        group = list(group)
        given = [amounts[measure.code] for measure in group if measure.code in amounts]
        total = sum(value.amount for value in given)
        is_short = len(given) == len(group) and total < HUNDRED - ROUNDING
        if given and (is_short or total > HUNDRED + ROUNDING):
            names = " + ".join(f"“{value.figure}”" for value in given)
            words = _("%(names)s make %(total)s percent together, not 100.")
            gaps = {"names": names, "total": Figure.of(total).text}
            yield Doubt("hundred", words % gaps, measure=given[-1].figure.key)


def shares_as_fractions(values):
    """Shares below one percent: 0.7443 may be meant as 74.43 percent."""
    for value in values:
        if value.figure.kind == Measure.Kind.PERCENT and 0 < value.amount < 1:
            words = _("“%(measure)s” is %(share)s percent. Write %(meant)s if that is meant.")
            gaps = {
                "measure": value.figure,
                "share": Figure.of(value.amount).text,
                "meant": Figure.of(value.amount * 100).text,
            }
            yield Doubt("fraction", words % gaps, measure=value.figure.key)


def areas_above_the_city(values, city):
    if not city.area_km2:
        return
    for value in values:
        is_area = value.figure.kind == Measure.Kind.AREA
        if not is_area or "km2" not in units.accepted(value.figure.unit):
            continue
        if units.convert(value.amount, value.figure.unit, "km2") > city.area_km2:
            words = _("“%(measure)s” is larger than the city (%(area)s km²).")
            gaps = {"measure": value.figure, "area": Figure.of(city.area_km2).text}
            yield Doubt("above-city", words % gaps, measure=value.figure.key)


# A target


def targets_on_the_wrong_side(values, others):
    """Targets that are worse than the baseline.

    Not of shares of one whole, because some of them fall where others rise.
    """
    baselines = (own for other, own in others if other.kind == Statement.Kind.BASELINE)
    start = {value.figure.code: value for value in next(baselines, ())}
    for value in values:
        before = start.get(value.figure.code)
        if before is None or value.figure.shares_of:
            continue
        old, new = numeric_amount(before), numeric_amount(value)
        falls = value.figure.falls
        if old is None or new is None or not (new > old if falls else new < old):
            continue
        words = _("“%(measure)s” starts from %(old)s; the target of %(new)s is worse.")
        gaps = {"measure": value.figure, "old": shown(before), "new": shown(value)}
        yield Doubt("wrong-side", words % gaps, measure=value.figure.key)


def doubts_about_due_year(target, new_fields):
    if "due_year" not in new_fields:
        return
    if target.due_year is None:
        words = _("By when is it to be reached? Without a year nobody can tell if it is on track.")
        yield Doubt("no-due-year", words, field="due_year")
    elif is_over(target.due_year, today()):
        words = _("%(year)d is over already: is this the year in which the target is due?")
        yield Doubt("past-due-year", words % {"year": target.due_year}, field="due_year")


def targets_before_their_plan(target):
    """A target that is due before the year of its plan; asked only where the plan is at hand."""
    plan = target.plan if Statement._meta.get_field("plan").is_cached(target) else None
    if plan and plan.year and target.due_year and target.due_year < plan.year:
        words = _("The plan is of %(plan)d, the target is due in %(year)d: are both years right?")
        gaps = {"plan": plan.year, "year": target.due_year}
        yield Doubt("before-plan", words % gaps, field="due_year")


def words_of_the_description(statement):
    """Whether the statement only repeats what the action says of itself."""
    own, description = (
        fold(text).split() for text in (statement.text, statement.action.description)
    )
    if own and own == description:
        words = _("These are the words of the action’s description. What is to be reached, or was?")
        yield Doubt("description", words, field="text")


# A statement beside the one before


def jumps_of(statement, values, others):
    """Values that are many times larger or smaller than the value before."""
    is_target = statement.kind == Statement.Kind.TARGET
    for value in values:
        before = value_before(statement, value, others)
        is_end = is_target and value.amount == 0 and value.figure.falls
        if before is not None and not is_end:
            yield from jump_between(before, value, is_target=is_target)


def jump_between(before, value, *, is_target=False):
    """The doubt about a value beside that `before`: nought, or many times larger or smaller.

    `is_target`: `before` was measured, and the value is aimed at.
    """
    gaps = {"measure": value.figure, "old": shown(before), "new": shown(value)}
    if before.amount and value.amount == 0:
        words = _("“%(measure)s” was %(old)s before and is %(new)s now. Is nothing left of it?")
        if is_target:
            words = _("“%(measure)s” was %(old)s, and the target is %(new)s. Is that the target?")
        yield Doubt("jump", words % gaps, measure=value.figure.key)
    elif is_jump(before.amount, value.amount):
        words = _("“%(measure)s” was %(old)s before and is %(new)s now. Is the unit right?")
        if is_target:
            words = _("“%(measure)s” was %(old)s, and the target is %(new)s. Is the unit right?")
        yield Doubt("jump", words % gaps, measure=value.figure.key)


def doubt_about_twin(number, is_same_type):
    """The doubt about an action that repeats action `number` of the city."""
    words = (
        _("Action %(number)d of the city is of this type already.")
        if is_same_type
        else _("Action %(number)d of the city has these words already.")
    )
    field = "action_type" if is_same_type else "description"
    return Doubt("twin", words % {"number": number}, field=field)


def value_before(statement, value, others):
    """The value that was measured before: the last progress up to the day, else the baseline."""
    if statement.kind == Statement.Kind.BASELINE or value.amount is None:
        return None
    found, found_on = None, None
    for other, own in others:
        if other.kind == Statement.Kind.TARGET or is_later(other, statement):
            continue
        same = next((one for one in own if one.figure.code == value.figure.code), None)
        if same is None or same.amount is None:
            continue
        if found is None or (
            other.date is not None and (found_on is None or other.date > found_on)
        ):
            found, found_on = same, other.date
    return found


def is_later(other, statement):
    """Whether a progress report is from a later day than another; a target is later than all."""
    return bool(other.date and statement.date and other.date >= statement.date)


def shown(value):
    """A value in the measure's unit, in which it is compared."""
    if value.amount is None:
        return value.get_status_display()
    symbol = units.symbol(value.figure.unit)
    joint = "" if symbol == "%" else "\u00a0"
    return f"{Figure.of(units.readable(value.amount)).text}{joint}{symbol}".strip()
