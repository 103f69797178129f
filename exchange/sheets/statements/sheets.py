"""Baselines, targets and progress in long form: one row per value.

The columns of the whole statement may be filled in on each of its rows, with the same words. A row
without a measure is a statement without values.
"""

from django.db.models import F, Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Statement, Value

from ...columns.column import (
    Column,
    city_column,
    language_column,
    link_column,
    resource_column,
    updated_on_column,
)
from ...columns.references import PlanWidget
from ...columns.widgets import DateWidget, NumberWidget, YearWidget
from ..base.dates import find_former_dates
from ..base.rows import CHANGED, NEW, UNCHANGED, Batch
from ..base.sheet import NotClearable, Sheet
from .doubts import DoubtsAboutStatements
from .group import Group
from .values import Line, MeasureWidget, PrecisionWidget, UnitWidget, ValueReader, ValueWidget


class StatementSheet(DoubtsAboutStatements, Sheet):
    model = Statement
    kind = None
    required_columns = ("city", "number")
    many_per_action = True
    """Whether an action can have several; then the column `moment` distinguishes them."""

    statement_columns = (
        "text",
        "source",
        "source_url",
        "source_resource",
        "language",
        "confirmed",
        "updated_on",
    )
    """The columns that belong to the statement rather than to one of its values."""

    city = city_column("statement__action__city")
    number = Column(
        "Action number", "statement__action__number", NumberWidget(whole=True), key=True, width=9
    )
    measure = Column(
        "Measure",
        "value__figure",
        MeasureWidget(),
        width=22,
        help_text=gettext_lazy(
            "What is measured, by its key or label, or the name of an own figure; empty: no value."
        ),
    )
    value = Column(
        "Value",
        "entered",
        ValueWidget(),
        width=26,
        help_text=gettext_lazy(
            "A number, words, or yes, partly or no for a status: as the measure asks."
        ),
    )
    unit = Column(
        "Unit",
        "value__unit",
        UnitWidget(),
        width=13,
        help_text=gettext_lazy("Empty: the unit of the measure."),
    )
    precision = Column(
        "Precision",
        "precision",
        PrecisionWidget(),
        width=11,
        help_text=gettext_lazy("How exact the number is; empty: exactly."),
    )
    moment = Column(
        "Year",
        "statement__year",
        YearWidget(),
        width=10,
        help_text=gettext_lazy("The year that the figures are from."),
    )
    text = Column("Text", "statement__text", width=50)
    source = Column("Source", "statement__source", width=30)
    source_url = link_column("Source link", "statement__source_url")
    source_resource = resource_column("Source resource", "statement__source_resource")
    language = language_column("statement__language")
    confirmed = Column(
        "Why it is right",
        "statement__confirmed",
        width=30,
        help_text=gettext_lazy("Your reason where a figure looks wrong and is not."),
    )
    updated_on = updated_on_column("statement__updated_on")

    def __init__(self, context):
        super().__init__(context)
        self.groups = {}
        self.existing = {}
        self.statements = Batch(Statement)
        self.values = Batch(Value)
        self.reader = ValueReader(self)

    def load_existing(self, cities):
        self.reader.load_measures()
        self.context.load_actions(cities)
        self.context.load_own_figures(cities)
        self.reader.load_own_figures()
        ids = self.context.stored_ids(cities)
        by_action = {action.pk: action for action in self.context.actions.values()}
        stored = {
            statement.pk: statement
            for statement in Statement.objects.filter(kind=self.kind, action__city__in=ids)
        }
        if "source_resource" in self.index:
            referred = {statement.source_resource_id for statement in stored.values()}
            self.context.resources.load_referred(referred)
        values = {pk: {} for pk in stored}
        for value in Value.objects.filter(
            statement__kind=self.kind, statement__action__city__in=ids
        ):
            value.statement = stored[value.statement_id]
            self.reader.set_figure(value)
            values[value.statement_id][value.figure.code] = value
        for pk, statement in stored.items():
            statement.action = by_action[statement.action_id]
            group = Group(statement, False, values[pk], statement.updated_on)
            self.existing[self.group_key(statement.action, self.moment_of(statement))] = group

    def has_needed_columns(self):
        has_values = "measure" in self.index and "value" in self.index
        return has_values and super().has_needed_columns()

    def moment_of(self, statement):
        if not self.many_per_action:
            return None
        return getattr(statement, self.fields["moment"].field_name)

    def group_key(self, action, moment):
        return action.city.slug, action.number, moment

    # Planning

    def clear_cell(self, row, name):
        """Nothing: a cell may be filled in on another row of the statement. See `finish_plan`."""

    def plan_row(self, row):
        if not self.has_all(row, self.required_columns) or (
            self.many_per_action and self.is_wrong(row, "moment")
        ):
            self.check_values(row)
            return
        city, number = row.values["city"], row.values["number"]
        action = self.context.actions.get((city.slug, number))
        if action is None:
            self.add_problem(row, "number", self.context.unknown_action(city, number), expected="")
            self.check_values(row)
            return
        group = self.find_group(action, row)
        group.rows.append(row)
        row.outcome = NEW if group.is_new else UNCHANGED
        for name in self.statement_columns:
            if name in row.values:
                self.assign_shared(row, group, name)
        if "unchanged_on" in row.values and "measure" not in row.values:
            self.assign_shared(row, group, "unchanged_on")
        self.reader.plan(row, group)
        if row.changes and row.outcome == UNCHANGED:
            row.outcome = CHANGED

    def find_group(self, action, row):
        moment = row.values.get("moment") if self.many_per_action else None
        key = self.group_key(action, moment)
        if key not in self.groups:
            self.groups[key] = self.existing.get(key) or self.new_group(action, row)
        return self.groups[key]

    def new_group(self, action, row):
        statement = Statement(action=action, kind=self.kind, updated_on=self.context.today)
        if self.many_per_action and "moment" in row.values:
            self.assign(row, statement, "moment", is_new=True)
        return Group(statement, True, {}, None)

    def assign_shared(self, row, group, name):
        """Assign a column of the statement; a problem where another of its rows differs."""
        value = row.values[name]
        if name not in group.given:
            group.given[name] = (row.number, value, self.current_value(group.statement, name))
            if self.assign(row, group.statement, name, is_new=group.is_new):
                group.changed.add(self.fields[name].field_name)
            return
        first, given, stored = group.given[name]
        if not self.fields[name].widget.same(given, value):
            self.add_problem(
                row,
                name,
                _("Row %d says something else about the same %s.")
                % (first, group.statement.get_kind_display()),
                expected=_("the same on all rows of the %s, or empty")
                % group.statement.get_kind_display(),
            )
        elif self.fields[name].field_name in group.changed and not group.is_new:
            self.note_change(row, self.fields[name], stored, value, group.statement)

    def finish_plan(self):
        if self.context.clears:
            for group in self.groups.values():
                if not group.is_new:
                    self.clear_unfilled(group)
        new = [(group.rows[0], group.statement) for group in self.groups.values() if group.is_new]
        self.refuse_surplus(new)
        former = self.find_former_dates()
        for group in self.groups.values():
            if group.statement.pk in former:
                self.forget_date(group)
            if group.is_new or group.values_changed or "text" in group.changed:
                self.refuse_empty(group)
            if group.is_new:
                self.check_instance(group.rows[0], group.statement)
                self.statements.create(group.statement)
                if "updated_on" not in group.given:
                    self.undated_rows += len(group.rows)
            elif group.changed or group.values_changed:
                self.update_changed(group)
        self.context.planned_statements[self.kind] = list(self.groups.values())
        self.doubt_groups()

    def refuse_empty(self, group):
        """Report a statement that is left without a value and without text."""
        says_something = group.values or group.statement.text
        if not says_something and not any(map(self.is_wrong, group.rows)):
            words = _("The row says nothing: give a value with its measure, or a text.")
            self.add_problem(group.rows[0], "value", words, expected="")

    def added_rows(self):
        key = "moment" if self.many_per_action else "number"
        for group in self.groups.values():
            if group.is_new:
                yield group.rows[0], key, group.statement
                continue
            for code, before in group.before.items():
                if before is None:
                    yield group.row_by_measure[code], "value", group.values[code]

    def history_value(self, record, column, instance):
        if column is self.fields["value"]:
            return record.number, record.text, record.status
        return super().history_value(record, column, instance)

    def clear_unfilled(self, group):
        """Clear the columns of the statement that none of its rows fills in."""
        row = group.rows[0]
        for name in self.statement_columns:
            if name in group.given or name not in self.index:
                continue
            try:
                row.values[name] = self.empty_value(name)
            except NotClearable:
                continue
            if self.assign(row, group.statement, name, is_new=False):
                group.changed.add(self.fields[name].field_name)
                row.outcome = CHANGED

    def find_former_dates(self):
        """Primary keys of statements to which the file gives a date that they had before."""
        earlier = {
            group.statement.pk: group.statement.updated_on
            for group in self.groups.values()
            if "updated_on" in group.changed
            and not group.is_new
            and group.statement.updated_on < group.was_updated_on
        }
        return {pk for pk, _date in earlier.items() & find_former_dates(Statement, earlier)}

    def forget_date(self, group):
        group.statement.updated_on = group.was_updated_on
        group.changed.discard("updated_on")
        for row in group.rows:
            self.forget_change(row, "updated_on")

    def update_changed(self, group):
        if "updated_on" not in group.changed:
            group.statement.updated_on = self.context.today
        if "text" in group.changed and "unchanged_on" not in group.changed:
            group.statement.unchanged_on = None  # that was said of the former text
            group.changed.add("unchanged_on")
        self.check_instance(group.rows[0], group.statement)
        if group.changed or group.statement.updated_on != group.was_updated_on:
            self.statements.update(group.statement, group.changed | {"updated_on"})

    def batches(self):
        return [self.statements, self.values]

    # Exporting

    def export_queryset(self, cities):
        values = Value.objects.select_related("measure", "own_figure").order_by(
            F("measure__position").asc(nulls_last=True), "measure__code", "own_figure__number"
        )
        when = F(self.fields["moment"].field_name).asc(nulls_first=True)
        return (
            Statement.objects.filter(kind=self.kind, action__city__in=cities)
            .select_related("action__city", "source_resource__city", "source_resource__file")
            .prefetch_related(Prefetch("values", values))
            .order_by("action__city__name", "action__city", "action__number", when, "pk")
        )

    def export_lines(self, statement):
        return [Line(statement, value) for value in list(statement.values.all()) or [None]]


def unchanged_on_column():
    return Column(
        "Confirmed unchanged",
        "unchanged_on",
        DateWidget(),
        width=13,
        help_text=gettext_lazy(
            "The day on which the city last said that the value still holds; in a row without a "
            "measure: the text. Empty: nothing changes. A changed value loses it."
        ),
    )


class BaselinesSheet(StatementSheet):
    sheet_name = "Baselines"
    purpose = gettext_lazy(
        "Where an action started from: one row per value, or one without a measure."
    )
    kind = Statement.Kind.BASELINE
    many_per_action = False
    statement_columns = ("moment", *StatementSheet.statement_columns)

    unchanged_on = unchanged_on_column()


class TargetsSheet(StatementSheet):
    sheet_name = "Targets"
    purpose = gettext_lazy("What an action is to reach, and by when: one row per value.")
    kind = Statement.Kind.TARGET

    moment = Column(
        "Due year",
        "statement__due_year",
        YearWidget(),
        key=True,
        width=10,
        help_text=gettext_lazy("Tells the targets of one action apart; empty: no year given."),
    )
    plan = Column(
        "Plan",
        "statement__plan",
        PlanWidget(),
        width=40,
        help_text=gettext_lazy("In which the target is set, by its title on the sheet Plans."),
    )
    statement_columns = (*StatementSheet.statement_columns, "plan")

    def export_queryset(self, cities):
        return super().export_queryset(cities).select_related("plan")


class ProgressSheet(StatementSheet):
    sheet_name = "Progress"
    purpose = gettext_lazy("What an action has reached on a day: one row per value.")
    kind = Statement.Kind.PROGRESS
    required_columns = ("city", "number", "moment")

    moment = Column(
        "Date",
        "statement__date",
        DateWidget(),
        key=True,
        width=12,
        help_text=gettext_lazy(
            "The day on which this was reached; tells an action's progress apart."
        ),
    )
    unchanged_on = unchanged_on_column()
