"""The rows of a city that were deleted: a list, a page that brings one back, and its history."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
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


PARTNERS = "none"
"""In the place of a city's key: the rows that belong to no city."""


class DeletedPages(admin.ModelAdmin):
    """For admins of cities, and of rows directly below a city."""

    not_kept = ""
    """What of a row is not brought back with it, in a sentence."""

    comes_back = ""
    """What else happens as it is brought back, in a sentence."""

    def get_urls(self):
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<int:object_id>/", view(self.bring_back_view), name=f"{name}_bring_back"),
            *super().get_urls(),
        ]

    def address(self, view, *args):
        name = f"{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(f"{self.admin_site.name}:{name}", args=args)

    def may_bring_back(self, request):
        """Whether the user sees these pages; `deletions` says of which rows."""
        return self.has_change_permission(request) or self.has_delete_permission(request)

    def deletions(self, request):
        """The deletions of rows of cities that the user may edit, or of the one that is asked."""
        if not self.may_bring_back(request):
            return self.model.history.none()
        return deletions(self.model, self.in_reach(request))

    def in_reach(self, request):
        """The condition on the records of rows that the user may edit."""
        asked, cities = request.GET.get(CITY_PARAMETER, ""), City.objects.editable_by(request.user)
        if asked.isdecimal():
            return Q(city__in=cities.filter(pk=asked[:18]).order_by().values("pk"))
        if not is_platform_staff(request.user):
            return Q(city__in=cities.order_by().values("pk"))
        # Not by a list of all cities: the newest deletions are found without looking at the others.
        of_cities = Q(Exists(City.objects.filter(pk=OuterRef("city"))))
        if not self.opts.get_field("city").null:
            return of_cities
        return Q(city=None) if asked == PARTNERS else of_cities | Q(city=None)

    def find_deletion(self, request, object_id):
        """The record of the deletion of a row, if the user may edit its city; else None."""
        key = str(object_id)
        if not key.isdecimal():
            return None
        return self.deletions(request).filter(id=key[:18]).first()

    def deleted_link(self, request):
        """The address of the list and its number of rows; that is None where it takes long."""
        if not self.may_bring_back(request):
            return {}
        asked = request.GET.get(CITY_PARAMETER, "")
        if not asked and not works_for_one_city(request.user):
            return {"deleted_url": self.address("deleted")}
        query = f"?{urlencode({CITY_PARAMETER: asked})}" if asked else ""
        count = self.deletions(request).count()
        return {"deleted_url": f"{self.address('deleted')}{query}", "deleted_count": count}

    def deleted_view(self, request):
        if not self.may_bring_back(request):
            raise PermissionDenied
        asked = request.GET.get("p", "")
        number = max(int(asked[:6]), 1) if asked.isdecimal() else 1
        start = (number - 1) * ROWS_PER_PAGE
        # They are not counted: that would take longer than finding those of a page.
        found = list(self.deletions(request)[start : start + ROWS_PER_PAGE + 1])
        context = {
            "title": _("Deleted: %(rows)s") % {"rows": self.opts.verbose_name_plural},
            "rows": [self.told(request, gone) for gone in named(found[:ROWS_PER_PAGE])],
            "number": number,
            "newer": number - 1,
            "older": number + 1 if len(found) > ROWS_PER_PAGE else None,
            "not_kept": self.not_kept,
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
            "history_url": self.history_url_of(gone),
        }

    def history_url_of(self, gone):
        return self.address("history", gone.record.id)

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
        gone.hindrances()  # so that the name below is that with which it comes back
        reason = _("Brought back %s") % gone.name
        with self.recorded(request):
            request.recording.reason = reason[:LONGEST_REASON]
            gone.bring_back()
        self.message_user(request, " ".join([f"{reason}.", *gone.given_way]), messages.SUCCESS)

    def render_deleted(self, request, record, reasons=None):
        gone = DeletedRow(record)
        told = self.told(request, gone)
        context = {
            **told,
            "title": told["name"],
            "record": record,
            "reasons": gone.hindrances() if reasons is None else reasons,
            "left_out": list(gone.left_out.values()),
            "not_kept": self.not_kept,
            "comes_back": self.comes_back,
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
