"""Which measures and own figures the figures of a list are for its actions."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actions.models import Measure, OwnFigure
from actions.models.own_figures import CODES, MOST_OWN_FIGURES, folded_name, kind_of_unit
from catalogue import units

from .figure_columns import LONGEST_NAME, alike

BY_UNIT = (Measure.Kind.AREA, Measure.Kind.AMOUNT)
"""Kinds of official measures that a unit alone tells. A share or a count can be one of anything."""


class FiguresOfActions:
    """Finds the official measure or the own figure that a figure is for an action."""

    def __init__(self, numbering):
        self.numbering = numbering
        self.measures = {}
        for measure in Measure.objects.current().select_related("action_type"):
            self.measures.setdefault(measure.action_type.code, []).append(measure)
        self.made, self.names = {}, {}

    def official(self, type_code, unit):
        """The one measure of a type that takes numbers of this unit; None."""
        if not unit or unit == "percent":
            return None
        fitting = [
            measure
            for measure in self.measures.get(type_code, ())
            if measure.kind in BY_UNIT and unit in units.accepted(measure.unit)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def measure(self, type_code, key):
        return next((one for one in self.measures.get(type_code, ()) if one.key == key), None)

    def own(self, slug, number, name, kind, unit, type_code, *, falls=False):
        """The own figure of this name of an action, stored or new; (None, why) where there can be
        none."""
        figures = self.figures(slug, number)
        folded = folded_name(name)
        if folded in figures:
            return figures[folded], ""
        if len(figures) >= MOST_OWN_FIGURES:
            return None, _("An action has at most three figures of its own.")
        if folded in self.taken_names(type_code):
            name = _("%s (own)") % name[: LONGEST_NAME - 10]
            if folded_name(name) in figures:
                return figures[folded_name(name)], ""
        numbers = {one.number for one in figures.values()}
        free = next(one for one in range(1, MOST_OWN_FIGURES + 1) if one not in numbers)
        figure = OwnFigure(number=free, name=name, kind=kind, unit=unit, falls=falls)
        try:
            figure.clean_kind_and_unit()
        except ValidationError as error:
            return None, " ".join(error.messages)
        figures[folded_name(name)] = figure
        return figure, ""

    def stored(self, slug, number, name, kind):
        """The own figure of an action that has this name, or a name `alike`; None for none."""
        figures = self.figures(slug, number)
        if known := figures.get(folded_name(name)):
            return known
        said = alike(name)
        same = [one for one in figures.values() if one.kind == kind and alike(one.name) == said]
        return same[0] if said and len(same) == 1 else None

    def only(self, slug, number, kind, unit):
        """The own figure of an action that was stored as its only one; None where it is of another
        kind or unit."""
        figures = [one for one in self.figures(slug, number).values() if one.pk]
        fitting = [one for one in figures if one.kind == kind and unit in units.accepted(one.unit)]
        return fitting[0] if len(figures) == len(fitting) == 1 else None

    def figures(self, slug, number):
        key = slug, number
        if key not in self.made:
            self.made[key] = dict(self.numbering.figures.get(key, {}))
        return self.made[key]

    def taken_names(self, type_code):
        if type_code not in self.names:
            own = self.measures.get(type_code, ())
            names = {name for one in own for name in (one.name, one.key, one.code)}
            self.names[type_code] = {folded_name(name) for name in (*names, *CODES)}
        return self.names[type_code]


def kind_of(readings):
    """The kind of an own figure with these numbers, and its unit; "" where it has no unit and is no
    count."""
    unit = next((one.unit for one in readings if one.unit), "")
    if unit == "count":
        unit = ""
    if unit:
        return kind_of_unit(unit) or OwnFigure.Kind.AMOUNT, unit
    whole = all(one.number == one.number.to_integral_value() for one in readings)
    return (OwnFigure.Kind.COUNT if whole else ""), ""
