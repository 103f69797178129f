"""The rows of a city that were deleted: a list, a page that brings one back, and its history."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..access import is_platform_staff
from ..deleted import DeletedRow, NotBroughtBack, deletions, named
from ..models import ChangeSet, City
from ..people import display_name
from .once import new_token, once
from .scope import works_for_one_city

ROWS_PER_PAGE = 50
LONGEST_REASON = ChangeSet._meta.get_field("reason").max_length
CITY_PARAMETER = "city__id__exact"
"""Of the query string, as in `CityFilter`: the key of the city whose rows are listed."""


class DeletedPages(admin.ModelAdmin):
    comes_back = True
    """Whether rows of this kind can be brought back. They are directly below a city then."""

    def get_urls(self):
        if not self.comes_back:
            return super().get_urls()
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<int:object_id>/", view(self.bring_back_view), name=f"{name}_bring_back"),
            *super().get_urls(),
        ]

    def address(self, view, *args):
        name = f"{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(f"{self.admin_site.name}:{name}", args=args)

    def deletions(self, request):
        """The deletions of rows of cities that the user may edit, or of the one that is asked."""
        if not self.comes_back or not self.has_change_or_delete_permission(request):
            return self.model.history.none()
        cities = City.objects.editable_by(request.user)
        asked = request.GET.get(CITY_PARAMETER, "")
        if asked.isdecimal():
            cities = cities.filter(pk=asked[:18])
        elif is_platform_staff(request.user):
            cities = City.objects.all()
        return deletions(self.model, cities.order_by().values("pk"))

    def has_change_or_delete_permission(self, request):
        return self.has_change_permission(request) or self.has_delete_permission(request)

    def find_deletion(self, request, object_id):
        """The record of the deletion of a row, if the user may edit its city; else None."""
        key = str(object_id)
        if not key.isdecimal():
            return None
        return self.deletions(request).filter(id=key[:18]).first()

    def deleted_link(self, request):
        """The address of the list and its number of rows; that is None where it takes long."""
        if not self.comes_back or not self.has_change_or_delete_permission(request):
            return {}
        asked = request.GET.get(CITY_PARAMETER, "")
        if not asked and not works_for_one_city(request.user):
            return {"deleted_url": self.address("deleted")}
        query = f"?{urlencode({CITY_PARAMETER: asked})}" if asked else ""
        count = self.deletions(request).count()
        return {"deleted_url": f"{self.address('deleted')}{query}", "deleted_count": count}

    def deleted_view(self, request):
        if not self.comes_back or not self.has_change_or_delete_permission(request):
            raise PermissionDenied
        page = Paginator(self.deletions(request), ROWS_PER_PAGE).get_page(request.GET.get("p"))
        rows = [self.told(request, gone) for gone in named(page)]
        context = {
            "title": _("Deleted: %(rows)s") % {"rows": self.opts.verbose_name_plural},
            "rows": rows,
            "page": page,
            "city_query": urlencode({CITY_PARAMETER: request.GET.get(CITY_PARAMETER, "")}),
        }
        return self.deleted_page(request, "deleted_list", context)

    def told(self, request, gone):
        """What the pages tell of a `DeletedRow`."""
        record = gone.record
        return {
            "gone": gone,
            "name": capfirst(gone.name),
            "who": display_name(record.change_set.user, request.user),
            "url": self.address("bring_back", record.id),
            "history_url": self.address("history", record.id),
        }

    @once
    def bring_back_view(self, request, object_id):
        """Tells of a deleted row what comes back with it; a POST brings it back."""
        record = self.find_deletion(request, object_id)
        if record is None:
            row = self.get_object(request, str(object_id))  # or Http404
            return redirect(self.address("change", row.pk))
        if request.method != "POST":
            return self.render_deleted(request, record)
        try:
            self.bring_back(request, DeletedRow(record))
        except NotBroughtBack as error:
            return self.render_deleted(request, record, error.reasons)
        return redirect(self.address("change", record.id))

    def bring_back(self, request, gone):
        """Write the row again with all that went with it. Raises NotBroughtBack."""
        reason = _("Brought back %s") % gone.name
        with self.recorded(request):
            request.recording.reason = reason[:LONGEST_REASON]
            gone.bring_back()
            self.was_brought_back(gone.row)
        self.message_user(request, reason, messages.SUCCESS)

    def was_brought_back(self, row):
        """What follows from it, in the same transaction; for an earlier whole version as well."""

    def render_deleted(self, request, record, reasons=None):
        gone = DeletedRow(record)
        told = self.told(request, gone)
        context = {
            **told,
            "title": told["name"],
            "record": record,
            "reasons": gone.hindrances() if reasons is None else reasons,
            "form_token": new_token(),
        }
        return self.deleted_page(request, "deleted_row", context)

    def deleted_page(self, request, template, context):
        request.current_app = self.admin_site.name
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "list_url": self.address("deleted"),
        }
        return TemplateResponse(request, f"admin/{template}.html", {**shown, **context})

    def deleted_history_context(self, request, object_id):
        """(row as it was, what its history page says besides); Http404 for what is no such row."""
        record = self.find_deletion(request, object_id)
        if record is None:
            raise Http404
        gone = DeletedRow(record)
        told = self.told(request, gone)
        return gone.row, {
            "subtitle": told["name"],
            "object": None,
            "version_url_name": "",
            "deleted": told,
            "list_url": self.address("deleted"),
        }
