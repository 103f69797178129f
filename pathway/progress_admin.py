"""The page of one city with all its steps: their states (edited in one form) and their items."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.typed import shows_typed, unsaved_reason
from hub.context import find_resources
from profiles.admin_base import CityRowAdmin
from profiles.admin_base.comments import find_comments, mark_ticked, place_beside
from profiles.admin_base.conflicts import is_own
from profiles.admin_base.history import change_set_ids, entries_of
from profiles.admin_base.history_pages import ENTRIES_PER_PAGE
from profiles.admin_base.once import new_token, once, posted_token
from profiles.admin_base.scope import may_edit_city
from profiles.changes import lock
from profiles.deleted import deletions
from profiles.models import City
from profiles.number_fields import notes_of

from . import services
from .item_admin import ask_for_city, city_page_url
from .item_forms import KEY_DIGITS
from .models import Step, StepItem, StepProgress
from .progress_forms import StepProgressForm
from .step_state import is_shown

CITY_PARAMETER = "city__id__exact"
MOVE_BUTTON = "move"
DIRECTIONS = {"up": -1, "down": 1}


@dataclass
class StepRow:
    """A step of a city: its form, and its items as `sets` of language versions."""

    step: Step
    form: StepProgressForm
    sets: list

    @property
    def progress(self):
        return self.form.instance


@admin.register(StepProgress)
class StepProgressAdmin(CityRowAdmin):
    """All states of a city are on one page; the usual pages of a single row redirect to it."""

    def has_add_permission(self, request):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view
        city = "cities/<int:city_id>/"
        return [
            path(city, view(self.city_view), name="pathway_city"),
            path(f"{city}history/", view(self.city_history), name="pathway_city_history"),
            *super().get_urls(),
        ]

    # The list: redirects a user with one city to its page, asks others for the city

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        cities = City.objects.managed_by(request.user)
        chosen = request.GET.get(CITY_PARAMETER, "")
        if chosen.isdecimal():
            cities = cities.filter(pk=chosen[:KEY_DIGITS])
        only = list(cities.values_list("pk", flat=True)[:2])
        if len(only) == 1:
            return redirect(city_page_url(only[0]))
        return ask_for_city(self, request, CITY_PARAMETER, _("Nature Pathway: of which city?"))

    def change_view(self, request, object_id, *args, **kwargs):
        row = self.get_object(request, object_id)
        return redirect(city_page_url(row.city_id, row.step))

    history_view = delete_view = version_view = change_view

    def history_url_of(self, gone):
        return reverse("admin:pathway_city_history", args=[gone.record.city_id])

    def city_of(self, request, city_id):
        # A larger number overflows the database's integer and would be a server error.
        city = City.objects.managed_by(request.user).filter(pk=min(city_id, 2**62)).first()
        if city is None or not self.has_view_or_change_permission(request):
            raise Http404
        return city

    def may_edit(self, request, city):
        return self.has_change_permission(request) and may_edit_city(request, city.pk)

    # The nine steps

    @shows_typed
    @once
    def city_view(self, request, city_id):
        with self.recorded(request):
            city = self.city_of(request, city_id)
            if request.method != "POST":
                return self.render_city(request, city, self.step_rows(request, city))
            if not self.may_edit(request, city):
                raise PermissionDenied
            lock(City.objects.filter(pk=city.pk))
            rows = self.step_rows(request, city, request.POST)
            if [row for row in rows if not row.form.is_valid()] or unsaved_reason(request):
                return self.render_city(request, city, rows)
            return self.save_rows(request, city, rows)

    def step_rows(self, request, city, data=None):
        items = items_by_step(city)
        progress = {row.step_id: row for row in StepProgress.objects.filter(city=city)}
        steps = Step.objects.filter(Q(retired=False) | Q(pk__in={*items, *progress}))
        return [
            self.step_row(request, city, step, progress.get(step.pk), items.get(step.pk, []), data)
            for step in steps.select_related("phase").order_by("phase__number", "number")
        ]

    def step_row(self, request, city, step, progress, items, data):
        progress = progress or StepProgress()
        progress.city, progress.step = city, step
        form = StepProgressForm(
            data,
            model_admin=self,
            request=request,
            instance=progress,
            has_items=any(item.is_shown for item in items),
        )
        return StepRow(step, form, services.group_versions(items))

    def save_rows(self, request, city, rows):
        mark_ticked(request, city)
        for row in rows:
            row.form.save()
            for label, note in notes_of(row.form):
                self.message_user(request, f"{row.step.number}, {label}: {note}", messages.INFO)
        key, _colon, way = request.POST.get(MOVE_BUTTON, "").partition(":")
        item = None
        if key.isdecimal() and way in DIRECTIONS:
            item = StepItem.objects.filter(city=city, pk=key[:KEY_DIGITS]).first()
        if item is None:
            self.message_user(request, _("Saved."), messages.SUCCESS)
            return redirect(city_page_url(city.pk))
        services.move(item, DIRECTIONS[way])
        return redirect(city_page_url(city.pk, item.step))

    def render_city(self, request, city, rows):
        faults = [
            (row.step, row.form[name], message)
            for row in rows
            for name, texts in row.form.errors.items()
            for message in texts
        ]
        phases = groupby(rows, key=lambda row: row.step.phase)
        conflicts = [entry for row in rows for entry in row.form.conflict or ()]
        context = {
            **self.page_context(request, city),
            "title": _("Nature Pathway"),
            "phases": [(phase, list(steps)) for phase, steps in phases],
            "faults": faults,
            "unsaved": unsaved_reason(request),
            "form_token": posted_token(request) or new_token(),
            "conflicts": conflicts,
            "is_own_conflict": is_own(conflicts, request.user),
            "may_edit": self.may_edit(request, city),
            "comments": self.place_comments(request, city, rows),
            "has_change_permission": self.may_edit(request, city),
        }
        return TemplateResponse(request, "admin/pathway/city.html", context)

    def place_comments(self, request, city, rows):
        """Put comments of reviewers beside the fields of the steps; returns the others."""
        found = find_comments(request, city, "pathway")
        if not found or not self.may_edit(request, city):
            return found
        fields = {
            f"{row.step.code}.{name}": field
            for row in rows
            for name, field in row.form.fields.items()
        }
        return place_beside(found, "pathway", fields)

    def page_context(self, request, city):
        request.current_app = self.admin_site.name
        several = len(City.objects.managed_by(request.user)[:2]) > 1
        return {
            **self.admin_site.each_context(request),
            **self.page_links(StepProgress(city=city)),
            "opts": self.opts,
            "subtitle": str(city),
            "city": city,
            "page_url": city_page_url(city.pk),
            **self.deleted_states(request, city),
            "has_other_cities": several,
        }

    def deleted_states(self, request, city):
        """As `deleted_link`: of the states of this city that have been emptied."""
        if not self.may_edit(request, city):
            return {}
        query = urlencode({CITY_PARAMETER: city.pk})
        count = deletions(StepProgress, Q(city=city.pk)).count()
        return {"deleted_url": f"{self.address('deleted')}?{query}", "deleted_count": count}

    # The history of the states; each item has a history of its own.

    def trails(self, row):
        """The history of all states of a city, or of the state of one step.

        By step and not by row, because emptying a state deletes its row.
        """
        if isinstance(row, City):
            states = StepProgress.history.filter(city_id=row.pk)
        else:
            states = StepProgress.history.filter(city_id=row.city_id, step_id=row.step_id)
        return [states.select_related("change_set__user", "step")]

    def trail_label(self, record):
        return f"{record.step.number} {record.step.text()}"

    def city_history(self, request, city_id):
        city = self.city_of(request, city_id)
        trails = self.trails(city)
        page = Paginator(change_set_ids(trails), ENTRIES_PER_PAGE).get_page(request.GET.get("p"))
        shown = [trail.filter(change_set_id__in=page.object_list) for trail in trails]
        context = {
            **self.page_context(request, city),
            "title": _("History of the steps"),
            "entries": entries_of(self, request, city, shown),
            "page": page,
        }
        return TemplateResponse(request, "admin/pathway/history.html", context)


def items_by_step(city):
    """Step id → the city's items on it, in their order; `is_shown`: readers would see it."""
    found = StepItem.objects.filter(city=city).select_related(
        "upload", "resource__city__public_city"
    )
    items = list(found.order_by("position", "pk"))
    resources = find_resources(city.pk, {item.resource_id for item in items} - {None})
    by_step = {}
    for item in items:
        item.city = city
        item.is_shown = is_shown(item.resource_id, resources)
        by_step.setdefault(item.step_id, []).append(item)
    return by_step
