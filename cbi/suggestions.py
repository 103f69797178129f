"""Suggestions for inputs from data that the platform has; an officer accepts them by hand."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalogue import units
from catalogue.atoms import Figure
from intake import numbers

from .models import AREA_UNIT, InputKind

AREA_NAMES = {"city_area", "terrestrial_area"}
"""Inputs that are the area of the whole city, as the catalogue names them."""


@dataclass(frozen=True)
class Suggestion:
    """`text` names value and origin; `fills`: unit ("" for a plain number) → text for the input."""

    text: str
    fills: dict = field(default_factory=dict)


def suggestion_for(one, city, earlier):
    """The `Suggestion` for an `Input`, or None. `earlier`: an earlier `IndicatorResult` or None."""
    if one.name in AREA_NAMES and one.kind == InputKind.AREA and city.area_km2:
        return suggest_area(city)
    if one.name == "population" and one.kind == InputKind.COUNT and city.population:
        return suggest_population(city)
    if earlier is not None:
        return suggest_count(one, earlier)
    return None


def suggest_area(city):
    words = _("Suggestion: the city’s profile says %(area)s km².")
    fills = {
        unit: numbers.write(units.convert(city.area_km2, "km2", into=unit))
        for unit in units.metric(AREA_UNIT)
    }
    return Suggestion(words % {"area": Figure.of(city.area_km2)}, fills)


def suggest_population(city):
    population = Figure.of(city.population)
    if city.population_year:
        words = _("Suggestion: the city’s profile says %(people)s (%(year)d).")
        text = words % {"people": population, "year": city.population_year}
    else:
        text = _("Suggestion: the city’s profile says %(people)s.") % {"people": population}
    return Suggestion(text, {"": str(city.population)})


def suggest_count(one, earlier):
    """The count of an earlier assessment, if the indicator is compared with it; else None."""
    rows = earlier.indicator.input_rows()
    given = earlier.inputs.get(one.name)
    if not rows or rows[0].name != one.name or not isinstance(given, str) or not given:
        return None
    words = _("In the first assessment (%(year)d): %(count)s.")
    text = words % {"year": earlier.assessment.year, "count": Figure.of(given)}
    return Suggestion(text, {"": given})
