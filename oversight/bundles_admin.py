"""ZIPs with files of cities: which files, how far it is, and the ZIP itself. For platform staff."""

from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.admin.downloads import download
from exchange.admin.job_page import LOOK_AGAIN
from exchange.jobs.states import NO_ROOM
from exchange.models import Worker
from profiles.access import is_platform_staff
from profiles.outages import is_disk_full
from profiles.people import display_name

from . import tasks
from .bundles import KEPT, begin, discard, size_of
from .forms import BundleForm
from .models import FileBundle
from .overseers_admin import ForOverseers

LIST = "oversight_filebundle_changelist"
MOST_NAMED = 200


@admin.register(FileBundle)
class FileBundleAdmin(ForOverseers):
    actions = None

    def get_urls(self):
        view, one, name = self.admin_site.admin_view, "<int:object_id>/", "oversight_filebundle"
        return [
            path("", view(self.changelist_view), name=LIST),
            path(one, view(self.bundle_view), name=f"{name}_change"),
            path(f"{one}files.zip", view(self.file_view), name=f"{name}_file"),
        ]

    def has_module_permission(self, request):
        return is_platform_staff(request.user)

    def has_view_permission(self, request, obj=None):
        return is_platform_staff(request.user)

    def find(self, request, object_id):
        if not is_platform_staff(request.user):
            raise Http404
        return super().find(request, object_id)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("made_by")

    # The list

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Files of cities (ZIP)"), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_sortable_by(self, request):
        return ()

    def get_list_display_links(self, request, list_display):
        return None

    def get_list_display(self, request):
        @admin.display(description=_("made by"))
        def maker(bundle):
            return display_name(bundle.made_by, request.user)

        return (self.name, maker, "made_at", "state", self.count)

    @admin.display(description=gettext_lazy("ZIP"))
    def name(self, bundle):
        return format_html('<a href="{}">{}</a>', bundle.get_absolute_url(), bundle)

    @admin.display(description=gettext_lazy("files"))
    def count(self, bundle):
        """How many there are so far."""
        return intcomma(bundle.done - len(bundle.missing)) if bundle.total else ""

    # One ZIP

    def bundle_view(self, request, object_id):
        """The form of a draft; how far one is that is being made; the ZIP once it is ready."""
        bundle = self.find(request, object_id)
        is_post = request.method == "POST"
        if is_post and "_discard" in request.POST:
            discard(bundle)
            if bundle.state != FileBundle.State.DRAFT:
                messages.success(request, _("The ZIP is deleted."))
            return redirect("admin:oversight_overseencity_changelist")
        form = BundleForm(
            request.POST if is_post else None, initial={"forms": bundle.forms or ["pdf"]}
        )
        if form.is_valid():
            self.begin(request, bundle, form.cleaned_data["forms"])
            return redirect(bundle)
        is_live = bundle.is_running and "still" not in request.GET
        response = self.page(request, bundle, form, is_live)
        if is_live:
            response["Refresh"] = str(LOOK_AGAIN)
        return response

    def begin(self, request, bundle, forms):
        try:
            began = begin(bundle, forms, tasks.make_bundle.enqueue)
        except OSError as error:
            if not is_disk_full(error):
                raise
            messages.error(request, str(NO_ROOM))
        else:
            if not began:
                messages.warning(request, _("It has been begun already."))

    def page(self, request, bundle, form, is_live):
        size = size_of(bundle) if bundle.state == FileBundle.State.READY else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Files of cities as one ZIP"),
            "bundle": bundle,
            "form": form,
            "cities": bundle.cities.count(),
            "unpublished": unpublished(bundle),
            "missing": bundle.missing[:MOST_NAMED],
            "left_out": len(bundle.missing[MOST_NAMED:]),
            "there": bundle.done - len(bundle.missing),
            "size": filesizeformat(size) if size else "",
            "kept_until": bundle.made_at + KEPT,
            # For the part that the page of an import has as well.
            "job": bundle,
            "is_live": is_live,
            "is_staff": is_platform_staff(request.user),
            "lacks_worker": bundle.is_waiting and not Worker.is_any_alive(),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/oversight/bundle.html", context)

    def file_view(self, request, object_id):
        bundle = self.find(request, object_id)
        if bundle.state != FileBundle.State.READY:
            raise Http404
        try:
            name = _("Files of cities %(day)s") % {"day": bundle.made_at.date().isoformat()}
            return download(bundle.file.open(), f"{name}.zip")
        except FileNotFoundError as error:
            raise Http404 from error


def unpublished(bundle):
    """The names of the first chosen cities of which nothing is public."""
    cities = bundle.cities.filter(public_city__publication=None).order_by("name", "pk")
    return list(cities.values_list("name", flat=True)[:MOST_NAMED])
