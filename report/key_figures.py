"""The key figures: up to four numbers that a reader sees first."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from actions.chapter import statements_of
from actions.courses import time_text
from actions.figures import newest_numbers
from actions.models import Measure
from actions.wording import percent_text, symbol_parts
from catalogue import units
from catalogue.atoms import Figure, Text

MOST = 4
AREA_UNIT = "km2"
TOTAL_AREA = "total_area"
"""The key of the measure that is the area of the whole city."""
STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Scale:
    """`share` is how much of the scale a figure fills, from 0 to 1; `start` and `end` name its
    ends. `note` tells what the share is of, if the platform computed it."""

    share: Decimal
    start: Text
    end: Text
    note: Text | None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """The newest number of a measure of an action, as entered.

    `number` has its precision ("more than 356"), `unit` is a symbol; None for counts. `words` say
    what it is, `when` the year or day of the data, or that it is not given.
    """

    action: int
    measure: str
    number: Text
    unit: Text | None
    words: Text
    scale: Scale | None
    when: Text
    source: Text | None


def key_figures(record, entries, context):
    """At most four `KeyFigure`s of a `ProfileRecord`; `entries`: its `ActionEntry`s in order.

    - What the city has chosen, as far as it still has a number.
    - Where it has chosen nothing: of each action the newest number of its main measure (see
      `newest_numbers`), of each measure once. Numbers with a scale come first, shares and areas,
      because a reader sees how much of the whole they are; then amounts and counts. Both stand in
      the order of the document. The area of the city itself is not among them.
    """
    numbers = {
        entry.number: _numbers(action, context)
        for entry, action in _with_records(entries, record.actions.actions)
    }
    whole = _Whole.of(record.city, numbers, context.texts)
    figures = [
        _figure(entry, numbers[entry.number][0], whole, context.texts)
        for entry in entries
        if numbers[entry.number] and numbers[entry.number][0].measure.key != TOTAL_AREA
    ]
    once = {figure.measure: figure for figure in reversed(figures)}
    shown = [figure for figure in figures if once[figure.measure] is figure]
    return tuple(sorted(shown, key=lambda figure: figure.scale is None)[:MOST])


def _with_records(entries, actions):
    by_number = {action.number: action for action in actions}
    return [(entry, by_number[entry.number]) for entry in entries]


def _numbers(action, context):
    catalogue = context.catalogue
    action_type = catalogue.action_types[action.action_type]
    statements = statements_of(action, catalogue.measures)
    return newest_numbers(statements, action_type, catalogue.measures, context.day)


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
        when=Text(when, texts.language),
        source=_source(entry, newest.statement),
    )


def _source(entry, statement):
    """Where the number comes from: the city's words, else the title of what it links to."""
    [told] = [
        one
        for one in entry.statements
        if (one.kind, one.date and one.date.date) == (statement.kind, statement.date)
        and one.kind != "target"
    ]
    link = told.source_link or told.source_resource
    return told.source or (link and link.title)


def _scale(newest, whole, texts):
    """The scale of a share, from 0 to 100, or of an area within that of the city; else None."""
    measure, amount = newest.measure, newest.value.amount
    if measure.kind == Measure.Kind.PERCENT:
        end = Text(percent_text(Figure.of(100).text, texts), texts.language)
        return Scale((amount / 100).quantize(STEP), Text("0", texts.language), end, None)
    is_part = measure.kind == Measure.Kind.AREA and measure.key != TOTAL_AREA
    return (
        whole.scale(units.convert(amount, measure.unit, AREA_UNIT)) if is_part and whole else None
    )


@dataclass(frozen=True, slots=True)
class _Whole:
    """The area of the city in km²; `action`: the number of the action that gives it, None where it
    is among the facts about the city."""

    area: Decimal
    action: int | None
    texts: object

    @classmethod
    def of(cls, city, numbers, texts):
        """None where nothing tells the area. `numbers`: number of an action → `NewestNumber`s."""
        if city.area_km2:
            return cls(city.area_km2, None, texts)
        for action, found in numbers.items():
            for newest in found:
                if newest.measure.key == TOTAL_AREA and newest.value.amount:
                    area = units.convert(newest.value.amount, newest.measure.unit, AREA_UNIT)
                    return cls(area, action, texts)
        return None

    def scale(self, area):
        """The `Scale` of an area; None where it is larger than the city: then one of the two is
        not what it is called."""
        if area > self.area:
            return None
        share = area / self.area
        end = f"{Figure.of(self.area)} {units.symbol(AREA_UNIT)}"
        language = self.texts.language
        return Scale(
            share.quantize(STEP, ROUND_HALF_UP),
            Text("0", language),
            Text(end, language),
            Text(self.note(percent_text(rounded(share * 100), self.texts)), language),
        )

    def note(self, percent):
        if self.action is None:
            return _("%(percent)s of the city, computed by us") % {"percent": percent}
        words = _("%(percent)s of the total area in action %(number)d, computed by us")
        return words % {"percent": percent, "number": self.action}


def rounded(percent):
    """A percentage as people read it: whole numbers, below 1 one decimal; 100 only if exact."""
    if percent < 1:
        least = Decimal("0.1")
        return Figure.of(max(percent, least) if percent else percent, 1).text
    return Figure.of(percent if percent == 100 else min(percent, Decimal(99)), 0).text
