"""The figures of an action: the measures of its type, and those that its city has made for it.

What works with measures works with either: both have a code, a name, a kind and a unit.
"""

from dataclasses import dataclass

from django.db.models import Q
from msgspec.structs import replace

from catalogue import units
from catalogue.atoms import Text
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.record import text_of

from .models import Value
from .models.catalogue import IsNumeric

AFTER_MEASURES = 1_000_000
"""The position of own figures, which come after all measures, in the order of their numbers."""


@dataclass(frozen=True, slots=True)
class FrozenOwnFigure(IsNumeric):
    """An own figure of a record, with what a `FrozenMeasure` has.

    `action_type`: that of the action. `words`: its name, `unit_words`: its unit in a sentence.
    """

    code: str
    action_type: str
    kind: str
    unit: str
    falls: bool
    words: Text
    unit_words: Text

    is_own = True
    position = AFTER_MEASURES
    decimals = None
    whole = None
    shares_of = ""

    @property
    def key(self):
        return self.code

    @property
    def unit_in_sentence(self):
        return self.unit_words.value

    def text(self, field="name"):
        """The name, or the unit in a sentence, as a `Text`."""
        return self.unit_words if field == "unit_in_sentence" else self.words


def figures_of(action, catalogue):
    """Code → `FrozenMeasure` or `FrozenOwnFigure` of an `ActionRecord`, in the order in which they
    are printed: the measures of its type, any others of which it has values, its own figures.
    """
    values = {value.measure for statement in action.statements for value in statement.values}
    kept = {
        code: one
        for code, one in catalogue.measures.items()
        if one.action_type == action.action_type or code in values
    }
    return {**kept, **own_figures_of(action, catalogue)}


def known_figures(action, catalogue):
    """The same with all measures of the catalogue: for looking up what a value is of."""
    if not action.own_figures:
        return catalogue.measures
    return {**catalogue.measures, **own_figures_of(action, catalogue)}


def own_figures_of(action, catalogue):
    """Code → `FrozenOwnFigure` of an `ActionRecord`."""
    return {
        one.code: frozen_figure(one, action.action_type, catalogue.texts)
        for one in action.own_figures
    }


def frozen_figure(own, action_type, fixed_texts):
    """The `FrozenOwnFigure` of an `OwnFigureRecord`; `fixed_texts`: those of the catalogue."""
    known = fixed_texts.get(f"unit.{own.unit}")
    words = known.text() if known else Text(units.symbol(own.unit), OFFICIAL_LANGUAGE)
    if own.kind in ("percent", "status"):
        words = Text("", OFFICIAL_LANGUAGE)
    return FrozenOwnFigure(
        code=own.code,
        action_type=action_type,
        kind=own.kind,
        unit=own.unit,
        falls=own.falls,
        words=text_of(own.name) or Text(own.code, OFFICIAL_LANGUAGE),
        unit_words=words,
    )


def own_note(figure, texts):
    """The words that mark a figure of the city's own; None for a measure."""
    return texts("figure.own") if figure.is_own else None


def without_figure(action, code):
    """An `ActionRecord` without this own figure and without its values."""
    return replace(
        action,
        own_figures=tuple(one for one in action.own_figures if one.code != code),
        key_measure="" if action.key_measure == code else action.key_measure,
        statements=tuple(
            replace(one, values=tuple(value for value in one.values if value.measure != code))
            for one in action.statements
        ),
    )


def offered_figures(action):
    """The figures that the forms of an `Action` ask for: the current measures of its type, retired
    ones with a value, then its own figures.

    Kept on the action, so that all forms of one request show the same for two queries.
    """
    if not hasattr(action, "_offered_figures"):
        asked = Q(retired=False)
        if action.pk:
            asked |= Q(pk__in=Value.objects.filter(statement__action=action).values("measure"))
        measures = action.action_type.measures.filter(asked)
        own = action.own_figures.order_by("number") if action.pk else ()
        action._offered_figures = [*measures.order_by("position"), *own]
    return action._offered_figures


def refill_amounts(figure):
    """Bring the amounts of all values of an `OwnFigure` into its unit, after that has changed."""
    for value in figure.values.filter(number__isnull=False):
        value.own_figure = figure
        value.save()


def free_number(action):
    """The least number that no own figure of an `Action` has."""
    taken = set(action.own_figures.values_list("number", flat=True))
    return next(number for number in range(1, len(taken) + 2) if number not in taken)
