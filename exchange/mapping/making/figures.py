"""Which figures the columns of a list of actions are, and what each action says of them."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actions.models import Measure, OwnFigure
from actions.models.own_figures import CODES, MOST_OWN_FIGURES, folded_name, kind_of_unit
from catalogue import units

from ... import cells
from ..columns.synonyms import matches
from ..years.header_years import years_in

KINDS = ("baseline", "target", "progress")
"""Codes of the fields of numbers, which are kinds of statements too."""

BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
LONGEST_NAME = OwnFigure._meta.get_field("name").max_length
BY_UNIT = (Measure.Kind.AREA, Measure.Kind.AMOUNT)
"""Kinds of official measures that a unit alone tells. A share or a count can be one of anything."""


@dataclass(slots=True)
class ColumnFigure:
    """A figure of a list of actions. `uses`: kind of a statement → the column of its number."""

    name: str = ""
    unit: str = ""
    uses: dict = field(default_factory=dict)


def figures_of(draft, uses):
    """The `ColumnFigure`s of the columns that are numbers of an action.

    Columns of the same unit are one figure where each kind of statement has one column, or where
    their headers say the same beside it.
    """
    found = []
    columns = [(kind, use) for kind in KINDS for use in uses[kind]]
    is_plain = all(len(uses[kind]) <= 1 for kind in KINDS)
    for kind, use in columns:
        form = draft.formats.get(use.column.key)
        unit = form.unit if form else ""
        words = words_of(use)
        fitting = [
            one
            for one in found
            if kind not in one.uses
            and (one.unit == unit or not (one.unit and unit))
            and (is_plain or any(shared(words, words_of(other)) for other in one.uses.values()))
        ]
        figure = fitting[0] if fitting else ColumnFigure()
        if not fitting:
            found.append(figure)
        figure.uses[kind] = use
        figure.unit = figure.unit or unit
    for figure in found:
        figure.name = name_of(figure)
    return found


def words_of(use):
    text = BRACKETS.sub(" ", use.column.name)
    for year, _note in years_in(text):
        text = text.replace(str(year), " ")
    return text.split()


def shared(words, others):
    """The words that both have, in the order of the first."""
    known = {cells.folded(word) for word in others}
    return [word for word in words if cells.folded(word) in known]


def name_of(figure):
    """What the headers of a figure have in common; else all of them."""
    headers = [words_of(use) for use in figure.uses.values()]
    common = headers[0]
    for other in headers[1:]:
        common = shared(common, other)
    words = " ".join(common).strip(" :-–—/")
    if not words:
        words = " / ".join(use.column.name for use in figure.uses.values())
    return words[:LONGEST_NAME]


def naming_column(uses, figures):
    """The `Use` of the column that says in each row what its one figure is; None for no such.

    It is one of the columns of the description, by its header, and stays there.
    """
    if len(figures) != 1:
        return None
    for use in uses["description"]:
        meanings = matches(use.column.header)
        if meanings and meanings[0].meaning == "measure":
            return use
    return None


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
