"""The statements of an action in its form: its baseline, its targets, its progress reports."""

from django.contrib import admin
from django.db.models import Prefetch
from django.forms import Script
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.models import gap_names
from catalogue.texts import Texts
from hub.choices import ResourceField, selectable_for
from profiles.admin_base import ScopedChoices, may_edit, visible_name

from .models import Measure, Statement, Value
from .own_figures import offered_figures
from .statement_forms import StatementForm, StatementFormSet, form_for
from .target_form import TargetForm, offered_plans, questions, source_section
from .value_fields import PREFIX, read_only_text, usual_units

SOURCE_FIELDS = ("source", "source_url", "source_resource", "language")


def offered_resources(action):
    """The resources that the statements may name as source, kept on the action like measures."""
    if not hasattr(action, "_offered_resources"):
        kept = action.statements.values_list("source_resource", flat=True) if action.pk else ()
        action._offered_resources = list(selectable_for(action.city, list(kept)))
    return action._offered_resources


class StatementInline(ScopedChoices, admin.StackedInline):
    """The statements of one kind, each with its values by the measures of the action's type."""

    model = Statement
    kind = None
    own_fields = ()
    unique_field = None
    form_base = StatementForm
    extra = 1
    template = "admin/actions/statements.html"
    text_fields = ("text", *SOURCE_FIELDS, "confirmed")

    class Media:
        js = (Script("js/figure-offers.js", defer=True),)

    def shows_form(self, request, action):
        return self.has_change_permission(request, action) and may_edit(request, action)

    def get_fields(self, request, obj=None):
        if self.shows_form(request, obj):
            values = [PREFIX + measure.key for measure in offered_figures(obj)]
            return [*self.own_fields, *values, *self.text_fields]
        words = [
            "source_in_hub" if name == "source_resource" else name for name in self.text_fields
        ]
        return [*self.own_fields, "figures", *words]

    def get_fieldsets(self, request, obj=None):
        names = self.get_fields(request, obj)
        if not self.shows_form(request, obj):
            return [(None, {"fields": names})]
        first = [name for name in names if name not in SOURCE_FIELDS]
        return [(None, {"fields": first}), source_section(SOURCE_FIELDS)]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "source_resource":
            return ResourceField(label=capfirst(db_field.verbose_name))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "text":
            field.widget.attrs["rows"] = 3
        if db_field.name == "due_year":
            field.help_text = _(
                "Most global targets are due in 2030. Without a year nobody can tell whether the "
                "target is on track."
            )
        return field

    def get_readonly_fields(self, request, obj=None):
        return () if self.shows_form(request, obj) else ("figures", "source_in_hub")

    def get_formset(self, request, obj=None, **kwargs):
        units = usual_units(obj, offered_figures(obj)) if self.shows_form(request, obj) else {}
        form = form_for(self.kind, offered_figures(obj), units, self.form_base)
        formset = super().get_formset(request, obj, form=form, formset=StatementFormSet, **kwargs)
        formset.kind, formset.unique_field = self.kind, self.unique_field
        if self.shows_form(request, obj):
            formset.form.resources = offered_resources(obj)
            formset.form.request = request
        return formset

    def get_queryset(self, request):
        values = Value.objects.select_related("measure", "own_figure").order_by(
            "measure__position", "own_figure__number"
        )
        self.request = request  # safe: the admin makes a new inline for each request
        rows = super().get_queryset(request).filter(kind=self.kind)
        return rows.prefetch_related(Prefetch("values", values)).order_by(*self.own_fields, "pk")

    @admin.display(description=Statement._meta.get_field("source_resource").verbose_name)
    def source_in_hub(self, statement):
        resource = statement.source_resource
        return resource and visible_name(self.request, resource)

    @admin.display(description=_("values"))
    def figures(self, statement):
        lines = [(value.figure.name, read_only_text(value)) for value in statement.values.all()]
        return format_html_join("", "<p>{}: <strong>{}</strong></p>", lines) or "–"


class BaselineInline(StatementInline):
    """The form is the official sentence, with the fields of the values in its gaps."""

    kind = Statement.Kind.BASELINE
    verbose_name = verbose_name_plural = _("starting point (baseline)")
    own_fields = ("year",)
    max_num = 1

    class Media:
        js = (Script("js/sentence.js", defer=True),)

    def get_fields(self, request, obj=None):
        names = super().get_fields(request, obj)
        template = obj.action_type.baseline_template
        if not template or not self.shows_form(request, obj):
            return names
        keys = gap_names(template)
        keys |= {m.key for m in offered_figures(obj) if m.kind == Measure.Kind.STATUS}
        return [name for name in names if name not in {PREFIX + key for key in keys}]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if self.shows_form(request, obj):
            formset.form.template = obj.action_type.text("baseline_template")
            formset.form.texts = Texts()
        return formset


class TargetInline(StatementInline):
    kind = Statement.Kind.TARGET
    verbose_name, verbose_name_plural = _("target"), _("targets")
    own_fields = ("due_year",)
    unique_field = "due_year"
    form_base = TargetForm

    def get_fields(self, request, obj=None):
        names = super().get_fields(request, obj)
        return names if self.shows_form(request, obj) else [*names, "plan"]

    def get_fieldsets(self, request, obj=None):
        if self.shows_form(request, obj):
            sections = questions(offered_figures(obj), self.text_fields)
            return [one for one in sections if one[1]["fields"]]
        return super().get_fieldsets(request, obj)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if self.shows_form(request, obj):
            formset.form.plans = offered_plans(obj)
        return formset


class ProgressInline(StatementInline):
    kind = Statement.Kind.PROGRESS
    verbose_name, verbose_name_plural = _("progress report"), _("progress reports")
    own_fields = ("date",)
    unique_field = "date"
