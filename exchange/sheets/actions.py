"""The actions of a city, without their baselines, targets and progress."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Action, ActionType, Measure, Value
from actions.services import used_numbers

from ..columns.column import Column, city_column, language_column, updated_on_column
from ..columns.references import ReferenceWidget
from ..columns.widgets import NumberWidget
from .base.model_sheet import ModelSheet
from .base.rows import CHANGED, NEW
from .key_figures import KeyFigures, KeyFigureWidget

MOST_OF_TYPE_NAMED = 5
"""Rows of one action type in a city of which each gets a doubt of its own."""


class ActionsSheet(ModelSheet):
    sheet_name = "Actions"
    purpose = gettext_lazy(
        "What a city does, one row per action. The number names it on the next sheets."
    )
    model = Action
    dated = True
    undated = frozenset({"key_measure", "department", "reference"})

    city = city_column()
    number = Column(
        "Number",
        "number",
        NumberWidget(whole=True),
        key=True,
        width=9,
        help_text=gettext_lazy(
            "Names the action within the city. A number that is free makes a new action."
        ),
    )
    action_type = Column(
        "Action type", "action_type", ReferenceWidget(ActionType), required=True, width=28
    )
    summary = Column("Summary", "summary", width=50)
    description = Column("Description", "description", required=True, width=80)
    language = language_column()
    second_summary = Column(
        "Summary in the second language",
        "second_summary",
        width=50,
        help_text=gettext_lazy("In the second language of the city (sheet Cities)."),
    )
    key_measure = Column(
        "Key figure",
        "key_measure",
        KeyFigureWidget(),
        width=20,
        help_text=gettext_lazy(
            "The measure whose newest number is among the city's key figures, at most four; none "
            "anywhere: the platform chooses."
        ),
    )
    department = Column(
        "Department",
        "department",
        width=24,
        help_text=gettext_lazy("Who in the city has the figures. Never shown in public."),
    )
    confirmed = Column(
        "Why it is right",
        "confirmed",
        width=30,
        help_text=gettext_lazy("Your reason where two actions have the same type or words."),
    )
    updated_on = updated_on_column()
    reference = Column(
        "Reference",
        "reference",
        width=30,
        help_text=gettext_lazy(
            "What names the action in a list of your own, once per city. Never shown in public."
        ),
    )

    def __init__(self, context):
        super().__init__(context)
        self.retyped, self.references = {}, {}
        self.key_figures = KeyFigures(self)

    def load_existing(self, cities):
        self.context.load_actions(cities)
        self.context.load_own_figures(cities)
        self.existing = dict(self.context.actions)
        self.references = {
            (slug, action.reference): number
            for (slug, number), action in self.existing.items()
            if action.reference
        }
        for action in self.existing.values():
            action.key_measure = self.context.catalogue_row(Measure, action.key_measure_id)

    def plan_row(self, row):
        if "city" in row.values and "number" not in row.values and not self.is_wrong(row):
            city = row.values["city"]
            self.add_problem(row, "number", self.next_number_message(city), expected="")
            self.check_values(row)
            return
        super().plan_row(row)
        self.refuse_taken_number(row)

    def refuse_taken_number(self, row):
        """Refuse a row that was made as a new action where another one has its number by now."""
        city, number = row.values.get("city"), row.values.get("number")
        if row.outcome == NEW or self.is_wrong(row) or city is None or number is None:
            return
        if number >= self.context.new_from.get(city.slug, number + 1):
            message = _(
                "The row was made as a new action, and another action has its number by now: make "
                "the workbook of the list again."
            )
            self.add_problem(row, "number", message, expected="")

    def next_number_message(self, city):
        last = max(self.context.last_numbers.get(city.slug, 0), city.last_action_number)
        return _("This cell is empty. The next free number of the city is %d.") % (last + 1)

    def key_from(self, values):
        return values["city"].slug, values["number"]

    def make_instance(self, values):
        return Action(city=values["city"], number=values["number"], updated_on=self.context.today)

    def register_new(self, instance):
        self.context.add_action(instance)

    def assign(self, row, instance, name, *, is_new):
        if name == "key_measure" and not self.key_figures.resolve(row, instance):
            return False
        changed = super().assign(row, instance, name, is_new=is_new)
        if changed and name == "action_type" and not is_new:
            self.retyped[instance.pk] = (row, instance)
        return changed

    def finish_plan(self):
        super().finish_plan()
        self.refuse_used_numbers()
        self.refuse_other_type()
        self.refuse_same_references()
        self.key_figures.refuse_surplus()
        self.doubt_twins()

    def refuse_used_numbers(self):
        """Refuse numbers of actions that were removed: a number is used once."""
        used = self.used_numbers()
        if not used:
            return
        for row in self.rows:
            city = row.values.get("city")
            if row.outcome == NEW and city and (city.pk, row.values.get("number")) in used:
                message = _("This number belonged to an action that was removed: take a new one.")
                self.add_problem(row, "number", message, expected="")

    def used_numbers(self):
        """(city's primary key, number) of those new numbers that the history knows."""
        low = [
            action
            for action in self.batch.new
            if action.city.pk is not None and action.number <= action.city.last_action_number
        ]
        if not low:
            return set()
        past = used_numbers().filter(
            city_id__in={action.city_id for action in low},
            number__in={action.number for action in low},
        )
        return set(past.values_list("city_id", "number"))

    def refuse_other_type(self):
        """Refuse another type for an action with values, which belong to measures of its type."""
        if not self.retyped:
            return
        of_measures = Value.objects.filter(measure__isnull=False).order_by()
        values = of_measures.filter(statement__action__in=list(self.retyped))
        pairs = values.values_list("statement__action", "measure__action_type").distinct()
        for action_id, type_id in pairs:
            row, action = self.retyped[action_id]
            if action.action_type_id != type_id:
                self.add_problem(
                    row,
                    "action_type",
                    _("The action has values of its present type: remove them first."),
                    expected="",
                )

    def refuse_same_references(self):
        """Refuse a reference that another action of the city has, as it is stored or will be.

        One that is moved from action to action would be there twice while the rows are written.
        """
        named = defaultdict(list, {key: [number] for key, number in self.references.items()})
        for (slug, number), action in self.context.actions.items():
            if action.reference:
                named[slug, action.reference].append(number)
        for row in self.rows:
            action = "reference" in row.values and self.find_action(row)
            numbers = named.get((action.city.slug, action.reference), ()) if action else ()
            if other := first_other(row.values.get("number"), numbers):
                words = _("Action %(number)d of the city has this reference; each has its own.")
                self.add_problem(row, "reference", words % {"number": other}, expected="")

    def doubt_twins(self):
        """Doubt new and changed actions of the same type, or with the same words, as another.

        Actions of one type that have references in one list are told apart by it.
        """
        by_type, by_words = defaultdict(list), defaultdict(list)
        for (slug, number), action in self.context.actions.items():
            if not action.confirmed:
                by_type[slug, action.action_type_id].append((number, list_in(action.reference)))
                by_words[slug, action.description].append((number, None))
        of_words = _("Action %(number)d of the city has these words too.")
        doubts, same_type = [], defaultdict(list)
        for row in self.rows:
            action = row.outcome in (NEW, CHANGED) and self.find_action(row)
            if not action or action.confirmed or self.is_wrong(row):
                continue
            slug = action.city.slug
            of_type = by_type[slug, action.action_type_id]
            if other := first_twin(action.number, of_type, list_in(action.reference)):
                same_type[slug, action.action_type_id].append((row, other))
            elif other := first_twin(action.number, by_words[slug, action.description]):
                doubts.append((row, "description", of_words % {"number": other}))
        for rows in same_type.values():
            doubts += doubts_about_type(rows)
        for row, name, message in sorted(doubts, key=lambda doubt: doubt[0].number):
            self.add_doubt(row, name, message)

    def find_action(self, row):
        city = row.values.get("city")
        return city and self.context.actions.get((city.slug, row.values.get("number")))

    def export_queryset(self, cities):
        return (
            Action.objects.filter(city__in=cities)
            .select_related("city", "action_type", "key_measure")
            .order_by("city__name", "city", "number")
        )


def list_in(reference):
    """The list in which a reference names an action, as in “Plan: A-1”; "" where it names none, and
    None for no reference."""
    if not reference:
        return None
    name, between, _key = reference.partition(": ")
    return name if between else ""


def first_twin(number, others, own_list=None):
    """The number of the first of `others`, (number, list of its reference), other than `number` and
    those in `own_list`; 0 if there is none."""
    twins = (one for one, its_list in others if own_list is None or its_list != own_list)
    return first_other(number, twins)


def first_other(number, numbers):
    """The first of `numbers` other than `number`; 0 if there is none."""
    return next((other for other in numbers if other != number), 0)


def doubts_about_type(rows):
    """(row, column, message) for actions of one type: each by itself, or once for many of them.

    `rows`: (row, number of another action of the type).
    """
    if len(rows) > MOST_OF_TYPE_NAMED:
        of_types = _("%(count)d rows of the city are of this type.")
        return [(rows[0][0], "action_type", of_types % {"count": len(rows)})]
    of_type = _("Action %(number)d of the city is of this type too.")
    return [(row, "action_type", of_type % {"number": other}) for row, other in rows]
