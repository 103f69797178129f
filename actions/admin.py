from django.contrib import admin, messages
from django.db.models import Prefetch
from django.forms import Script
from django.http import HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.admin import CatalogueAdmin
from catalogue.models import gap_names
from catalogue.texts import Texts
from hub.choices import ResourceField, selectable_for
from profiles.admin_base import CityFilter, CityRowAdmin, ScopedChoices, may_edit, visible_name
from profiles.dates import today

from .action_form import ActionForm
from .action_history import ActionHistory
from .action_list import (
    NO_DUE_YEAR,
    ActionList,
    AttentionFilter,
    joined_html,
    missing_html,
    missing_parts,
)
from .figure_offers import offer_figures
from .key_figure_field import KeyMeasureField
from .measure_admin import MeasureAdmin
from .models import (
    Action,
    ActionArea,
    ActionType,
    CityCommitment,
    Commitment,
    Measure,
    OwnFigure,
    Statement,
    Value,
)
from .models.city import CATALOGUE_ORDER
from .own_figure_forms import OwnFigureInline
from .own_figures import offered_figures, refill_amounts
from .plan_admin import PlanAdmin  # noqa: F401 (it registers itself)
from .services import next_number
from .statement_forms import StatementForm, StatementFormSet, form_for
from .target_form import StaysAfterMakingPlan, TargetForm, offered_plans, questions
from .value_fields import PREFIX, read_only_text, usual_units

__all__ = ["MeasureAdmin"]

TEXT_FIELDS = ("summary", "description", "language", "second_summary")


def offered_resources(action):
    """The resources that the statements may name as source, kept on the action like measures."""
    if not hasattr(action, "_offered_resources"):
        kept = action.statements.values_list("source_resource", flat=True)
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
    text_fields = ("text", "source", "source_url", "source_resource", "language", "confirmed")

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
    verbose_name = verbose_name_plural = _("baseline")
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


@admin.register(Action)
class ActionAdmin(StaysAfterMakingPlan, ActionHistory):
    form = ActionForm
    inlines = (OwnFigureInline, BaselineInline, TargetInline, ProgressInline)
    list_display = ("number", "title", "city", "baseline", "target", "progress", "updated_on")
    list_display_links = ("number", "title")
    list_select_related = ("city", "action_type__commitment__area")
    ordering = (*CATALOGUE_ORDER, "city")
    change_list_template = "admin/actions/action_list.html"
    list_filter = (
        CityFilter,
        AttentionFilter,
        ("action_type__commitment__area", admin.RelatedFieldListFilter),
        ("action_type__commitment", admin.RelatedFieldListFilter),
    )
    search_fields = ("search_text", "action_type__name", "action_type__synonyms", "=number")
    search_help_text = _("Words of the description or the action type, or a number.")
    readonly_fields = ("number", "updated_on")

    def get_fieldsets(self, request, obj=None):
        first = ["city", "number", "action_type"] if obj else ["city", "action_type"]
        last = ["updated_on"] if obj else []
        offered = offered_figures(obj) if obj and obj.pk else ()
        if any(figure.is_numeric and not figure.is_own for figure in offered):
            last = ["key_measure", *last]
        return [(None, {"fields": [*first, *TEXT_FIELDS, "confirmed", *last]})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "key_measure":
            return KeyMeasureField()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_inlines(self, request, obj):
        """None for a new action: which values are asked for depends on the saved action type."""
        return self.inlines if obj else ()

    def get_changelist(self, request, **kwargs):
        return ActionList

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and may_edit(request, obj):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            offer_figures(obj, context["adminform"].form, formsets, offered_figures(obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("action type"), ordering="action_type__position")
    def title(self, action):
        """The type, a hint at a twin and, for narrow screens, what is missing."""
        notes = []
        if action.key_measure_id or action.has_own_key_figure:
            notes.append(("hint", _("Key figure")))
        if action.twin_number is not None:
            same = _("Same type or words as %(number)s") % {"number": action.twin_number}
            notes.append(("hint", same))
        if lacks := list(missing_parts(action)):
            words = ", ".join(str(word) for word in lacks)
            notes.append(("hint in-short", _("Lacks: %(what)s") % {"what": words}))
        notes = format_html_join("", ' <span class="{}">{}</span>', notes)
        return format_html("{}{}", action.action_type.text(), notes)

    @admin.display(description=_("baseline"))
    def baseline(self, action):
        return joined_html([statement.year or _("yes") for statement in action.baselines])

    @admin.display(description=_("target"))
    def target(self, action):
        return joined_html(
            [statement.due_year or missing_html(NO_DUE_YEAR) for statement in action.targets]
        )

    @admin.display(description=_("progress"))
    def progress(self, action):
        return joined_html([date_format(statement.date) for statement in action.reports[-1:]])

    def view_on_site(self, obj):
        return f"{obj.city.get_absolute_url()}#action-{obj.number}"

    def save_model(self, request, obj, form, change):
        if not change:
            obj.number = next_number(obj.city)
        if {*form.changed_content} - {"key_measure"}:  # a choice is no news of the action
            obj.updated_on = today()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.save_units(request, formsets)
        if form.instance.statements.targets().filter(due_year=None, confirmed="").exists():
            self.message_user(
                request,
                _("It is saved. A target has no due year yet: by when is it to be reached?"),
                messages.WARNING,
            )

    def save_units(self, request, formsets):
        """Follow what has changed of the own figures once all values are saved."""
        for formset in formsets:
            if formset.model is OwnFigure:
                request.new_figures = [figure.name for figure in formset.new_objects]
                for figure in formset.changed_units():
                    refill_amounts(figure)

    def response_change(self, request, obj):
        """Back to the form where figures are new: it asks for their values now."""
        response = super().response_change(request, obj)
        names = getattr(request, "new_figures", ())
        if not names or {"_continue", "_addanother"} & request.POST.keys():
            return response
        words = _("Saved: %(figures)s. Fill in its starting point and its target below.")
        self.message_user(request, words % {"figures": ", ".join(names)}, messages.SUCCESS)
        return HttpResponseRedirect(f"{request.path}#baseline-group")

    # Comments of reviewers on its fields, its statements and their values.

    def comment_path(self, row):
        return f"actions.{row.number}"

    def commented_fields(self, row, context):
        found = dict(super().commented_fields(row, context))
        names = {PREFIX + measure.key: measure.code for measure in offered_figures(row)}
        for inline in context["inline_admin_formsets"]:
            for form in inline.formset.initial_forms:
                row_name = getattr(form.instance, "code", form.instance.pk)
                for name, field in form.fields.items():
                    found[f"{row_name}.{names.get(name, name)}"] = field
        return found


@admin.register(CityCommitment)
class CityCommitmentAdmin(CityRowAdmin):
    fields = ("city", "commitment", "made_on")
    list_display = ("commitment", "city", "made_on")
    list_select_related = ("city", "commitment")
    list_filter = (CityFilter, "commitment__area")
    search_fields = ("commitment__name", "city__search_text")

    def comment_path(self, row):
        return f"commitments.{row.commitment.code}"


@admin.register(ActionArea)
class ActionAreaAdmin(CatalogueAdmin):
    list_display = ("number", *CatalogueAdmin.list_display)


@admin.register(Commitment)
class CommitmentAdmin(CatalogueAdmin):
    list_filter = ("area", *CatalogueAdmin.list_filter)


@admin.register(ActionType)
class ActionTypeAdmin(CatalogueAdmin):
    search_fields = (*CatalogueAdmin.search_fields, "synonyms", "commitment__name")
    list_filter = ("commitment__area", "commitment", *CatalogueAdmin.list_filter)
