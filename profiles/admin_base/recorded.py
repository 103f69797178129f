"""Every write of the admin is one change set."""

from contextlib import contextmanager

from django.contrib import admin
from django.utils.text import capfirst

from ..changes import recording
from ..models import ChangeSet


class RecordedAdmin(admin.ModelAdmin):
    """Runs what a POST does (add, change, delete, actions) inside `profiles.changes.recording`."""

    @contextmanager
    def recorded(self, request):
        if request.method != "POST":
            yield
            return
        with recording(request.user, ChangeSet.Kind.ADMIN) as session:
            request.recording = session
            yield

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with self.recorded(request):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        with self.recorded(request):
            return super().delete_view(request, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        with self.recorded(request):
            return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def delete_queryset(self, request, queryset):
        """Delete row by row: `QuerySet.delete` would write no history for some of the rows."""
        for row in queryset:
            row.delete()
