"""The four cells of a value: what is measured, how much, in which unit, how precisely."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Measure, OwnFigure, Statement, Value
from actions.quantities import bounds_of, quantity_in
from catalogue import units
from intake.numbers import Unclear

from ... import cells
from ...columns import choices
from ...columns.widgets import ChoiceWidget, NumberWidget, RawWidget, TextWidget, refuse_garbled
from ...problems import CellError, sentence
from ..base import constraints
from ..base.rows import NEW
from .left import doubts_about_left, in_words, is_plain

OWN_COLUMNS = ("unit", "precision", "unchanged_on")
"""The fields of a value that do not stand in the column Value."""

NAMES = (attrgetter("code"), attrgetter("name"))
"""What an own figure is called in a cell."""

FOLLOWS = ("unit", "precision", "amount", "unchanged_on")
"""The fields that may be other ones after a value was changed."""


@dataclass(slots=True)
class Line:
    """One exported row: a statement with one of its values, or without any."""

    statement: Statement
    value: Value | None

    @property
    def owning_city(self):
        return self.statement.action.city

    @property
    def entered(self):
        if self.value is None:
            return None
        return self.value.number if self.value.number is not None else self.word

    @property
    def word(self):
        return self.value.status or self.value.text

    @property
    def unchanged_on(self):
        return (self.value or self.statement).unchanged_on

    @property
    def precision(self):
        has_number = self.value is not None and self.value.number is not None
        return self.value.precision if has_number else None


class MeasureWidget(TextWidget):
    expected = gettext_lazy("the key of a measure of the action's type, or an own figure")

    def render(self, value, obj=None, **kwargs):
        """A measure by its key; an own figure by its name, or by its code if a measure of the type
        goes by that name: it was made one, and this figure was left.
        """
        if value is None:
            return None
        if not value.is_own:
            return value.key
        statement = getattr(obj, "statement", None)
        action = statement.action if statement else value.action
        taken = cells.folded(value.name) in self.words_of_measures[action.action_type_id]
        return value.code if taken else value.name

    @cached_property
    def words_of_measures(self):
        """Primary key of an action type → what its measures are called in cells."""
        found = defaultdict(set)
        for measure in self.context.catalogue(Measure).values():
            words = (measure.name, measure.code, measure.key)
            found[measure.action_type_id].update(map(cells.folded, words))
        return found

    def choices_for(self, context):
        return choices.Choices("measures", labels_of_measures)


class ValueWidget(RawWidget):
    """A number, words or a status, as the measure asks."""

    expected = gettext_lazy("a value that fits the measure")

    def render(self, value, obj=None, **kwargs):
        return cells.tidy(value) if isinstance(value, str) else value


class UnitWidget(TextWidget):
    expected = gettext_lazy("a unit of the measure, such as km2 or ha")

    def clean(self, value, row=None, **kwargs):
        return units.parse(super().clean(value))

    def choices_for(self, context):
        return choices.Choices("units", units_and_their_sums)


def labels_of_measures(**wanted):
    """(key, its labels, each with the types of action that have it), of the `wanted` measures."""
    known = {}
    for measure in Measure.objects.current().filter(**wanted).select_related("action_type"):
        types = known.setdefault(measure.key, {}).setdefault(measure.name, [])
        types.append(measure.action_type.code)
    for key, labels in known.items():
        yield key, "; ".join(f"{name} ({', '.join(types)})" for name, types in labels.items())


def units_and_their_sums():
    """(unit, the unit in which it is summed up, unless that is itself)."""
    own = Measure.objects.current().exclude(unit="").order_by("unit")
    for summed in own.values_list("unit", flat=True).distinct():
        for unit in units.accepted(summed):
            yield unit, _("summed up in %s") % summed if unit != summed else ""


class PrecisionWidget(ChoiceWidget):
    def __init__(self):
        super().__init__(Value.Precision)


class ValueReader:
    """Turns the cells of a row into a `Value` of its statement, new or changed."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.measures = {}
        self.own_figures = {}
        self.former_names = {}
        self.bounds = {}
        self.words_by_type = {}
        self.measures_by_type = {}
        self.number = NumberWidget()
        self.number.bind(sheet.context)
        self.text = TextWidget()
        self.status = ChoiceWidget(Value.Status)

    def load_measures(self):
        """Read the measures of all types; they are few."""
        for measure in Measure.objects.select_related("action_type"):
            self.measures[measure.pk] = measure
            self.measures_by_type.setdefault(measure.action_type_id, []).append(measure)
            words = self.words_by_type.setdefault(measure.action_type_id, {})
            for word in (measure.name, measure.code, measure.key):
                words[cells.folded(word)] = measure

    def load_own_figures(self):
        """Take those of the import; in a workbook the values may still have the stored name."""
        for figure in self.sheet.context.own_figures.values():
            if figure.pk is not None:
                self.own_figures[figure.pk] = figure
        stored = OwnFigure.objects.filter(pk__in=self.own_figures).values_list("pk", "name")
        self.former_names = dict(stored) if self.own_figures else {}

    def set_figure(self, value):
        """Give a stored value its figure without a query."""
        if value.own_figure_id is None:
            value.measure = self.measures[value.measure_id]
        else:
            value.own_figure = self.own_figures[value.own_figure_id]

    def plan(self, row, group):
        if "measure" not in row.values:
            self.plan_without_measure(row, group)
            return
        measure = self.find_measure(row, group.statement.action)
        if measure is None or not self.sheet.claim_key(row, (id(group), measure.code)):
            return
        value = group.values.get(measure.code)
        group.row_by_measure[measure.code] = row
        if value is not None:
            self.plan_change(row, group, value)
        elif "value" in row.values:
            self.plan_new(row, group, measure)
        elif not self.sheet.is_wrong(row):
            self.sheet.add_problem(row, "value", _("The value is missing."), self.expected(measure))

    def plan_without_measure(self, row, group):
        if self.sheet.is_wrong(row):
            return
        if any(name in row.values for name in ("value", "unit", "precision")):
            self.sheet.add_problem(
                row,
                "measure",
                _("There is a value, but no measure that it belongs to."),
                self.expected_keys(group.statement.action),
            )
        else:
            self.sheet.claim_key(row, (id(group), None))

    def find_measure(self, row, action):
        words = self.words_of(action)
        word = row.values["measure"]
        measure = words.get(cells.folded(word))
        if measure is None:
            hint = self.sheet.context.hint(
                word, lambda: [name for own in words.values() for name in (own.key, own.name)]
            )
            message = sentence(_("This action has no such measure or own figure."), hint)
            self.sheet.add_problem(row, "measure", message, self.expected_keys(action))
        return measure

    def words_of(self, action):
        """Folded word → the measure of the type or the own figure of an action that it means."""
        own = self.sheet.context.own_figures_of(action)
        if not own:
            return self.words_by_type.get(action.action_type_id, {})
        words = {}
        # Present names after all others: where two figures swap names, a name is the new one's.
        for name_of in (lambda one: self.former_names.get(one.pk), *NAMES):
            for figure in own:
                words[cells.folded(name_of(figure) or figure.code)] = figure
        return {**words, **self.words_by_type.get(action.action_type_id, {})}

    def expected_keys(self, action):
        widget = self.sheet.fields["measure"].widget
        keys = list(dict.fromkeys(map(widget.render, self.words_of(action).values())))
        if not keys:
            return _("nothing: the action has no measures; add an own figure")
        return _("one of: %s") % ", ".join(keys)

    def expected(self, measure):
        if measure.kind == Measure.Kind.STATUS:
            return str(self.status.expected)
        if measure.kind == Measure.Kind.COUNT:
            return str(NumberWidget.whole_expected)
        return str((self.number if measure.is_numeric else self.text).expected)

    def read_cells(self, row, measure):
        """The cells as field name → value of `Value`; None where the value cannot be read."""
        fields, is_read = {}, True
        if "value" in row.values:
            try:
                fields.update(self.read_value(row, measure))
            except CellError as error:
                self.sheet.add_problem(row, "value", str(error), self.expected(measure))
                is_read = False
        for name in ("unit", "precision"):
            if name in row.values:
                if not measure.is_numeric:
                    self.sheet.add_problem(row, name, _("Only a number has this."), expected="")
                fields[name] = row.values[name]
        if "unchanged_on" in row.values:
            fields["unchanged_on"] = row.values["unchanged_on"]
        return fields if is_read else None

    def read_value(self, row, measure):
        raw = row.values["value"]
        if measure.kind == Measure.Kind.STATUS:
            return {"status": self.status.clean(raw)}
        if measure.kind == Measure.Kind.TEXT:
            return {"text": self.text.clean(raw)}
        if isinstance(raw, str):
            return self.read_number(row, raw, measure)
        if measure.kind == Measure.Kind.PERCENT and isinstance(raw, cells.Percent):
            raw = raw.number
        number = self.number.clean_within(raw, self.bounds_of(measure))
        if self.sheet.context.said:
            self.sheet.add_notes(row, "value")
        return {"number": Decimal(number)}

    def bounds_of(self, figure):
        if figure.is_own:
            return bounds_of(figure)
        if figure.code not in self.bounds:
            self.bounds[figure.code] = bounds_of(figure)
        return self.bounds[figure.code]

    def read_number(self, row, text, measure):
        """Number, unit and precision in a text, as fields of `Value`."""
        beside = {name: row.values.get(name) or "" for name in ("unit", "precision")}
        try:
            read = quantity_in(text, measure, **beside)
        except Unclear as error:
            raise CellError(str(error)) from error
        if read.notes:
            self.sheet.add_notes(row, "value", read.notes)
        found = {"number": read.number, "unit": read.unit, "precision": read.precision}
        return {name: value for name, value in found.items() if value != ""}

    def plan_new(self, row, group, measure):
        fields = self.read_cells(row, measure)
        if fields is None:
            return
        row.outcome = NEW
        value = Value.of(measure, statement=group.statement, **fields)
        if self.check_value(row, value, fields):
            group.values_changed = True
            group.before[measure.code] = None
            group.values[measure.code] = value
            self.sheet.values.create(value)

    def plan_change(self, row, group, value):
        if self.is_cleared(row):
            self.plan_clear(row, group, value)
            return
        fields = self.read_cells(row, value.figure) or {}
        changed = [name for name in fields if not self.same(getattr(value, name), fields[name])]
        if not changed:
            return
        former = group.before[value.figure.code] = copy(value)
        for name in changed:
            setattr(value, name, fields[name])
        if "unchanged_on" not in changed:
            value.unchanged_on = None  # that was said of the former content
        self.note_changes(row, {name: fields[name] for name in changed}, former, value)
        if self.check_value(row, value, changed):
            group.values_changed = True
            for message in doubts_about_left(self.sheet, value, former, fields):
                self.sheet.add_doubt(row, "value", message)
            self.sheet.values.update(value, {*changed, *FOLLOWS})

    def is_cleared(self, row):
        is_empty = "value" in self.sheet.index and "value" not in row.values
        return is_empty and self.sheet.context.clears and not self.sheet.is_wrong(row)

    def plan_clear(self, row, group, value):
        """Delete a value that is left without content."""
        column = self.sheet.fields["value"]
        self.sheet.note_change(row, column, Line(group.statement, value).entered, None, value)
        group.values_changed = True
        code = value.figure.code
        group.before[code] = group.values.pop(code)
        self.sheet.values.delete(value)

    def same(self, old, new):
        return self.text.same(old, new) if isinstance(new, str) else old == new

    def note_changes(self, row, fields, former, value):
        """Note the new `fields` of a value; a number with its precision and unit, if any."""
        for name, new in fields.items():
            column = self.sheet.fields[name if name in OWN_COLUMNS else "value"]
            old = getattr(former, name)
            if name == "number" and not (is_plain(former) and is_plain(value)):
                old, new = in_words(former), in_words(value)
            self.sheet.note_change(row, column, old, new, value)

    def check_value(self, row, value, fields):
        """Whether the fields and the model take the value; errors are reported at the cells."""
        try:
            if "text" in fields:
                refuse_garbled(value.text)
            for name in fields:
                value._meta.get_field(name).clean(getattr(value, name), value)
            value.clean()
        except CellError as error:
            self.sheet.add_problem(row, "value", str(error), self.expected(value.figure))
            return False
        except ValidationError as error:
            self.report_errors(row, value, error)
            return False
        self.sheet.note_missing_characters(row, "value", value.text)
        for _name, message in constraints.broken(value):
            self.sheet.add_problem(row, "value", message, self.expected(value.figure))
        return not self.sheet.is_wrong(row)

    def report_errors(self, row, value, error):
        if not hasattr(error, "error_dict"):
            message = " ".join(error.messages)
            self.sheet.add_problem(row, "value", message, self.expected(value.figure))
            return
        for name, messages in error.message_dict.items():
            own = name in OWN_COLUMNS
            expected = "" if own else self.expected(value.figure)
            self.sheet.add_problem(row, name if own else "value", " ".join(messages), expected)
