"""The key figures of a city: up to four numbers that a reader sees first."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from catalogue import units
from catalogue.atoms import Figure, Text
from profiles.writing_systems import platform_text

from .courses import time_text
from .models import Measure, Statement
from .own_figures import own_note
from .wording import percent_text, symbol_parts

MOST = 4
AREA_UNIT = "km2"
TOTAL_AREA = "total_area"
"""The key of the measure that is the area of the whole city."""
STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Scale:
    """`share` is how much of the scale a figure fills, from 0 to 1; `start` and `end` name its
    ends. `note` tells what the share is of, where the platform computed it."""

    share: Decimal
    start: Text
    end: Text
    note: Text | None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """The newest number of a measure of an action, as entered.

    `number` has its precision ("more than 356"), `unit` is a symbol; None for counts. `words` say
    what it is, `when` the year or day of the data, or that it is not given. `own` says that the
    figure is the city's own.
    """

    action: int
    measure: str
    number: Text
    unit: Text | None
    words: Text
    scale: Scale | None
    when: Text
    source: Text | None
    own: Text | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """The area of a city in km²; `action`: the number of the action that gives it, None where it is
    among the facts about the city."""

    area: Decimal
    action: int | None = None

    def share_of(self, newest):
        """The share of the city that an area is; None where it is larger than the city: then one
        of the two is not what it is called."""
        measure = newest.measure
        if measure.kind != Measure.Kind.AREA or measure.key == TOTAL_AREA or measure.is_own:
            return None  # of an own figure nobody knows whether it lies within the city
        area = units.convert(newest.value.amount, measure.unit, AREA_UNIT)
        return area / self.area if area <= self.area else None


def key_figures(city, judged, entries, context):
    """The `KeyFigure`s of a city's record; `entries`: its `ActionEntry`s, as printed.

    `judged`: the `Judged` of its actions.
    """
    by_number = {one.action.number: one for one in judged}
    numbers = [by_number[entry.number] for entry in entries]
    whole = find_whole(city, numbers)
    own = {entry.number: entry for entry in entries}
    return tuple(
        _figure(own[action.number], newest, whole, context.texts)
        for action, newest in shown_numbers(numbers, whole)
    )


def shown_numbers(numbers, whole):
    """[(action, its number that is shown)], at most four.

    `numbers`: `Judged` actions in the order of the document.

    - What the city has chosen, as far as it has a number now.
    - Where it has chosen nothing, of each action the main measure (see `Judged.newest`), each
      measure once. First come numbers with a scale, shares and areas, because one sees how much of
      the whole they are; then amounts and counts; each in the order of the document. The area of
      the city itself is not among them.
    """
    chosen = [(one.action, one.chosen) for one in numbers if one.chosen]
    if chosen:
        return chosen[:MOST]
    once = {}
    for one in numbers:
        if one.newest and one.newest[0].measure.key != TOTAL_AREA:
            measure = one.newest[0].measure
            key = measure.code, one.action.number if measure.is_own else None
            once.setdefault(key, (one.action, one.newest[0]))
    in_order = sorted(once.values(), key=lambda pair: share_of(pair[1], whole) is None)
    return in_order[:MOST]


def find_whole(city, numbers):
    """The `Whole` of a city: its own field, else the measure for it; None where neither is given.

    `city`: its record or its row; `numbers`: its `Judged` actions.
    """
    if city.area_km2:
        return Whole(city.area_km2)
    for one in numbers:
        for newest in one.newest:
            if newest.measure.key == TOTAL_AREA and newest.value.amount:
                area = units.convert(newest.value.amount, newest.measure.unit, AREA_UNIT)
                return Whole(area, one.action.number)
    return None


def share_of(newest, whole):
    """How much of its scale a number fills, from 0 to 1; None where it has no scale."""
    if newest.measure.kind == Measure.Kind.PERCENT:
        return newest.value.amount / 100
    return whole and whole.share_of(newest)


def _figure(entry, newest, whole, texts):
    number, unit = symbol_parts(newest.value, newest.measure, texts)
    when = time_text(newest.statement) or _("year not given")
    return KeyFigure(
        action=entry.number,
        measure=newest.measure.code,
        number=number,
        unit=unit,
        words=newest.measure.text(),
        scale=_scale(newest, whole, texts),
        when=platform_text(when, texts.language),
        source=_source(entry, newest.statement),
        own=own_note(newest.measure, texts),
    )


def _source(entry, statement):
    """Where a number comes from: the city's words, else the title of what it links to."""
    told = entry.baseline
    if statement.kind == Statement.Kind.PROGRESS:
        told = next(one for one in entry.progress if one.date.date == statement.date)
    link = told.source_link or told.source_resource
    return told.source or (link and link.title)


def _scale(newest, whole, texts):
    share = share_of(newest, whole)
    if share is None:
        return None
    is_percent = newest.measure.kind == Measure.Kind.PERCENT
    end = percent_text(Figure.of(100).text, texts) if is_percent else _area_text(whole.area)
    note = None if is_percent else platform_text(_note(share, whole, texts), texts.language)
    language = texts.language
    rounded = share.quantize(STEP, ROUND_HALF_UP)
    return Scale(rounded, Text(Figure.of(0).text, language), platform_text(end, language), note)


def _area_text(area):
    return f"{Figure.of(units.readable(area))}\u00a0{units.symbol(AREA_UNIT)}"


def _note(share, whole, texts):
    gaps = {"percent": percent_text(rounded(share * 100), texts), "number": whole.action}
    if whole.action is None:
        return _("%(percent)s of the city, computed by us") % gaps
    return _("%(percent)s of the total area in action %(number)d, computed by us") % gaps


def rounded(percent):
    """A percentage as people read it: whole, below 1 with one decimal; 0 and 100 only if exact."""
    if percent in (0, 100):
        return Figure.of(percent, 0).text
    if percent < 1:
        return Figure.of(max(percent, Decimal("0.1")), 1).text
    return Figure.of(min(percent, Decimal(99)), 0).text
