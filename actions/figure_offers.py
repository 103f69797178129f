"""Offers the figures that stand in an action's texts to the fields of its form.

Nothing is filled in: a field shows what it could take, and a button fills it where JavaScript runs.
"""

from dataclasses import dataclass
from itertools import islice

from catalogue import units
from catalogue.atoms import Figure
from intake import numbers

from .figures_in_text import figures_in, rank
from .models import OwnFigure, Statement, Value
from .models.own_figures import MOST_OWN_FIGURES
from .quantities import bounds_of
from .value_fields import PREFIX

MOST_OFFERS = 4
"""At one field. More would be a table."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A `FigureInText` for one field. `number` is what the field takes; `words` say how it is
    understood, and are empty where the field has to ask."""

    excerpt: str
    number: str
    unit: str
    precision: str
    words: str
    kind: str = ""
    """Of the own figure that would take it; empty where a field for a value does."""
    kind_label: str = ""


def offer_figures(action, form, formsets, figures):
    """Add `offers` to the fields of an action's form and of the forms of its statements.

    Baselines without a value are offered what stands in the description, every statement what
    stands in its own text. The description shows what none of the `figures` of the action takes.
    """
    numeric = [figure for figure in figures if figure.is_numeric]
    described = figures_in(action.description)
    for formset in formsets:
        if getattr(formset, "kind", None):
            for own in formset.forms:
                offer_in_statement(own, described, numeric)
    if "description" in form.fields:
        left = [one for one in described if not any(one.fits(figure) for figure in numeric)]
        offers = map(offer_of_own_figure, sorted(left, key=rank))
        form.fields["description"].offers = list(islice(offers, MOST_OWN_FIGURES))


def offer_in_statement(form, described, figures):
    more = described if form.kind == Statement.Kind.BASELINE else []
    found = {one.excerpt: one for one in (*figures_in(form.instance.text), *more)}.values()
    for figure in figures:
        name = PREFIX + figure.key
        if name in form.fields and form.initial.get(name) is None:
            offers = [offer_of_value(one, figure) for one in found if one.fits(figure)]
            form.fields[name].offers = offers[:MOST_OFFERS]


def offer_of_value(found, figure):
    """With the whole excerpt where the number is unclear: the field asks which one is meant."""
    is_clear = found.number is not None
    number = numbers.write(found.number, bounds_of(figure)) if is_clear else found.excerpt
    precision = found.precision if is_clear else ""
    precision = precision or Value.Precision.EXACTLY.value
    return Offer(found.excerpt, number, found.unit, precision, words_of(found))


def offer_of_own_figure(found):
    kind = OwnFigure.Kind(found.kind)
    unit = found.unit if kind in (OwnFigure.Kind.AREA, OwnFigure.Kind.AMOUNT) else ""
    return Offer(found.excerpt, "", unit, "", words_of(found), kind.value, kind.label)


def words_of(found):
    """How a figure is understood: “more than 80,000 mu”."""
    if found.number is None:
        return ""
    precision = Value.Precision(found.precision).label if found.precision else ""
    unit = units.symbol(found.unit) if found.unit else ""
    return " ".join(filter(None, (str(precision), Figure.of(found.number).text, unit)))
