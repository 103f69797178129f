"""The form of an action's own figures."""

import re

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from catalogue import units
from profiles.admin_base import ScopedChoices

from .key_figure_field import chosen_in, why_too_many
from .matched_rows import MatchedRows
from .models import OwnFigure
from .models.own_figures import MOST_OWN_FIGURES, folded_name
from .own_figures import free_number
from .value_fields import PREFIX

NAMESAKE = _(
    "All cities are asked for a figure of this name now: fill that one in below from now on. This "
    "one may stay as it is. Rename it if it counts something else, or empty its values below, save "
    "and delete it."
)


class UnitInput(forms.TextInput):
    """Any unit may be typed; the known ones are offered."""

    def render(self, name, value, attrs=None, renderer=None):
        list_id = f"{(attrs or {}).get('id', name)}_units"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        known = ((row.label, row.name) for row in units.ROWS if row.label)
        options = format_html_join("", '<option value="{}">{}</option>', known)
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class OwnFigureForm(forms.ModelForm):
    """Its `number` is given when it is saved."""

    class Meta:
        model = OwnFigure
        fields = ("name", "kind", "unit", "falls", "is_key_figure", "language")
        widgets = {"unit": UnitInput}
        help_texts = {
            "is_key_figure": _("Its newest number is among the figures that readers see first.")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["kind"].choices = [("", _("Choose")), *OwnFigure.Kind.choices]
        if self.instance.unit:
            self.initial["unit"] = units.label(self.instance.unit)


def typed_figures(action, data):
    """The `OwnFigure`s of a new action as they stand in the posted `data`, where they are right."""
    figures = []
    for index in range(MOST_OWN_FIGURES):
        prefix = f"{OwnFigureFormSet.get_default_prefix()}-{index}"
        if data.get(f"{prefix}-name", "").strip():
            form = OwnFigureForm(data, prefix=prefix, instance=OwnFigure(action=action))
            form.instance.number = len(figures) + 1
            if form.is_valid():
                figures.append(form.instance)
    return figures


class OwnFigureFormSet(MatchedRows):
    """The own figures of an action; they save before its statements."""

    default_error_messages = {
        **MatchedRows.default_error_messages,
        "too_many_forms": _("An action has at most %(num)d figures of its own: leave one out."),
    }

    @classmethod
    def get_default_prefix(cls):
        return "own"

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.instance.action = self.instance
        if form.instance.pk and folded_name(form.instance.name) in self.names_of_measures:
            form.fields["name"].help_text = NAMESAKE

    @cached_property
    def names_of_measures(self):
        measures = self.instance.action_type.measures.filter(retired=False)
        return {folded_name(name) for name in measures.values_list("name", flat=True)}

    def clean(self):
        super().clean()
        self._refuse_losing_values()
        self._refuse_values_of_another_kind()
        kept = [form for form in self.forms if not self._should_delete_form(form)]
        filled = [form for form in kept if form.has_changed() or form.instance.pk]
        self._refuse_same_names(filled)
        self._refuse_surplus_key_figures(filled)

    def _refuse_losing_values(self):
        """Raise ValidationError: Django shows no errors of a form that is to be deleted."""
        for form in self.initial_forms:
            if self._should_delete_form(form) and form.instance.values.exists():
                words = _("“%(figure)s” has values. Empty them and save; then it can be deleted.")
                raise ValidationError(words % {"figure": form.instance.name})

    def _refuse_values_of_another_kind(self):
        """Refuse what would make of a value that is typed below one of another figure, or of none.

        The fields below are those of the figure as it was.
        """
        for form in self.initial_forms:
            if form.errors or not self._is_typed_below(form.instance.code):
                continue
            name = form.instance.name
            words = _("A value of “%(figure)s” is filled in below: empty it first, or leave this.")
            if self._should_delete_form(form):
                raise ValidationError(words % {"figure": name})
            unit = units.parse(form.initial.get("unit") or "")
            if form.instance.kind != form.initial["kind"]:
                form.add_error("kind", words % {"figure": name})
            elif form.instance.unit not in units.accepted(unit):
                form.add_error("unit", words % {"figure": name})

    def _is_typed_below(self, code):
        of_figure = re.compile(rf".+-\d+-{PREFIX}{code}(?:_1)?")
        return any(of_figure.fullmatch(key) and self.data[key].strip() for key in self.data)

    def _refuse_same_names(self, forms):
        """Refuse a new name that stands twice in the form."""
        anew = [form for form in forms if "name" in form.changed_data]
        seen = {folded_name(form.instance.name) for form in forms if form not in anew}
        for form in anew:
            name = folded_name(form.cleaned_data.get("name", ""))
            if name and name in seen:
                form.add_error("name", _("This stands twice in the form."))
            seen.add(name)

    def _refuse_surplus_key_figures(self, forms):
        """Refuse a second key figure of the action, and a fifth of its city."""
        chosen = [form for form in forms if form.cleaned_data.get("is_key_figure")]
        anew = [form for form in chosen if "is_key_figure" in form.changed_data]
        if len(chosen) + bool(self.instance.key_measure_id) > 1:
            for form in anew[-1:] or chosen[-1:]:
                words = _("An action has one key figure, and another is chosen: leave one out.")
                form.add_error("is_key_figure", words)
        elif anew and not anew[0].initial.get("is_key_figure"):
            others = chosen_in(self.instance.city_id, without=self.instance)
            if words := why_too_many(others):
                anew[0].add_error("is_key_figure", words)

    def save_new(self, form, commit=True):
        """Save it, and tell the forms of the statements by which key it is known now."""
        form.instance.number = free_number(self.instance)
        saved = super().save_new(form, commit)
        for typed in self.instance.__dict__.get("_offered_figures", ()):
            if typed.is_own and typed.pk is None and typed.number == saved.number:
                typed.pk = saved.pk
        return saved

    def changed_units(self):
        """The stored figures of which the unit has changed."""
        return [one.instance for one in self.initial_forms if "unit" in one.changed_data]


class OwnFigureInline(ScopedChoices, admin.StackedInline):
    model = OwnFigure
    form = OwnFigureForm
    formset = OwnFigureFormSet
    template = "admin/actions/own_figures.html"
    fields = ("name", ("kind", "unit"), ("falls", "is_key_figure"), "language")
    extra = 1
    max_num = MOST_OWN_FIGURES

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_max=True, **kwargs)
