"""Every write of the admin is one change set."""

from contextlib import contextmanager
from functools import partial

from django.contrib import admin, messages
from django.db import transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils.text import capfirst

from ..changes import recording
from ..models import ChangeSet
from ..printing import explain_missing, unprintable_in
from .once import new_token, once, posted_token

saved_in_admin = Signal()
"""Sent after a POST of the admin has changed cities: it is committed, and what goes live at once is
published already. Arguments: request, city_ids (sorted), models (those with rows written)."""

MOST_WARNINGS = 5
"""So many texts that the PDF cannot print in full are named after a save."""


class RecordedAdmin(admin.ModelAdmin):
    """Runs what a POST does (add, change, delete, actions) inside `profiles.changes.recording`."""

    @contextmanager
    def recorded(self, request):
        if request.method != "POST":
            yield
            return
        form = {"form_token": posted_token(request)}
        form["form_digest"] = getattr(request, "form_digest", "")
        with recording(request.user, ChangeSet.Kind.ADMIN, **form) as session:
            request.recording = session
            yield
        self.tell_unprintable(request, session.written)
        if session.city_ids:
            told = {"request": request, "city_ids": sorted(session.city_ids)}
            told["models"] = {*session.touched}
            transaction.on_commit(partial(saved_in_admin.send_robust, type(self), **told))

    def tell_unprintable(self, request, rows):
        """Warn of what the PDF cannot print in the texts that were saved."""
        found = [text for row in dict.fromkeys(rows) for text in unprintable_in(row)]
        for text in found[:MOST_WARNINGS]:
            explanation = explain_missing(text.characters)
            messages.warning(request, f"{capfirst(text.field)}: {explanation}")

    @once
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with self.recorded(request):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["form_token"] = posted_token(request) or new_token()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def saved_page(self, request, change_set):
        """The address to go to after a form that `change_set` has saved already."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_"
        match = request.resolver_match
        if match.view_name == f"{name}delete":
            return reverse(f"{name}changelist")
        if match.view_name == f"{name}version":
            return reverse(f"{name}change", args=[match.kwargs["object_id"]])
        if match.view_name != f"{name}add":
            return request.path
        added = self.model.history.filter(change_set=change_set, history_type="+")
        row = self.model._default_manager.filter(pk__in=added.values("id")).first()
        return reverse(f"{name}change", args=[row.pk]) if row else reverse(f"{name}changelist")

    @once
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
