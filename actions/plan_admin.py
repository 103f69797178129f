"""The admin of the plans in which a city sets its targets."""

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.choices import (
    ResourceField,
    accept_resource_addresses,
    choose_by_address,
    selectable_for,
)
from profiles.admin_base import CityFilter, CityRowAdmin, CityRowForm, visible_name

from .models import Plan, Statement

KEY_DIGITS = 18
"""Digits of a key; a longer number overflows the integers of the database."""


class PlanForm(CityRowForm):
    resource = ResourceField(
        label=gettext_lazy("Resource of the hub"),
        help_text=Plan._meta.get_field("resource").help_text,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "url" in self.fields:  # who may only read gets no field but the declared one
            offered = selectable_for(self._city_known_by_now(), [self.instance.resource_id])
            self.fields["resource"].offer(offered, self.request)
            accept_resource_addresses(self, "url", self.request.get_host())

    def _city_known_by_now(self):
        if self.instance.city_id is not None:
            return self.instance.city
        chosen = str(self.data.get(self.add_prefix("city")) or self.initial.get("city") or "")
        if "city" not in self.fields or not chosen.isdecimal():
            return None
        return self.fields["city"].queryset.filter(pk=chosen[:KEY_DIGITS]).first()

    def clean(self):
        cleaned = super().clean()
        city = cleaned.get("city") or (None if self.is_new else self.instance.city)
        choose_by_address(self, "url", "resource", city)
        return cleaned


@admin.register(Plan)
class PlanAdmin(CityRowAdmin):
    form = PlanForm
    list_display = ("title", "year", "city", "number_of_targets")
    list_select_related = ("city",)
    list_filter = (CityFilter,)
    search_fields = ("title", "city__search_text")
    delete_confirmation_template = "admin/actions/plan_delete.html"
    delete_selected_confirmation_template = "admin/hub/chosen_delete.html"
    readonly_fields = ("targets", "in_hub")

    def get_fields(self, request, obj=None):
        may_write = (
            self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        )
        names = ["city", "title", "year", "url", "resource" if may_write else "in_hub", "language"]
        return [*names, "targets"] if obj else names

    def get_object(self, request, object_id, from_field=None):
        plan = super().get_object(request, object_id, from_field)
        if plan is not None:
            plan.asked_by = request
        return plan

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(target_count=Count("targets"))

    @admin.display(description=gettext_lazy("targets"), ordering="target_count")
    def number_of_targets(self, plan):
        return plan.target_count

    @admin.display(description=gettext_lazy("targets set in it"))
    def targets(self, plan):
        return format_html_join("", "<p>{}</p>", ((one,) for one in links_to_targets([plan]))) or _(
            "None yet: choose the plan in a target of an action."
        )

    @admin.display(description=Plan._meta.get_field("resource").verbose_name)
    def in_hub(self, plan):
        return plan.resource and visible_name(plan.asked_by, plan.resource)

    def comment_path(self, row):
        return f"plans.{row.pk}"

    def get_deleted_objects(self, objs, request):
        """A plan in which targets are set stays; the page names these targets."""
        if used := links_to_targets(objs):
            return [], {}, set(), used
        names = [f"{self.opts.verbose_name}: {plan}" for plan in objs]
        return names, {self.opts.verbose_name_plural: len(names)}, set(), []


def links_to_targets(plans):
    """The targets set in these plans, in words, with links to their actions."""
    targets = Statement.objects.filter(plan__in=[plan.pk for plan in plans])
    targets = targets.select_related("action__action_type").order_by("action__number", "due_year")
    link = '<a href="{}">{}</a>'
    return [
        format_html(link, reverse("admin:actions_action_change", args=[one.action_id]), words(one))
        for one in targets
    ]


def words(target):
    gaps = {
        "number": target.action.number,
        "name": target.action.action_type.text(),
        "year": target.due_year,
    }
    if target.due_year:
        return _("Action %(number)d: %(name)s, target for %(year)d") % gaps
    return _("Action %(number)d: %(name)s, target without a year") % gaps
