"""What the platform knows already of an input; an officer takes it over by hand."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from catalogue import units
from catalogue.atoms import Figure
from catalogue.folding import fold
from intake import numbers

from .models import AREA_UNIT, InputKind

AREA_NAMES = {"city_area", "terrestrial_area"}
"""Inputs that are the area of the whole city, as the catalogue names them."""

SAME_AS_MEASURE = {
    "city_area": "natural-areas.total_area",
    "terrestrial_area": "natural-areas.total_area",
    "natural_area": "natural-areas.natural_area",
    "natural_area_total": "natural-areas.natural_area",
    "protected_area": "protected-areas.protected_area",
}
"""Input → the measure of an action that means the same. Shares of an area are not the area."""

MOST = 3
"""So many suggestions stand at one input."""

SHOWN_LETTERS = 120


@dataclass(frozen=True)
class Suggestion:
    """`text` names value and origin, `value` is what the button takes over, in words; `fills`: unit
    ("" for a plain number) → text for the input."""

    text: str
    value: str
    fills: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What is known when the form of an indicator opens.

    - `earlier`: the `IndicatorResult` with which it is compared, of the first assessment, or None.
    - `previous`: that of the assessment before, or None.
    - `figures`: the `KnownFigure`s of the city's actions.
    """

    earlier: object = None
    previous: object = None
    figures: tuple = ()


def suggestions_for(one, city, known):
    """The `Suggestion`s for an `Input`, each number once."""
    found = [
        suggest_from_profile(one, city),
        known.earlier and suggest_count(one, known.earlier),
        known.previous and suggest_previous(one, known.previous),
        *suggest_from_actions(one, known.figures),
    ]
    different = {}
    for suggestion in filter(None, found):
        different.setdefault(str(suggestion.fills), suggestion)
    return list(different.values())[:MOST]


def suggest_from_profile(one, city):
    if one.name in AREA_NAMES and one.kind == InputKind.AREA and city.area_km2:
        words = _("The city’s profile says %(value)s.")
        return suggest_areas([city.area_km2], "km2", words)
    if one.name == "population" and one.kind == InputKind.COUNT and city.population:
        words = _("The city’s profile says %(value)s.")
        if city.population_year:
            words = _("The city’s profile says %(value)s (%(year)d).")
        return suggest_text(str(city.population), words, year=city.population_year)
    return None


def suggest_areas(areas, unit, words, **gaps):
    """The `Suggestion` of one area or several, in each unit that the form offers."""
    fills = {
        into: "; ".join(numbers.write(units.convert(area, unit, into=into)) for area in areas)
        for into in units.metric(AREA_UNIT)
    }
    value = f"{'; '.join(str(Figure.of(area)) for area in areas)} {units.symbol(unit)}"
    value = Truncator(value).chars(SHOWN_LETTERS)
    return Suggestion(words % {"value": value, **gaps}, value, fills)


def suggest_text(text, words, **gaps):
    """The `Suggestion` of a number or of words, as they were entered."""
    try:
        value = str(Figure.of(text))
    except (ArithmeticError, TypeError, ValueError):
        value = Truncator(text).chars(SHOWN_LETTERS)
    return Suggestion(words % {"value": value, **gaps}, value, {"": text})


def suggest_count(one, earlier):
    """The count of the first assessment, if the indicator is compared with it; else None."""
    rows = earlier.indicator.input_rows()
    given = earlier.inputs.get(one.name)
    if not rows or rows[0].name != one.name or not isinstance(given, str) or not given:
        return None
    words = _("In the first assessment (%(year)d): %(value)s.")
    if not earlier.assessment.is_released:
        words = _("In the first assessment (%(year)d, not public): %(value)s.")
    return suggest_text(given, words, year=earlier.assessment.year)


def suggest_previous(one, previous):
    """What the assessment before says; None where it says nothing, or what is no number."""
    given = previous.inputs.get(one.name)
    if given in (None, "", []):
        return None
    words, year = _("In the assessment of %(year)d: %(value)s."), previous.assessment.year
    if not previous.assessment.is_released:
        words = _("In the assessment of %(year)d (not public): %(value)s.")
    if not one.is_area:
        return suggest_text(str(given), words, year=year)
    try:
        areas = [Decimal(text) for text in (given if isinstance(given, list) else [given])]
    except InvalidOperation:
        return None
    return suggest_areas(areas, previous.unit or AREA_UNIT, words, year=year)


def suggest_from_actions(one, figures):
    """The figures of actions that mean the same: by their measure, or by their own name."""
    for figure in figures:
        if not is_same(one, figure):
            continue
        words = _("%(name)s, %(origin)s: %(value)s.")
        gaps = {"name": figure.name, "origin": figure.origin}
        if one.kind == InputKind.AREA:
            yield suggest_areas([figure.number], figure.unit, words, **gaps)
        else:
            yield suggest_text(numbers.write(figure.number), words, **gaps)


def is_same(one, figure):
    if one.kind not in (InputKind.AREA, InputKind.COUNT) or one.kind != figure.kind:
        return False
    if one.is_area and figure.unit not in units.accepted(AREA_UNIT):
        return False
    if figure.code:
        return SAME_AS_MEASURE.get(one.name) == figure.code
    return fold(figure.name) == fold(str(one.label))
