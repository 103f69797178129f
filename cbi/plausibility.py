"""The doubts about the inputs of an indicator: the column or field “Reason” answers them."""

from decimal import Decimal

from django.utils.translation import gettext as _

from catalogue import units
from catalogue.atoms import Figure
from profiles.plausibility import Doubt, is_jump

from .formulas import InputError
from .models import AREA_UNIT, InputKind

POPULATION = "population"
"""The input that is the number of people in the city, as the catalogue names it."""


def doubts_about_result(result, earlier=None):
    """The doubts about a result. `earlier`: that of the assessment before, or None."""
    city = result.assessment.city
    for one in result.indicator.input_rows():
        number = number_of(result, one)
        if number is None:
            continue
        if one.is_area:
            yield from above_the_city(one, number, city)
        before = number_of(earlier, one) if earlier is not None else None
        if before is None and one.name == POPULATION and city.population:
            before = Decimal(city.population)
        if before is not None and is_jump(before, number):
            words = _("It was %(old)s before and is %(new)s now. Is that right?")
            gaps = {"old": Figure.of(before).text, "new": Figure.of(number).text}
            yield Doubt("jump", words % gaps, field=one.name)


def number_of(result, one):
    """The input as a number, in hectares where it is an area; of a list the sum."""
    try:
        given = result.input_number(one)
    except InputError:
        return None
    return sum(given) if one.kind == InputKind.AREAS and given is not None else given


def above_the_city(one, hectares, city):
    if not city.area_km2:
        return
    if units.convert(hectares, AREA_UNIT, "km2") > city.area_km2:
        words = _("This is larger than the city (%(area)s km²).")
        yield Doubt("above-city", words % {"area": Figure.of(city.area_km2).text}, field=one.name)
