"""The versions of cities, for platform staff: to read, to withdraw and give back, to redact."""

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.typed import shown_again, shows_typed, unsaved_reason
from catalogue.admin_search import FoldedSearch
from profiles.access import is_platform_staff
from profiles.models import Publication, PublicCity

from . import record as records
from .redaction import redact, redactions_of
from .version_forms import RedactionForm, ReinstatementForm, WithdrawalForm
from .versions import (
    reinstate_version,
    why_not_reinstated,
    why_not_withdrawn,
    withdraw_version,
)


@admin.register(Publication)
class PublicationAdmin(FoldedSearch):
    """Publications are made by publishing alone: nobody adds, changes or deletes one here."""

    list_display = (
        "version",
        "city_name",
        "published_at",
        "published_by",
        "kind",
        "note",
        "standing",
    )
    list_display_links = ("version",)
    list_filter = ("kind",)
    list_per_page = 50
    search_fields = ("city__search_text",)
    show_full_result_count = False
    ordering = ("-published_at", "-pk")
    actions = None
    change_form_template = "admin/publishing/version.html"
    fields = (
        *("city_name", "version", "published_at", "published_by", "kind", "note", "standing"),
        *("sha256", "withdrawn_at", "withdrawn_by", "withdrawal_note"),
        *("reinstated_at", "reinstated_by", "redacted", "acts"),
    )

    def get_urls(self):
        view = self.admin_site.admin_view
        one = "<int:object_id>/"
        name = "profiles_publication"
        return [
            path(f"{one}withdraw/", view(self.withdraw_view), name=f"{name}_withdraw"),
            path(f"{one}reinstate/", view(self.reinstate_view), name=f"{name}_reinstate"),
            path(f"{one}redact/", view(self.redact_view), name=f"{name}_redact"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        current = PublicCity.objects.filter(publication=OuterRef("pk"))
        rows = super().get_queryset(request).listed().annotate(is_current=Exists(current))
        return rows.select_related("published_by", "withdrawn_by", "reinstated_by")

    def get_fields(self, request, obj=None):
        """Without what nobody has done with this version."""
        found = []
        for name in self.fields:
            value = getattr(obj, name) if hasattr(obj, name) else getattr(self, name)(obj)
            if value:
                found.append(name)
        return found

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Versions of cities"), **(extra_context or {})}
        return super().changelist_view(request, context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {"title": _("A version"), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("city"), ordering="name")
    def city_name(self, publication):
        return publication.name

    @admin.display(description=gettext_lazy("version"), ordering="number")
    def version(self, publication):
        return publication.number

    @admin.display(description=gettext_lazy("state"))
    def standing(self, publication):
        if publication.withdrawn_at:
            return _("withdrawn")
        if not publication.is_kept:
            return _("removed")
        return _("current") if publication.is_current else _("earlier")

    @admin.display(description=gettext_lazy("redacted"))
    def redacted(self, publication):
        """What was taken out of this version, by whom and why, with its hash before."""
        lines = [
            (one.path, date_format(one.redacted_at), one.redacted_by or "–", one.reason, before)
            for one, before in redactions_of(publication)
        ]
        return format_html_join("\n", "<p>{} · {} · {} · {}<br><code>{}</code></p>", lines)

    @admin.display(description=gettext_lazy("what was done with it"))
    def acts(self, publication):
        """Who of the platform has withdrawn, given back or redacted it, when and why."""
        written = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Publication), object_id=publication.pk
        )
        lines = [
            (date_format(one.action_time, "DATETIME_FORMAT"), one.user, one.get_change_message())
            for one in written.select_related("user")
        ]
        return format_html_join("\n", "<p>{} UTC · {} · {}</p>", lines)

    def history_view(self, request, object_id, extra_context=None):
        """The page itself, which tells what was done."""
        return self.change_view(request, object_id, extra_context=extra_context)

    # Withdrawing, giving back and redacting

    def version_of(self, request, object_id):
        if not is_platform_staff(request.user):
            raise PermissionDenied
        publication = self.get_object(request, str(object_id))
        if publication is None:
            raise Http404
        return publication

    @shows_typed
    def withdraw_view(self, request, object_id):
        publication = self.version_of(request, object_id)
        form = shown_again(WithdrawalForm, request)(posted(request), label_suffix="")

        def save():
            note = form.cleaned_data["withdrawal_note"]
            withdraw_version(publication, by=request.user, note=note)
            return _("Version %(number)d is withdrawn.") % {"number": publication.number}, note

        return self.answer(
            request,
            publication,
            form,
            save,
            refusal=why_not_withdrawn(publication),
            title=_("Withdraw version %(number)d") % {"number": publication.number},
            words=[
                _(
                    "Its addresses then say that it was withdrawn, and why. It stays in the list "
                    "of versions. You can give it back later."
                )
            ],
            button=_("Withdraw"),
        )

    @shows_typed
    def reinstate_view(self, request, object_id):
        publication = self.version_of(request, object_id)
        form = shown_again(ReinstatementForm, request)(posted(request), label_suffix="")

        def save():
            reinstate_version(publication, by=request.user)
            words = _("Everybody can read version %(number)d again.")
            return words % {"number": publication.number}, form.cleaned_data["reason"]

        return self.answer(
            request,
            publication,
            form,
            save,
            refusal=why_not_reinstated(publication),
            title=_("Give version %(number)d back") % {"number": publication.number},
            words=[
                _("Everybody can read it again at its addresses, as it was published."),
                _("What was redacted meanwhile stays out of it."),
            ],
            button=_("Give it back"),
        )

    @shows_typed
    def redact_view(self, request, object_id):
        publication = self.version_of(request, object_id)
        try:
            record = records.read(publication.record)
        except records.UnreadableRecord as error:
            self.message_user(
                request,
                _("This version cannot be read: %(error)s") % {"error": error},
                messages.ERROR,
            )
            return redirect("admin:profiles_publication_change", publication.pk)
        form = shown_again(RedactionForm, request)(
            posted(request), record=record, asked=request.GET, label_suffix=""
        )

        def save():
            redaction = redact(publication.city_id, **form.cleaned_data, by=request.user)
            numbers = ", ".join(sorted(redaction.former_hashes, key=int))
            told = _("Taken out of these versions: %(numbers)s.") % {"numbers": numbers}
            return told, f"{redaction.path}. {redaction.reason}"

        return self.answer(
            request,
            publication,
            form,
            save,
            title=_("Redact a part of the profile"),
            words=[
                _(
                    "It goes from all versions of this city, and from what they say in public. The "
                    "rows of the city stay as they are, with their history: its people change them."
                ),
                _(
                    "A resource of the hub, and its file, stays public by itself: withdraw it on "
                    "its own page."
                ),
            ],
            button=_("Take it out"),
        )

    def answer(self, request, publication, form, save, refusal="", **shown):
        """The page of `form`; once that is valid, of the version that `save` has changed.

        `save` returns what it has done, and why: the history of the version tells both. The page
        says `refusal` instead of the form, unless somebody has typed into that.
        """
        if request.method == "POST" and form.is_valid() and not unsaved_reason(request):
            try:
                message, reason = save()
            except ValidationError as error:
                form.add_error(None, error)
            else:
                self.log_change(request, publication, f"{message} {reason}")
                self.message_user(request, message, messages.SUCCESS)
                return redirect("admin:profiles_publication_change", publication.pk)
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            **shown,
            "subtitle": publication.name,
            "publication": publication,
            "form": form,
            "refusal": "" if form.is_bound else refusal,
        }
        return TemplateResponse(request, "admin/publishing/version_form.html", context)


def posted(request):
    return request.POST if request.method == "POST" else None
