"""The admin of rows that belong to a city."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from catalogue.admin_search import FoldedSearch

from ..changes import lock
from ..models import ChangeSet, City, PublicCity
from ..number_fields import notes_of
from ..people import display_name
from ..printing import unprintable_in
from .comments import DONE, find_comments, mark_ticked, place_beside
from .conflicts import changes_since, version_of
from .forms import CONTROLS, REASON, SEEN_VERSION, CityRowForm
from .history import DERIVED_FIELDS
from .history_pages import HistoryPages
from .once import FORM_TOKEN, new_token
from .recorded import RecordedAdmin
from .row_list import CappedPaginator, RowList
from .scope import ScopedAdmin, may_edit_city

IN_EVERY_POST = {"csrfmiddlewaretoken", "post", DONE, FORM_TOKEN, *CONTROLS}
NO_TEXT = ("_FORMS", "-sent")
"""Endings of the names of inputs that nobody fills in: of formsets, and of files that are kept."""
LONGEST_REASON = ChangeSet._meta.get_field("reason").max_length


class CityRowAdmin(HistoryPages, RecordedAdmin, FoldedSearch, ScopedAdmin):
    """The admin of rows of a city: scoped to the user's cities, recorded, with history pages, and
    with a warning instead of a save where somebody else has changed the row meanwhile.
    """

    form = CityRowForm
    actions = ("export_chosen",)
    change_list_template = "admin/city_row_list.html"
    change_form_template = "admin/city_row_form.html"
    delete_confirmation_template = "admin/city_row_delete.html"
    show_full_result_count = False
    paginator = CappedPaginator

    def get_changelist(self, request, **kwargs):
        return RowList

    # A trail is a queryset of history records. A row's trails: its own history first, then that of
    # the rows that are edited together with it.

    def trails(self, row):
        return [self.trail(self.model, pk=row.pk)]

    def trail(self, model, pk):
        return model.history.filter(id=pk).select_related("change_set__user")

    def trail_label(self, record):
        """The name of the row that `record` is of, if that is a row edited with this one."""
        return ""

    def version_of(self, row):
        return version_of(self.trails(row))

    def hidden_in_history(self, request, row):
        """Fields of which `request.user` sees no history."""
        return DERIVED_FIELDS

    def changelist_view(self, request, extra_context=None):
        context = {**self.deleted_link(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    # Reading and writing one row

    def get_object(self, request, object_id, from_field=None):
        """The row; for a POST it is read again after its city has been locked."""
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

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change:
            context.update(self.page_links(obj), title=self.title_of(obj))
        if change and request.method == "GET":
            context["unprintable"] = list(self.unprintable_texts(obj))
        if change and (path := self.comment_path(obj)) is not None:
            context["comments"] = self.show_comments(request, context, obj, path)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def title_of(self, row):
        """The title of the page of a row, whose name stands beside it."""
        return capfirst(self.opts.verbose_name)

    def comment_path(self, row):
        """The path of `row` in the record of its city; None if it has none.

        Comments of reviewers name fields by such paths (`publishing.differences`).
        """

    def commented_fields(self, row, context):
        """The rest of the path of a field, after that of the row → the form field."""
        return context["adminform"].form.fields

    def listed_comments(self, found, left):
        """Of the comments `found` for a form, those that stand on top: what has no field here."""
        return left

    def show_comments(self, request, context, row, path):
        """Put the comments of reviewers beside their fields; returns those for the top."""
        found = left = find_comments(request, row.owning_city, path)
        if found and self.has_change_permission(request, row):
            left = place_beside(found, path, self.commented_fields(row, context))
        return self.listed_comments(found, left)

    def unprintable_texts(self, row):
        """What the page of `row` says that the PDF cannot print in full."""
        return unprintable_in(row)

    def view_on_site(self, obj):
        return obj.owning_city.get_absolute_url() if obj.owning_city else None

    def page_links(self, row):
        """Of a row that stands on the page of its city: whether that is public, and the address of
        the preview where this shows something else."""
        city, url = row.owning_city, self.view_on_site(row)
        own = city and city.get_absolute_url()
        if not url or not own or not url.startswith(own):
            return {"has_public_page": True}
        public = PublicCity.objects.public().filter(pk=city.pk)
        seen = public.values_list("seen_content_version", flat=True).first()
        preview = reverse("website:preview", args=[city.slug]) + url.removeprefix(own)
        is_same = seen == city.content_version
        return {"has_public_page": seen is not None, "preview_url": "" if is_same else preview}

    def save_model(self, request, obj, form, change):
        request.recording.reason = form.cleaned_data.get(REASON, "")
        if not change or form.changed_content:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if city := form.instance.owning_city:
            mark_ticked(request, city)
        for one in (form, *(one for formset in formsets for one in formset.forms)):
            for label, note in notes_of(one):
                self.message_user(request, f"{capfirst(label)}: {note}", messages.INFO)

    @admin.action(description=gettext_lazy("Export the chosen rows"), permissions=["change"])
    def export_chosen(self, request, queryset):
        """Redirect to the export page with the ids of the rows, or with the filter for all rows."""
        query = {"model": self.opts.label_lower}
        if request.POST.get("select_across") == "1":
            query["filter"] = request.GET.urlencode()
        else:
            query["ids"] = ",".join(str(row.pk) for row in queryset)
        return redirect(f"{reverse('admin:exchange_job_export')}?{urlencode(query)}")

    # Django's own log entries are not written: change sets and history hold all of that.

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
        """Shows the confirmation page again if the row has changed since it was opened."""
        row = self.get_object(request, unquote(object_id))
        context = {
            **(extra_context or {}),
            "seen_version": self.version_of(row),
            "form_token": new_token(),
            "not_kept": self.not_kept,
        }
        if request.method == "POST":
            reason = request.POST.get(REASON, "").replace("\0", "")
            request.recording.reason = reason[:LONGEST_REASON]
            seen = request.POST.get(SEEN_VERSION, "")
            context["conflict"] = changes_since(self, request, row, seen)
            if context["conflict"] != []:
                # Django asks for confirmation when POST is empty.
                request.POST = request.POST.copy()
                request.POST.clear()
        return super()._delete_view(request, object_id, context)

    def deleted_meanwhile(self, request, object_id):
        """A page (410) that says who deleted a row of the user's city and repeats what was typed.

        Any other row that does not exist is a 404.
        """
        record = self._deletion(object_id)
        if record is None or not may_edit_city(request, self.city_id_of(record)):
            raise Http404
        typed = [
            (name.replace("_", " ").replace("-", " "), value)
            for name, value in request.POST.items()
            if value.strip() and name not in IN_EVERY_POST and not name.endswith(NO_TEXT)
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "record": record,
            "who": display_name(record.change_set.user, request.user),
            "typed": typed,
        }
        if self.may_bring_back(request):
            context["bring_back_url"] = self.address("bring_back", record.id)
        return render(request, "admin/deleted_meanwhile.html", context, status=410)

    def city_id_of(self, record):
        return record.id if self.model is City else record.city_id

    def _deletion(self, object_id):
        key = unquote(object_id or "")
        if not key.isdecimal():
            return None
        trail = self.model.history.filter(id=key[:18], history_type="-")
        return trail.select_related("change_set__user").order_by("history_id").last()
