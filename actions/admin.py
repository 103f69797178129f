from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from catalogue.admin import CatalogueAdmin
from profiles.admin_base import CityFilter, CityRowAdmin, may_edit
from profiles.dates import today
from profiles.returning import came_from, returning

from .action_form import ActionForm, DepartmentInput
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
    OwnFigure,
)
from .models.city import CATALOGUE_ORDER
from .new_action import AsksForTypeFirst
from .own_figure_forms import OwnFigureInline
from .own_figures import offered_figures, refill_amounts
from .plan_admin import PlanAdmin  # noqa: F401 (it registers itself)
from .services import next_number
from .statement_inlines import BaselineInline, ProgressInline, TargetInline
from .target_form import (
    StaysAfterMakingPlan,
)
from .value_fields import PREFIX

__all__ = ["MeasureAdmin"]

TEXT_FIELDS = ("summary", "description", "language", "second_summary")


NO_NEWS = {"key_measure", "department", "reference"}
"""Fields that tell readers nothing new of an action."""


@admin.register(Action)
class ActionAdmin(AsksForTypeFirst, StaysAfterMakingPlan, ActionHistory):
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
        last = ["department", "reference", *(["updated_on"] if obj else [])]
        offered = offered_figures(obj) if obj and obj.pk else ()
        if any(figure.is_numeric and not figure.is_own for figure in offered):
            last = ["key_measure", *last]
        return [(None, {"fields": [*first, *TEXT_FIELDS, "confirmed", *last]})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "key_measure":
            return KeyMeasureField()
        if db_field.name == "department":
            kwargs["widget"] = DepartmentInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_inlines(self, request, obj):
        """A new action has no progress yet."""
        return self.inlines if obj and obj.pk else self.inlines[:-1]

    def get_changelist(self, request, **kwargs):
        return ActionList

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and may_edit(request, obj):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            offer_figures(obj, context["adminform"].form, formsets, offered_figures(obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def title_of(self, row):
        return _("Action %(number)d") % {"number": row.number}

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

    @admin.display(description=_("starting point"))
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
        if {*form.changed_content} - NO_NEWS:
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
                new = formset.new_objects
                request.new_figures = [one.name for one in new if not one.values.exists()]
                for figure in formset.changed_units():
                    refill_amounts(figure)

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        return self.ask_for_values(request, obj, response)

    def response_change(self, request, obj):
        return self.ask_for_values(request, obj, super().response_change(request, obj))

    def ask_for_values(self, request, action, response):
        """Back to the form where figures are new: it asks for their values now."""
        names = getattr(request, "new_figures", ())
        if not names or {"_continue", "_addanother"} & request.POST.keys():
            return response
        words = _("Saved: %(figures)s. Fill in its starting point and its target below.")
        self.message_user(request, words % {"figures": ", ".join(names)}, messages.SUCCESS)
        form = f"{reverse('admin:actions_action_change', args=[action.pk])}#baseline-group"
        return HttpResponseRedirect(returning(form, came_from(request)))

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
