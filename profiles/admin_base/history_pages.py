"""The history of a row as pages: the list of its change sets, and old versions to restore.

simple-history's own admin is not used. It looks rows up without `get_queryset`, so it reaches rows
of other cities; and it saves an old version as a whole, with fields that the user may not set (a
city's state) or that have no history (its counters). Here an old version only fills in the form.
"""

from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import ChangeSet
from ..whole_versions import WholeVersion
from .conflicts import changes_since
from .deleted_pages import DeletedPages
from .forms import CONTROLS, REASON, SEEN_VERSION
from .history import change_set_ids, changed_fields, entries_of, give_versions, told_differences
from .once import new_token, once

ENTRIES_PER_PAGE = 25
AS_OF = "as_of"
"""Of the query string: the key of the change set after which a whole version is shown."""


class HistoryPages(DeletedPages):
    not_restored = ()
    """Fields that keep their present value when an old version is restored."""
    whole_versions = False
    """Whether a version is that of the row and of all rows below it, which come back together."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_version"
        view = self.admin_site.admin_view(self.version_view)
        return [
            path("<path:object_id>/history/<int:version_id>/", view, name=name),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        row, of_deleted = self.present_or_deleted(request, unquote(object_id))
        trails = self.trails(row)
        paginator = Paginator(change_set_ids(trails), ENTRIES_PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        records = [trail.filter(change_set_id__in=page.object_list) for trail in trails]
        entries = entries_of(self, request, row, records)
        if self.whole_versions:
            give_versions(entries, trails[0])
        context = {
            **self.history_context(request, row),
            "title": _("History"),
            "subtitle": "" if of_deleted else str(row),
            "entries": entries,
            "page": page,
            **of_deleted,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/row_history.html", context)

    def present_or_deleted(self, request, object_id):
        """(row, context of its history page); that is empty unless the row has been deleted."""
        try:
            row = self.get_object(request, object_id)
        except Http404:
            return self.deleted_history_context(request, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row, {}

    def history_context(self, request, row):
        request.current_app = self.admin_site.name
        url = f"admin:{self.opts.app_label}_{self.opts.model_name}_"
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "change_url": reverse(f"{url}change", args=[quote(row.pk)]),
            "history_url": reverse(f"{url}history", args=[quote(row.pk)]),
            "version_url_name": f"{url}version",
            "whole_versions": self.whole_versions,
            "may_restore": self.has_change_permission(request, row),
        }

    @once
    def version_view(self, request, object_id, version_id):
        """Shows an old version beside the present one; a POST restores it."""
        with self.recorded(request):
            row = self.get_object(request, unquote(object_id))
            if not self.has_view_or_change_permission(request, row):
                raise PermissionDenied
            record = get_object_or_404(self.trails(row)[0], history_id=version_id)
            if self.whole_versions:
                return self.whole_version(request, row, record)
            if request.method != "POST":
                return self.render_version(request, row, record)
            return self.restore_version(request, row, record)

    def whole_version(self, request, row, record):
        """The same for the row with all rows below it, as they were after one change set."""
        at = request.GET.get(AS_OF, "")
        at = int(at[:18]) if at.isdecimal() else record.change_set_id
        version = WholeVersion(row, at, kept=self.not_restored)
        if not version.is_known:
            raise Http404
        if request.method != "POST":
            return self.render_whole(request, row, record, version)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        conflict = changes_since(self, request, row, request.POST.get(SEEN_VERSION, ""))
        if conflict != [] or (reasons := version.hindrances()):
            told = {"conflict": conflict} if conflict != [] else {"reasons": reasons}
            return self.render_whole(request, row, record, version, told)
        day = date_format(ChangeSet.objects.get(pk=at).created_at, "DATETIME_FORMAT")
        request.recording.reason = _("Back to the version of %(day)s") % {"day": day}
        version.bring_back()
        self.message_user(request, _("The earlier version has been brought back."), "success")
        return HttpResponseRedirect(self.history_context(request, row)["change_url"])

    def render_whole(self, request, row, record, version, told=None):
        context = {
            **self.history_context(request, row),
            "title": _("Earlier version"),
            "subtitle": str(row),
            "change_set": get_object_or_404(ChangeSet, pk=version.at),
            "rows": told_differences(self, request, row, version),
            "reasons": version.hindrances(),
            "conflict": [],
            "seen_version": self.version_of(row),
            "form_token": new_token(),
            **(told or {}),
        }
        return TemplateResponse(request, "admin/whole_version.html", context)

    def render_version(self, request, row, record, form=None):
        latest = self.trails(row)[0].order_by("history_id").last()
        hidden = self.hidden_in_history(request, row)
        context = {
            **self.history_context(request, row),
            "title": _("Earlier version"),
            "subtitle": str(row),
            "record": record,
            "is_latest": record.pk == latest.pk,
            "changes": changed_fields(request, record, latest, hidden),
            "seen_version": self.version_of(row),
            "form_token": new_token(),
            "form": form,
        }
        return TemplateResponse(request, "admin/row_version.html", context)

    def restore_version(self, request, row, record):
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        form_class = self.get_form(request, row, change=True)
        form = form_class(self.version_data(request, form_class, row, record), instance=row)
        if not form.is_valid():
            return self.render_version(request, row, record, form)
        self.save_model(request, self.save_form(request, form, change=True), form, change=True)
        form.save_m2m()
        self.message_user(request, _("The earlier version has been brought back."), "success")
        return HttpResponseRedirect(self.history_context(request, row)["change_url"])

    def version_data(self, request, form_class, row, record):
        """The old version as POST data of the row's form."""
        names = [name for name in form_class.base_fields if name not in CONTROLS]
        data = model_to_dict(row, names)
        kept = set(self.not_restored)
        data |= model_to_dict(record.instance, [n for n in names if n not in kept])
        for field in self.opts.many_to_many:
            if field.name in names and hasattr(record, field.name):
                related = getattr(record, field.name).values_list(field.m2m_reverse_field_name())
                data[field.name] = [pk for (pk,) in related]
        data[SEEN_VERSION] = request.POST.get(SEEN_VERSION, "")
        day = date_format(record.history_date, "DATETIME_FORMAT")
        data[REASON] = _("Back to the version of %(day)s") % {"day": day}
        return data
