"""Plausibility checks: values that look wrong but may be right need a reason to be saved.

The checks are our own, not official. What cannot be right at all (a share above 100, a negative
number, a year in the future) is refused by the models and forms instead.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from catalogue.atoms import Figure

from .models import Measure

HUNDRED = Decimal(100)
ROUNDING = Decimal(1)
"""How far the sum of rounded shares may be from 100, in percentage points."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A plausibility warning: the key of the measure, and a whole sentence for the officer."""

    measure: str
    message: str


def doubts_about(values, measures, city):
    """The doubts about the values of one statement of `city`.

    `values` have their measures loaded; `measures` are all measures of the action type.
    """
    amounts = {value.measure_id: value for value in values if value.amount is not None}
    return [
        *parts_above_wholes(amounts),
        *shares_not_of_hundred(amounts, measures),
        *areas_above_the_city(amounts.values(), city),
    ]


def parts_above_wholes(amounts):
    for value in amounts.values():
        whole = amounts.get(value.measure.whole_id)
        if whole is not None and value.amount > whole.amount:
            yield Doubt(
                value.measure.key,
                _("“%(part)s” is larger than “%(whole)s”, of which it is a part.")
                % {"part": value.measure, "whole": whole.measure},
            )


def shares_not_of_hundred(amounts, measures):
    """Shares of one whole that do not add up to 100 percent.

    A sum below 100 is doubted only if every share is given.
    """
    shared = sorted((m for m in measures if m.shares_of), key=attrgetter("shares_of"))
    for _word, group in groupby(shared, key=attrgetter("shares_of")):
        group = list(group)
        given = [amounts[measure.pk] for measure in group if measure.pk in amounts]
        total = sum(value.amount for value in given)
        is_short = len(given) == len(group) and total < HUNDRED - ROUNDING
        if given and (is_short or total > HUNDRED + ROUNDING):
            names = " + ".join(f"“{value.measure}”" for value in given)
            yield Doubt(
                given[-1].measure.key,
                _("%(names)s make %(total)s percent together, not 100.")
                % {"names": names, "total": Figure.of(total).text},
            )


def areas_above_the_city(values, city):
    if not city.area_km2:
        return
    for value in values:
        is_area = value.measure.kind == Measure.Kind.AREA and value.measure.unit == "km2"
        if is_area and value.amount > city.area_km2:
            yield Doubt(
                value.measure.key,
                _("“%(measure)s” is larger than the city (%(area)s km²).")
                % {"measure": value.measure, "area": Figure.of(city.area_km2).text},
            )
