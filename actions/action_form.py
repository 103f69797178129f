from itertools import groupby

from django import forms
from django.forms.models import ModelChoiceField, ModelChoiceIterator
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from profiles.admin_base import CityRowForm
from profiles.admin_base.override_reason import OVERRIDE_REASON, OverrideReasonMixin
from profiles.ceilings import refuse_in_form

from .key_figure_field import chosen_in, why_too_many
from .models import Action, ActionType, Value
from .models.city import twins_of
from .new_action import draft_of, fix_choices
from .plausibility import doubt_about_twin


class TypesByCommitment(ModelChoiceIterator):
    """The action types under "area › commitment", in the order of the catalogue."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        rows = self.queryset.select_related("commitment__area")
        rows = rows.order_by("commitment__area__position", "commitment__position", "position")
        for commitment, types in groupby(rows, key=lambda row: row.commitment):
            label = f"{commitment.area.text()} › {commitment.text()}"
            yield (label, [self.choice(row) for row in types])


class ActionTypeField(ModelChoiceField):
    iterator = TypesByCommitment

    def label_from_instance(self, row):
        return str(row.text())


class DepartmentInput(forms.TextInput):
    """Any name may be typed; those that the city uses are offered."""

    used = ()

    def render(self, name, value, attrs=None, renderer=None):
        list_id = f"{name}_used"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}">', ((one,) for one in self.used))
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


def used_departments(city):
    named = Action.objects.filter(city=city).exclude(department="")
    return named.order_by("department").values_list("department", flat=True).distinct()


class ActionForm(OverrideReasonMixin, CityRowForm):
    action_type = ActionTypeField(
        ActionType.objects.all(),
        label=capfirst(ActionType._meta.verbose_name),
        help_text=_(
            "It decides which figures the starting point, the targets and the progress reports ask "
            "for."
        ),
    )

    def __init__(self, *args, instance=None, **kwargs):
        draft = draft_of(self.request) if instance is None else None
        super().__init__(*args, instance=instance or draft, **kwargs)
        if draft is not None:
            fix_choices(self, draft)
        if "department" in self.fields and self.instance.city_id:
            self.fields["department"].widget.used = used_departments(self.instance.city_id)
        if "key_measure" in self.fields:
            self.fields["key_measure"].fit(self.instance)

    def clean_key_measure(self):
        """Refuse a key figure more than a city may have.

        Of two colleagues who choose at the same moment both may succeed: the page then shows the
        first ones.
        """
        chosen = self.cleaned_data["key_measure"]
        if chosen and "key_measure" in self.changed_data and not self.initial.get("key_measure"):
            others = chosen_in(self.instance.city_id, without=self.instance)
            if words := why_too_many(others):
                self.add_error("key_measure", words)
        return chosen

    def clean_action_type(self):
        """Refuse another type while the action has values: they belong to the type's measures."""
        chosen = self.cleaned_data["action_type"]
        before = self.initial.get("action_type")
        if before not in (None, chosen.pk):
            values = Value.objects.filter(statement__action=self.instance)
            if values.filter(own_figure=None).exists():
                self.add_error(
                    "action_type",
                    _(
                        "The figures below belong to the present type. Empty them and save; then "
                        "the type can be changed."
                    ),
                )
        return chosen

    def clean(self):
        cleaned = super().clean()
        if {"city", "action_type", "description"} & set(self.changed_data) or self.is_new:
            self._ask_about_twin(cleaned)
        if self.is_new and (city := cleaned.get("city")):
            refuse_in_form(self, Action(city=city))
        return cleaned

    def _ask_about_twin(self, cleaned):
        """Ask for a reason where another action of the city has the same type or description."""
        city = cleaned.get("city") or self.instance.city_id
        if cleaned.get(OVERRIDE_REASON) or not city:
            return
        action_type, description = (
            None if name in self.errors else cleaned.get(name)
            for name in ("action_type", "description")
        )
        twins = twins_of(city, action_type, description)
        twin = twins.exclude(pk=self.instance.pk).order_by("number").first()
        if twin is None:
            return
        doubt = doubt_about_twin(twin.number, twin.action_type == action_type)
        self.add_error(doubt.field, doubt.message)
        self.add_error(OVERRIDE_REASON, _("Change it, or say here why both are right."))
