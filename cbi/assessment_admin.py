"""The admin of assessments: a page for each, and a page for the indicators of each component."""

from django.contrib import admin
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.forms import Script
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.typed import shows_typed
from profiles.admin_base import CityFilter, CityRowAdmin
from profiles.admin_base.forms import REASON
from profiles.dates import today
from profiles.returning import came_from, returning

from .assessment_forms import AssessmentForm, ComponentForm
from .completeness import completeness
from .models import Assessment, Edition, IndicatorResult
from .services import rescore_comparisons
from .steps import steps_of

SHOWN_COMPONENT = "shown_component"
"""Attribute for the component that a page shows.

On the request it is the component's code, or "" for the page of the assessment itself. On the
assessment it is the `Component`, or None for that page. On other pages neither has it.
"""


@admin.register(Assessment)
class AssessmentAdmin(CityRowAdmin):
    form = AssessmentForm
    change_list_template = "admin/cbi/assessment_list.html"
    change_form_template = "admin/cbi/assessment.html"
    list_display = (
        *("year", "city", "edition_code", "points", "without", "is_released", "last_update"),
    )
    list_select_related = ("city__country", "edition")
    list_filter = (CityFilter, "edition", "is_released")
    list_per_page = 50
    search_fields = ("city__search_text", "=year")
    search_help_text = gettext_lazy("The name of a city, or a year.")
    ordering = ("city__name", "edition__position", "-year")
    whole_versions = True
    not_restored = ("is_released",)

    class Media:
        js = (Script("js/assessment.js", defer=True),)

    # The list

    def get_queryset(self, request):
        """Prefetches what the totals are counted from, in a fixed number of queries."""
        results = IndicatorResult.objects.prefetch_related("indicator")
        return (
            super()
            .get_queryset(request)
            .with_is_first()
            .select_related("city", "edition")
            .prefetch_related(Prefetch("results", results), "edition__components__indicators")
        )

    @admin.display(description=gettext_lazy("edition"), ordering="edition")
    def edition_code(self, assessment):
        return assessment.edition.code

    @admin.display(description=gettext_lazy("points"))
    def points(self, assessment):
        scored = completeness(assessment).whole.total
        if not scored.is_started:
            return _("no points yet")
        return _("%(points)d of %(most)d points, %(scored)d of %(of)d indicators") % {
            "points": scored.points,
            "most": scored.max_points,
            "scored": scored.scored,
            "of": scored.of,
        }

    @admin.display(description=gettext_lazy("without points"))
    def without(self, assessment):
        return completeness(assessment).whole.missing

    @admin.display(description=gettext_lazy("last update"))
    def last_update(self, assessment):
        days = [result.updated_on for result in assessment.results.all()]
        return date_format(max([assessment.updated_on, *days]))

    # One assessment

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        component = "<path:object_id>/components/<str:component>/"
        return [
            path(component, self.admin_site.admin_view(self.component_view), name=f"{name}_part"),
            path(
                f"{component}points/",
                self.admin_site.admin_view(self.points_view),
                name=f"{name}_points",
            ),
            *super().get_urls(),
        ]

    @shows_typed
    def component_view(self, request, object_id, component):
        setattr(request, SHOWN_COMPONENT, component)
        return self.changeform_view(request, object_id)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        setattr(request, SHOWN_COMPONENT, "")
        return super().change_view(request, object_id, form_url, extra_context)

    def get_object(self, request, object_id, from_field=None):
        assessment = super().get_object(request, object_id, from_field)
        code = getattr(request, SHOWN_COMPONENT, None)
        if code is not None:
            assessment.shown_component = self.find_component(assessment, code)
        return assessment

    def find_component(self, assessment, code):
        """The component by this code; None for no code."""
        if not code:
            return None
        for part in completeness(assessment).parts:
            if part.component.code == code:
                return part.component
        raise Http404

    def get_fieldsets(self, request, obj=None):
        if getattr(obj, SHOWN_COMPONENT, None):
            return [(None, {"fields": []})]
        edition, last = ("edition_name", ["last_update"]) if obj else ("edition", [])
        return [(None, {"fields": ["city", edition, "year", "note", "language", *last]})]

    def get_readonly_fields(self, request, obj=None):
        """The edition cannot change: the results belong to its indicators."""
        return (*super().get_readonly_fields(request, obj), "edition_name", "last_update")

    @admin.display(description=gettext_lazy("edition"))
    def edition_name(self, assessment):
        return assessment.edition.text()

    def get_form(self, request, obj=None, change=False, **kwargs):
        if getattr(obj, SHOWN_COMPONENT, None):
            kwargs["form"] = ComponentForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_changeform_initial_data(self, request):
        edition = Edition.objects.current().first()
        first = {"edition": edition and edition.pk, "year": today().year}
        return {**first, **super().get_changeform_initial_data(request)}

    def view_on_site(self, obj):
        return f"{obj.city.get_absolute_url()}#cbi"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            component = getattr(obj, SHOWN_COMPONENT, None)
            if component is not None:
                use_typed_results(obj, context["adminform"].form)
            context.update(
                subtitle=str(obj.city),
                completeness=completeness(obj),
                component=component,
                steps=steps_of(obj, component),
                kept_back_before=[one.year for one in obj.kept_back_before()][::-1],
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def title_of(self, row):
        shown = getattr(row, SHOWN_COMPONENT, None) or row.edition
        return f"{row.year}: {shown.text()}"

    def save_model(self, request, obj, form, change):
        is_moved = release_as_asked(request, obj)
        if getattr(obj, SHOWN_COMPONENT, None):
            request.recording.reason = form.cleaned_data[REASON]
            form.save_results()
        else:
            if change and form.changed_content:
                obj.updated_on = today()
            super().save_model(request, obj, form, change)
        if is_moved:
            obj.save()
        rescore_comparisons(obj.city_id, obj.edition_id)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        rescore_comparisons(obj.city_id, obj.edition_id)

    def delete_queryset(self, request, queryset):
        for assessment in queryset:
            self.delete_model(request, assessment)

    def response_add(self, request, obj, post_url_continue=None):
        """Goes on to the first component; one comes back by the steps."""
        if "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        words = _("The assessment has been added. Fill it in, one component after the other.")
        self.message_user(request, words, "success")
        return HttpResponseRedirect(self.page_url(obj, steps_of(obj, None).resumed))

    def response_change(self, request, obj):
        component = getattr(obj, SHOWN_COMPONENT, None)
        asked = {"_next", "_go", "_release", "_hold_back"} & request.POST.keys()
        if not asked and (component is None or "_continue" not in request.POST):
            return super().response_change(request, obj)
        words, steps = _("Saved."), steps_of(obj, component)
        if "_release" in request.POST:
            words = _("Saved. The assessment goes out with the next version of the profile.")
        elif "_hold_back" in request.POST:
            words = _("Saved. The assessment is left out of the next version of the profile.")
        elif asked:
            component = steps.asked(request.POST.get("_go"))
        self.message_user(request, words, "success")
        url = returning(self.page_url(obj, component), came_from(request))
        return HttpResponseRedirect(url)

    def page_url(self, assessment, component=None):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if component is None:
            return reverse(f"{name}_change", args=[quote(assessment.pk)])
        return reverse(f"{name}_part", args=[quote(assessment.pk), component.code])

    # Comments of reviewers

    def comment_path(self, row):
        return f"cbi.{row.edition.code}.{row.year}"

    def commented_fields(self, row, context):
        """On the page of a component those of its indicators."""
        form = context["adminform"].form
        found = {
            f"{one.indicator.code}.{name}": field
            for one in getattr(form, "result_forms", ())
            for name, field in one.commented_fields.items()
        }
        return found or form.fields

    # Points of inputs that are being typed

    def points_view(self, request, object_id, component):
        """Compute the points of the posted form, as HTML by indicator, without saving."""
        setattr(request, SHOWN_COMPONENT, component)
        assessment = self.get_object(request, unquote(object_id))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request, assessment):
            raise PermissionDenied
        form = self.get_form(request, assessment, change=True)(request.POST, instance=assessment)
        parts = {one.prefix: self.outcome(request, one) for one in form.result_forms}
        use_typed_results(assessment, form)
        summary = {"completeness": completeness(assessment), "is_live": True}
        return JsonResponse(
            {
                "outcomes": parts,
                "summary": render_to_string("admin/cbi/totals.html", summary, request),
            }
        )

    def outcome(self, request, form):
        form.is_valid()
        html = render_to_string("admin/cbi/outcome.html", {"form": form, "is_live": True}, request)
        return {"html": html, "unclear": form.result.is_unclear}

    # The history of an assessment includes its results. The page of a component takes only the
    # results of that component into account, so that only their changes are a conflict of saving.

    def trails(self, row):
        shown = getattr(row, SHOWN_COMPONENT, "")
        results = IndicatorResult.history.filter(assessment_id=row.pk)
        if shown is None:
            return super().trails(row)
        if shown:
            results = results.filter(indicator__component=shown)
        return [*super().trails(row), results.select_related("change_set__user", "indicator")]

    def hidden_in_history(self, request, row):
        return super().hidden_in_history(request, row) | {"bands", "value", "is_unclear"}

    def trail_label(self, record):
        if record.instance_type is not IndicatorResult:
            return ""
        return _("Indicator %(number)d") % {"number": record.indicator.number}


def use_typed_results(assessment, form):
    """Let the totals count the posted results of a component's form instead of the stored ones."""
    typed = [one.result for one in form.result_forms if not one.result.is_empty]
    own = {one.indicator.pk for one in form.result_forms}
    kept = [result for result in assessment.results.all() if result.indicator_id not in own]
    assessment._prefetched_objects_cache["results"] = [*kept, *typed]


def release_as_asked(request, assessment):
    """Let the assessment go out with the profile, or not; whether that has changed."""
    before = assessment.is_released
    if "_release" in request.POST:
        assessment.is_released = True
    elif "_hold_back" in request.POST:
        assessment.is_released = False
    return assessment.is_released != before
