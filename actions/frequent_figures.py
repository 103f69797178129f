"""Own figures that cities have made alike, and how one becomes a measure of the catalogue."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import IntegrityError

from catalogue import units
from catalogue.models import Origin
from profiles.changes import delete_in_bulk, lock, recording, update_in_bulk
from profiles.models import ChangeSet, City

from .models import Action, Measure, OwnFigure, Value
from .models.own_figures import folded_name

MOST_LISTED = 200


class KeyTaken(RuntimeError):
    """Somebody else has made a measure of this key at the same moment; nothing was written."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Own figures of one name, kind, kind of unit and direction for one action type.

    `first`: the oldest of them.
    """

    first: OwnFigure
    keys: tuple[int, ...]
    cities: int

    @property
    def figures(self):
        return len(self.keys)

    @property
    def unit(self):
        """That of the measure: areas in local units are summed in km²."""
        return "km2" if units.is_local(self.first.unit) else self.first.unit


def frequent_figures():
    """The `Alike`s of all cities, those of most cities first."""
    found = defaultdict(list)
    rows = OwnFigure.objects.select_related("action__action_type").order_by("pk")
    for figure in rows.iterator(chunk_size=2000):
        found[likeness(figure)].append(figure)
    groups = [
        Alike(own[0], tuple(one.pk for one in own), len({one.action.city_id for one in own}))
        for own in found.values()
    ]
    return sorted(groups, key=lambda one: (-one.cities, -one.figures, one.first.name))


def likeness(figure):
    """What the figures of one `Alike` have in common."""
    unit = min(units.accepted(figure.unit))  # the same for units that convert into each other
    name, action_type = folded_name(figure.name), figure.action.action_type_id
    return name, figure.kind, unit, figure.falls, action_type


def find_alike(figure_id):
    """The `Alike` to which the figure of this key belongs; None if there is no such figure."""
    return next((one for one in frequent_figures() if figure_id in one.keys), None)


def new_measure(alike):
    """An unsaved `Measure` of what the figures count; its key is still to be given."""
    first = alike.first
    return Measure(
        action_type=first.action.action_type,
        name=first.name,
        kind=first.kind,
        unit=alike.unit,
        unit_in_sentence=units.symbol(alike.unit),
        falls=first.falls,
        origin=Origin.OURS,
        position=1 + (Measure.objects.order_by("-position").values_list("position", flat=True)[0]),
    )


def make_measure(alike, measure, *, by):
    """Save the `measure` and give it the values of the own figures, which go; as one change set.

    Nobody types a value again: number and unit stay as entered, with their history. Answers with
    (the number of values, that of the figures left as they are: an action of which several are
    alike gives the oldest); None where no figure is there any more. Raises KeyTaken.
    """
    reason = f"{measure.name}: {measure.code}"
    with recording(by, ChangeSet.Kind.ADMIN, reason):
        figures = (
            OwnFigure.objects.filter(pk__in=alike.keys).select_related("action").order_by("pk")
        )
        lock(City.objects.filter(pk__in=figures.values("action__city")))
        found = [one for one in figures if likeness(one) == likeness(alike.first)]
        if not found:  # a colleague has made a measure of them at the same moment
            return None
        figures = list({one.action_id: one for one in reversed(found)}.values())
        try:
            measure.save()
        except IntegrityError as error:
            raise KeyTaken(measure.code) from error
        values = list(
            Value.objects.filter(own_figure__in=figures).select_related("statement__action")
        )
        for value in values:
            value.measure, value.own_figure = measure, None
            value.fill_amount()
        update_in_bulk(Value, values, {"measure", "own_figure", "amount"})
        chosen = [one.action for one in figures if one.is_key_figure]
        for action in chosen:
            action.key_measure = measure
        update_in_bulk(Action, chosen, {"key_measure"})
        delete_in_bulk(OwnFigure, figures)
    return len(values), len(found) - len(figures)
