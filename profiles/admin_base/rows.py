"""The admin of rows that belong to a city."""

from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ..changes import lock
from ..models import City
from ..people import display_name
from .conflicts import changes_since, version_of
from .forms import CONTROLS, REASON, TOKEN, CityRowForm
from .history import UNTOLD
from .history_pages import HistoryPages
from .recorded import RecordedAdmin
from .scope import ScopedAdmin, may_edit_city

IN_EVERY_POST = {"csrfmiddlewaretoken", "post", *CONTROLS}


class CityRowAdmin(HistoryPages, RecordedAdmin, ScopedAdmin):
    """Scoped to the user's cities, recorded, with history, and never overwriting in silence."""

    form = CityRowForm
    actions = ("export_chosen",)
    change_list_template = "admin/city_row_list.html"
    change_form_template = "admin/city_row_form.html"
    delete_confirmation_template = "admin/city_row_delete.html"
    show_full_result_count = False

    # The row's trails: its own history first, then that of the rows edited together with it.

    def trails(self, row):
        return [self.trail(self.model, pk=row.pk)]

    def trail(self, model, pk):
        return model.history.filter(id=pk).select_related("change_set__user")

    def trail_label(self, record):
        """How a record names the row below this one that it tells of; empty for this row."""
        return ""

    def version_of(self, row):
        return version_of(self.trails(row))

    def hidden_in_history(self, request, row):
        """Fields that `request.user` is not told the history of."""
        return UNTOLD

    # Reading and writing one row

    def get_object(self, request, object_id, from_field=None):
        """The row; on a write, as it is once its city is locked against other writers."""
        row = super().get_object(request, object_id, from_field)
        if request.method == "POST" and hasattr(request, "recording"):
            lock(City.objects.filter(pk=row.owning_city_id))
            row = super().get_object(request, object_id, from_field)
        return row

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.model_admin, form.request = self, request
        return form

    def get_readonly_fields(self, request, obj=None):
        """A row stays with its city."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        has_city = any(field.name == "city" for field in self.opts.fields)
        return (*fixed, "city") if obj and has_city else fixed

    def view_on_site(self, obj):
        return obj.owning_city.get_absolute_url() if obj.owning_city else None

    def save_model(self, request, obj, form, change):
        request.recording.reason = form.cleaned_data.get(REASON, "")
        if not change or form.changed_content:
            super().save_model(request, obj, form, change)

    @admin.action(description=gettext_lazy("Export the chosen rows"), permissions=["change"])
    def export_chosen(self, request, queryset):
        """To the page that exports; all rows of a list are told by its filter."""
        query = {"model": self.opts.label_lower}
        if request.POST.get("select_across") == "1":
            query["filter"] = request.GET.urlencode()
        else:
            query["ids"] = ",".join(str(row.pk) for row in queryset)
        return redirect(f"{reverse('admin:exchange_job_export')}?{urlencode(query)}")

    # The change set is the log: Django's own would say it twice.

    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None

    def log_deletions(self, request, queryset):
        return None

    # What happened meanwhile

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Http404:
            return self.deleted_meanwhile(request, object_id)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except Http404:
            return self.deleted_meanwhile(request, object_id)

    def _delete_view(self, request, object_id, extra_context):
        """Asks again if the row has changed since the question was put."""
        row = self.get_object(request, unquote(object_id))
        context = {**(extra_context or {}), "seen_version": self.version_of(row)}
        if request.method == "POST":
            request.recording.reason = request.POST.get(REASON, "")[:300]
            seen = request.POST.get(TOKEN, "")
            context["conflict"] = changes_since(self, request, row, seen)
            if context["conflict"] != []:
                request.POST = request.POST.copy()
                request.POST.clear()
        return super()._delete_view(request, object_id, context)

    def deleted_meanwhile(self, request, object_id):
        """Says who deleted a row of one's own city, with what was typed; else it stays a 404."""
        record = self._deletion(object_id)
        if record is None or not may_edit_city(request, self.city_id_of(record)):
            raise Http404
        typed = [
            (name.replace("_", " ").replace("-", " "), value)
            for name, value in request.POST.items()
            if value.strip() and name not in IN_EVERY_POST and not name.endswith("_FORMS")
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "record": record,
            "who": display_name(record.change_set.user, request.user),
            "typed": typed,
        }
        return render(request, "admin/deleted_meanwhile.html", context, status=410)

    def city_id_of(self, record):
        return record.id if self.model is City else record.city_id

    def _deletion(self, object_id):
        key = unquote(object_id or "")
        if not key.isdecimal():
            return None
        trail = self.model.history.filter(id=key[:18], history_type="-")
        return trail.select_related("change_set__user").order_by("history_id").last()
