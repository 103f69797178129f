"""The forms of an action's statements, each with fields for the values of its action type."""

import json
import re
from copy import copy
from string import Formatter

from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext_lazy as _

from hub.choices import accept_resource_addresses, choose_by_address
from profiles.admin_base.constraints import ConstraintErrors
from profiles.admin_base.override_reason import OverrideReasonMixin
from profiles.ceilings import beyond_ceilings
from profiles.dates import today

from .matched_rows import MatchedRows
from .models import Measure, Statement, Value
from .plausibility import doubts_about_statement
from .value_fields import PREFIX, field_content, field_for, fill_value
from .wording import patterns_of, status_sentences

DUE_YEAR_OFFERED = 2030
"""The year in which most of the global biodiversity targets are due."""

TIME_FIELDS = ("year", "date", "due_year")

GIVEN_BY_DEFAULT = re.compile(rf"id|action|{PREFIX}.*_[02]")
"""Names of posted fields that have a value even if nobody types: ids, units, precisions."""


class StatementForm(ConstraintErrors, OverrideReasonMixin, ModelForm):
    """A statement of one kind. Subclasses made by `form_for` add a field for each measure.

    `measures`: those of the action's type, then the own figures of the action.
    """

    kind = None
    measures = ()
    template = None
    """The official sentence (`Text`) whose gaps the values fill; None where there is none."""
    texts = None
    resources = ()
    """Resources of the hub that may be the source; `request` is that of the user who chooses."""
    request = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.instance.kind = self.kind
        self.is_new = self.instance.pk is None
        if self.kind == Statement.Kind.PROGRESS:
            self.fields["date"].required = True
        if "source_resource" in self.fields:
            self.fields["source_resource"].offer(self.resources, self.request)
            accept_resource_addresses(self, "source_url", self.request.get_host())
        self.values = {}
        if not self.is_new:
            self.values = {one.figure.code: one for one in self.instance.values.all()}
        for measure in self.measures:
            if measure.code in self.values:
                self.initial[PREFIX + measure.key] = field_content(self.values[measure.code])
        self._ask_for_due_year()

    def _ask_for_due_year(self):
        """Show a hint at a missing due year; a target may be saved without one."""
        if "due_year" in self.fields and not self.is_new:
            self.fields["due_year"].is_missing = self.instance.due_year is None

    def has_changed(self):
        """Emptying the due year that is preselected in a new target is no change."""
        changed = set(self.changed_data)
        if self.is_new and self.kind == Statement.Kind.TARGET and changed == {"due_year"}:
            return bool(self.data.get(self.add_prefix("due_year"), "").strip())
        return bool(changed)

    def sentence(self):
        """The template in parts: words, and for each gap the bound field of its measure.

        `patterns` of a gap: JSON for the script that previews the number as the page prints it;
        `unit`: what follows the number where only one unit is accepted.
        """
        if not self.template:
            return []
        by_key = {measure.key: measure for measure in self.measures}
        parts = []
        for words, key, _spec, _conversion in Formatter().parse(self.template.value):
            parts.append({"words": words})
            if key in by_key:
                parts.append(self._gap(by_key[key]))
            elif key is not None:
                parts.append({"words": "…"})
        return parts

    def _gap(self, measure):
        gap = {"field": self[PREFIX + measure.key]}
        if measure.is_numeric:
            patterns = patterns_of(measure, self.texts)
            gap["patterns"] = json.dumps(patterns)
            if len(patterns["units"]) == 1:
                gap["unit"] = patterns["units"][measure.unit].replace("{number}", "").strip()
        return gap

    def status_sentence(self):
        """The bound field of a status measure, and JSON of status → sentence; or None."""
        for measure in self.measures:
            if self.template and measure.kind == Measure.Kind.STATUS:
                sentences = status_sentences(measure, self.template)
                return {"field": self[PREFIX + measure.key], "sentences": json.dumps(sentences)}
        return None

    def clean(self):
        cleaned = super().clean()
        choose_by_address(self, "source_url", "source_resource", self.instance.action.city)
        stored = [copy(value) for value in self.values.values()]
        given = [
            self._validate_value(measure, cleaned.get(PREFIX + measure.key))
            for measure in self.measures
        ]
        given = [value for value in given if value is not None]
        if self.has_changed():
            self._ask_for_content(given)
            self._ask_about_doubts(given, stored)
        self._tell_others(cleaned, given)
        return cleaned

    def _ask_for_content(self, values):
        """Refuse a target or a progress report without a value and without text."""
        if any(name == "text" or name.startswith(PREFIX) for name in self.errors):
            return
        says_nothing = not values and not self.cleaned_data.get("text")
        if says_nothing and self.kind != Statement.Kind.BASELINE:
            self.add_error("text", _("Give a figure, or say it here in words."))

    def _ask_about_doubts(self, given, stored):
        """Ask for a reason for each doubt about the statement as `given` that has none."""
        others = statements_beside(self.instance)
        new = [name for name in (*TIME_FIELDS, "text") if self.is_new or name in self.changed_data]
        typed = self._typed_statement(self.cleaned_data)
        doubts = doubts_about_statement(typed, given, self.measures, others, new_fields=new)
        before = doubts_about_statement(self.instance, stored, self.measures, others)
        self.ask_about(doubts, before, lambda doubt: doubt.field or PREFIX + doubt.measure)

    def _typed_statement(self, cleaned):
        names = [name for name in (*TIME_FIELDS, "text") if name in cleaned]
        own = {name: cleaned[name] for name in names}
        return Statement(pk=self.instance.pk, action=self.instance.action, kind=self.kind, **own)

    def _tell_others(self, cleaned, given):
        """Let the forms of later statements compare with what this one will say."""
        told = told_statements(self.instance.action)
        told.pop(self.instance.pk, None)
        if not cleaned.get(DELETION_FIELD_NAME) and (given or not self.is_new):
            told[self.instance.pk or id(self)] = (self._typed_statement(cleaned), given)

    def _validate_value(self, measure, content):
        """The value after its model validation, whose errors go to the measure's field; or None."""
        if content in (None, ""):
            return None
        value = self.values.get(measure.code) or Value.of(measure)
        fill_value(value, content)
        try:
            value.full_clean(exclude=["statement"], validate_constraints=False)
        except ValidationError as error:
            self.add_error(PREFIX + measure.key, error.messages)
            return None
        return value

    def save(self, commit=True):
        statement = super().save(commit=False)
        statement.updated_on = today()
        if "text" in self.changed_data:
            statement.unchanged_on = None
        statement.save()
        for measure in self.measures:
            if PREFIX + measure.key in self.changed_data:
                self._save_value(statement, measure)
        self.save_m2m = lambda: None  # the formset calls it; statements have no many-to-many field
        return statement

    def _save_value(self, statement, measure):
        content = self.cleaned_data[PREFIX + measure.key]
        value = self.values.get(measure.code)
        if content not in (None, ""):
            value = value or Value.of(measure)
            value.statement = statement
            fill_value(value, content)
            value.save()
        elif value is not None:
            value.delete()


def told_statements(action):
    """Primary key → (statement, its values): as stored, or as the forms of this request say.

    Kept on the action: all forms of a request share it.
    """
    if not hasattr(action, "_told_statements"):
        stored = stored_statements(action) if action.pk else ()
        action._told_statements = {row.pk: (row, list(row.values.all())) for row in stored}
    return action._told_statements


def stored_statements(action):
    return action.statements.prefetch_related("values__measure", "values__own_figure")


def statements_beside(statement):
    """The pairs of `told_statements` of the same action, without `statement` itself."""
    told = told_statements(statement.action)
    return [pair for key, pair in told.items() if key != statement.pk]


def form_for(kind, measures, units, base=StatementForm):
    """The form class for statements of `kind` about `measures`, made from `base`.

    `units`: code of a measure → the unit that is preselected for a new value.
    """
    fields = {
        PREFIX + measure.key: field_for(measure, units.get(measure.code)) for measure in measures
    }
    own = {"kind": kind, "measures": measures, "field_order": [*TIME_FIELDS, *fields]}
    return type("StatementForm", (base,), {**own, **fields})


def is_filled(form_data):
    """Whether somebody typed something; a unit or a precision alone is only the default."""
    return any(
        value.strip() and not GIVEN_BY_DEFAULT.fullmatch(name) for name, value in form_data.items()
    )


class StatementFormSet(MatchedRows):
    """The statements of one kind; `unique_field` tells them apart within the action.

    The data of a second new baseline are taken as those of the present one.
    """

    kind = None
    unique_field = None

    @classmethod
    def get_default_prefix(cls):
        return cls.kind

    def row_of(self, form, posted, present):
        if self.kind != Statement.Kind.BASELINE or not present or posted in present:
            return super().row_of(form, posted, present)
        return next(iter(present)) if is_filled(form) else None

    def add_fields(self, form, index):
        """Preselect the due year in the first new target, unless a target has that year already."""
        super().add_fields(form, index)
        form.instance.action = self.instance
        if self.kind == Statement.Kind.TARGET and index == self.initial_form_count():
            if DUE_YEAR_OFFERED not in {row.due_year for row in self.get_queryset()}:
                form.initial["due_year"] = DUE_YEAR_OFFERED

    def clean(self):
        """Refuse two rows of one year or date here: the database would do so without a message."""
        super().clean()
        seen = set()
        for form in self.forms:
            if not self.unique_field or self.unique_field in form.errors or not form.has_changed():
                continue
            time = form.cleaned_data.get(self.unique_field)
            if self._should_delete_form(form):
                continue
            if time in seen:
                form.add_error(self.unique_field, _("This stands twice in the form."))
            seen.add(time)
        self._refuse_surplus()

    def _refuse_surplus(self):
        """Add an error at the first new statement beyond what an action or a city may have."""
        removed = sum(bool(self._should_delete_form(form)) for form in self.initial_forms)
        new = [
            form
            for form in self.extra_forms
            if form.has_changed() and not self._should_delete_form(form)
        ]
        for row, message in beyond_ceilings(Statement, [form.instance for form in new], removed):
            next(form for form in new if form.instance is row).add_error(None, message)
