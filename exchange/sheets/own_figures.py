"""The figures that a city has made for its actions, without their values."""

from collections import defaultdict
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Measure, OwnFigure
from actions.models.own_figures import CODES, folded_name
from actions.own_figures import refill_amounts

from ..columns.column import Column, city_column, language_column
from ..columns.widgets import ChoiceWidget, NumberWidget, YesNoWidget
from ..lookups.context import NUMBERS
from .base.model_sheet import ModelSheet
from .base.rows import CHANGED, NEW
from .key_figures import why_no_key_figure
from .statements.values import UnitWidget


class AnyUnitWidget(UnitWidget):
    expected = gettext_lazy("a unit, such as km2, ha, t or kWh")

    def choices_for(self, context):
        return None


class OwnFiguresSheet(ModelSheet):
    sheet_name = "Own figures"
    purpose = gettext_lazy(
        "What a city counts for an action beside the official measures, up to three for each. The "
        "next sheets have their values, by the name."
    )
    model = OwnFigure

    city = city_column("action__city")
    action_number = Column(
        "Action number", "action__number", NumberWidget(whole=True), key=True, width=9
    )
    number = Column(
        "Figure number",
        "number",
        NumberWidget(whole=True),
        key=True,
        width=9,
        help_text=gettext_lazy("1, 2 or 3: names the figure within the action."),
    )
    name = Column(
        "What is counted",
        "name",
        required=True,
        width=40,
        help_text=gettext_lazy("For example: area of mangroves restored."),
    )
    kind = Column("Kind", "kind", ChoiceWidget(OwnFigure.Kind), required=True, width=11)
    unit = Column(
        "Unit",
        "unit",
        AnyUnitWidget(),
        width=13,
        help_text=gettext_lazy("In which it is shown; empty for a count."),
    )
    falls = Column("Less is better", "falls", YesNoWidget(), width=9)
    is_key_figure = Column(
        "Key figure",
        "is_key_figure",
        YesNoWidget(),
        width=9,
        help_text=gettext_lazy("yes: its newest number is among the city's key figures."),
    )
    language = language_column()

    def __init__(self, context):
        super().__init__(context)
        self.former_units = {}

    def load_existing(self, cities):
        self.context.load_actions(cities)
        self.context.load_own_figures(cities)
        self.existing = dict(self.context.own_figures)

    def current_value(self, instance, name):
        if name == "city":
            return instance.action.city
        if name == "action_number":
            return instance.action.number
        return super().current_value(instance, name)

    def is_valid(self, row, instance, name):
        if name == "number" and row.values[name] not in NUMBERS:
            words = _("An action has at most three figures of its own: 1, 2 and 3.")
            self.add_problem(row, name, words, expected="1, 2, 3")
            return False
        return name in ("city", "action_number") or super().is_valid(row, instance, name)

    def key_from(self, values):
        return values["city"].slug, values["action_number"], values["number"]

    def plan_row(self, row):
        if self.has_all(row, self.key_names):
            city, number = row.values["city"], row.values["action_number"]
            if (city.slug, number) in self.context.actions:
                super().plan_row(row)
                return
            message = self.context.unknown_action(city, number)
            self.add_problem(row, "action_number", message, expected="")
        self.check_values(row)

    def make_instance(self, values):
        action = self.context.actions[values["city"].slug, values["action_number"]]
        return OwnFigure(action=action, number=values["number"])

    def register_new(self, instance):
        self.context.add_own_figure(instance)

    def assign(self, row, instance, name, *, is_new):
        before = instance.unit
        changed = super().assign(row, instance, name, is_new=is_new)
        if changed and name == "unit" and not is_new:
            self.former_units[instance.pk] = (instance, before)
        return changed

    def clean_instance(self, instance):
        instance.clean_kind_and_unit()
        self.batch.fields.add("unit")

    def finish_plan(self):
        super().finish_plan()
        self.refuse_same_names()
        self.refuse_surplus_key_figures()

    def planned(self):
        """(row, figure) of those that are new or changed, and right so far."""
        for row in self.rows:
            if row.outcome in (NEW, CHANGED) and not self.is_wrong(row):
                yield row, self.context.own_figures[self.key_from(row.values)]

    def refuse_same_names(self):
        """Refuse a name that another figure of the action has: the next sheets go by names."""
        names = defaultdict(set)
        for key, figure in self.context.own_figures.items():
            names[key[:2], folded_name(figure.name)].add(key)
        for row, figure in self.planned():
            key, folded = self.key_from(row.values), folded_name(figure.name)
            of_type = self.names_of_measures[figure.action.action_type_id]
            if len(names[key[:2], folded]) > 1 or folded in of_type:
                words = _("The action has a figure of this name already: name what differs.")
                self.add_problem(row, "name", words, expected="")

    @cached_property
    def names_of_measures(self):
        """Primary key of an action type → what its own figures may not be called, as it is
        compared: its measures, and the codes of own figures."""
        found = defaultdict(lambda: {*map(folded_name, CODES)})
        for type_id, *names in Measure.objects.values_list("action_type", "name", "key", "code"):
            found[type_id].update(map(folded_name, names))
        return found

    def refuse_surplus_key_figures(self):
        """Refuse a second key figure of an action, and a fifth of its city."""
        refused = set()
        for row, figure in reversed(list(self.planned())):
            if figure.is_key_figure:
                words = why_no_key_figure(self.context, figure.action, refused)
                if words:
                    self.add_problem(row, "is_key_figure", words, expected="")
                    refused.add(id(figure))

    def save(self):
        super().save()
        for figure, before in self.former_units.values():
            if figure.unit != before:
                refill_amounts(figure)

    def export_queryset(self, cities):
        return (
            OwnFigure.objects.filter(action__city__in=cities)
            .select_related("action__city")
            .order_by("action__city__name", "action__city", "action__number", "number")
        )
