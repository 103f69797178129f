"""Every write of the admin is one change set."""

from contextlib import contextmanager

from django.contrib import admin, messages
from django.utils.text import capfirst

from ..changes import recording
from ..models import ChangeSet
from ..printing import explain_missing, unprintable_in

MOST_WARNINGS = 5
"""So many texts that the PDF cannot print in full are named after a save."""


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
        self.tell_unprintable(request, session.written)

    def tell_unprintable(self, request, rows):
        """Warn of what the PDF cannot print in the texts that were saved."""
        found = [text for row in dict.fromkeys(rows) for text in unprintable_in(row)]
        for text in found[:MOST_WARNINGS]:
            explanation = explain_missing(text.characters)
            messages.warning(request, f"{capfirst(text.field)}: {explanation}")

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
