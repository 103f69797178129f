"""Mails to cities: writing one, looking at who would get it, sending it, and what was sent."""

import hashlib

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.typed import shown_again, shows_typed
from profiles.access import is_platform_staff
from profiles.people import display_name

from .forms import MailingForm
from .mailings import audience_of, fill, send
from .models import Mailing
from .overseers_admin import ForOverseers

LIST = "oversight_mailing_changelist"
CHANGE = "admin:oversight_mailing_change"
MOST_NAMED = 200


def digest(mailing, audience):
    """Names what a page has shown: the words, and who would get them."""
    shown = [mailing.subject, mailing.text]
    shown += [f"{one.city.pk} {one.user.pk}" for one in audience.recipients]
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()


@admin.register(Mailing)
class MailingAdmin(ForOverseers):
    """Platform staff see all, others what they have written themselves."""

    actions = None
    search_fields = ("subject",)

    def get_urls(self):
        view, one, name = self.admin_site.admin_view, "<int:object_id>/", "oversight_mailing"
        return [
            path("", view(self.changelist_view), name=LIST),
            path(one, view(self.write_view), name=f"{name}_change"),
            path(f"{one}send/", view(self.send_view), name=f"{name}_send"),
        ]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("written_by")
        return rows if is_platform_staff(request.user) else rows.filter(written_by=request.user)

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Mails to cities"), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_list_display_links(self, request, list_display):
        return None

    def get_list_display(self, request):
        @admin.display(description=_("written by"))
        def writer(mailing):
            return display_name(mailing.written_by, request.user)

        return (self.name, writer, "written_at", self.sent)

    @admin.display(description=gettext_lazy("subject"), ordering="subject")
    def name(self, mailing):
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a>', reverse(CHANGE, args=[mailing.pk]), mailing
        )

    @admin.display(description=gettext_lazy("sent at"), ordering="sent_at")
    def sent(self, mailing):
        return date_format(mailing.sent_at, "DATETIME_FORMAT") if mailing.sent_at else _("draft")

    @shows_typed
    def write_view(self, request, object_id):
        """The form of a draft; of what was sent, the text and who got it."""
        mailing = self.find(request, object_id)
        if mailing.sent_at:
            return self.sent_page(request, mailing)
        if request.method == "POST" and "_discard" in request.POST:
            mailing.delete()
            messages.success(request, _("The draft is deleted."))
            return redirect("admin:oversight_overseencity_changelist")
        data = request.POST if request.method == "POST" else None
        form = shown_again(MailingForm, request)(data, instance=mailing)
        if form.is_valid():
            form.save()
            return redirect("admin:oversight_mailing_send", mailing.pk)
        audience = audience_of(self.find(request, object_id), request.user)
        context = {"title": _("Write to cities"), "form": form, "audience": audience}
        return self.page(request, "write", mailing, context)

    def send_view(self, request, object_id):
        """Shows the mail as it would be, and who would get it; a POST sends what was shown."""
        mailing = self.find(request, object_id)
        if mailing.sent_at or not (mailing.subject and mailing.text):
            return redirect(CHANGE, mailing.pk)
        audience = audience_of(mailing, request.user)
        seen = digest(mailing, audience)
        if request.method == "POST" and request.POST.get("seen") == seen:
            return self.send(request, mailing, audience.recipients)
        context = {
            "title": _("Look at it before it is sent"),
            "audience": audience,
            "named": audience.recipients[:MOST_NAMED],
            "left_out": len(audience.recipients[MOST_NAMED:]),
            "seen": seen,
            "is_overtaken": request.method == "POST",
        }
        if audience.recipients:
            first = audience.recipients[0]
            context["example"] = first
            context["subject"] = fill(mailing.subject, first.city, first.user)
            context["text"] = fill(mailing.text, first.city, first.user)
        return self.page(request, "preview", mailing, context)

    def send(self, request, mailing, recipients):
        if send(mailing, request.user, recipients):
            count = len(recipients)
            words = ngettext("%(number)d mail is sent.", "%(number)d mails are sent.", count)
            messages.success(request, words % {"number": count})
        else:
            words = _("Nothing is sent now: somebody has sent or changed this mail meanwhile.")
            messages.warning(request, words)
        return redirect(CHANGE, mailing.pk)

    def sent_page(self, request, mailing):
        rows = mailing.recipients.select_related("city", "user").order_by("city__name", "pk")
        context = {
            "title": _("A mail to cities"),
            "rows": rows[:MOST_NAMED],
            "count": rows.count(),
            "writer": display_name(mailing.written_by, request.user),
        }
        return self.page(request, "sent", mailing, context)

    def page(self, request, name, mailing, context):
        request.current_app = self.admin_site.name
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "mailing": mailing,
        }
        return TemplateResponse(request, f"admin/oversight/{name}.html", {**shared, **context})
