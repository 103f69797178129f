"""The import workspace: Django's list of jobs, and pages of our own instead of its forms."""

from functools import partial, wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.typed import shown_again, shows_typed
from catalogue.admin_search import FoldedSearch
from hub.kept_files import add_kept, forget
from intake.refusals import UnreadableFiles
from profiles.access import is_platform_staff
from profiles.people import display_name

from .. import jobs
from ..jobs.obstacles import find_obstacles
from ..jobs.part import counts_of, part_of, taken_back
from ..mapping import sent as lists
from ..models import Job
from ..reading import UnreadableWorkbook
from ..sheets import sheet_classes
from .downloaded import DownloadedPages
from .downloads import download
from .export import ExportPages, single_city
from .forms import UploadForm
from .job_page import LOOK_AGAIN, context_of, figures, new_and_changed, state_words, written_sheets
from .list_links import list_links, sheet_of_list
from .mapping import MappedFileAdmin, MappingAdmin
from .obstacle_lines import obstacle_lines, stayed_lines, staying_lines

__all__ = ["JobAdmin", "MappedFileAdmin", "MappingAdmin"]

MOST_CITIES = 20
"""Cities that the page of an import links to."""


def who(change_set, request):
    return display_name(change_set.user, request.user) if change_set else ""


@admin.register(Job)
class JobAdmin(ExportPages, DownloadedPages, FoldedSearch):
    """For everybody who edits a city; `Job.objects.visible_to` says which imports they see."""

    list_filter = ("state",)
    list_per_page = 50
    search_fields = ("file_name",)
    show_full_result_count = False
    actions = None

    def get_urls(self):
        def address(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"exchange_job_{name}")

        read, write = ("GET", "HEAD"), ("POST",)
        return [
            address("", self.changelist_view, "changelist"),
            address("add/", self.for_editors(self.upload_view), "add"),
            address("profiles/", self.for_editors(self.profiles_view), "profiles"),
            address(
                "profiles/workbook/",
                self.for_editors(self.profiles_workbook_view),
                "profiles_workbook",
            ),
            address("guide/", self.for_editors(self.guide_view), "guide"),
            address("template/", self.for_editors(self.template_view), "template"),
            address("export/", self.for_editors(self.export_view), "export"),
            address("<int:object_id>/", self.of_job(self.job_view, read), "change"),
            address("<int:object_id>/check/", self.of_job(self.check_view, write), "check"),
            address("<int:object_id>/map/", self.of_job(self.map_view, write), "map"),
            address("<int:object_id>/apply/", self.of_job(self.apply_view, write), "apply"),
            address("<int:object_id>/undo/", self.of_job(self.undo_view, read + write), "undo"),
            address("<int:object_id>/cancel/", self.of_job(self.cancel_view, write), "cancel"),
            address("<int:object_id>/file/", self.of_job(self.file_view, read), "file"),
            address("<int:object_id>/files/", self.of_job(self.enclosed_view, read), "files"),
            address("<int:object_id>/marked/", self.of_job(self.marked_view, read), "marked"),
        ]

    # Who may come in, and to what

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        """The rows of the list, without the large fields that only the page of a job needs."""
        rows = super().get_queryset(request).visible_to(request.user)
        return rows.select_related("user").defer("preview", "versions")

    def for_editors(self, view):
        """`view` for people who may edit a city; all others are refused."""

        @wraps(view)
        def checked(request, **gaps):
            if not self.has_add_permission(request):
                raise PermissionDenied
            return view(request, **gaps)

        return checked

    def of_job(self, view, methods):
        """`view` of a job that the user may see; any other job is 404, whatever the method."""

        @wraps(view)
        def found(request, object_id):
            rows = Job.objects.visible_to(request.user)
            rows = rows.select_related("user", "change_set__user", "undo_change_set__user")
            job = get_object_or_404(rows, pk=object_id)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, job)

        return self.for_editors(found)

    # The list

    def get_list_filter(self, request):
        return self.list_filter if is_platform_staff(request.user) else ()

    def get_list_display(self, request):
        @admin.display(description=_("sent by"), ordering="user__full_name")
        def sender(job):
            return display_name(job.user, request.user)

        return (self.name, self.state, self.rows, sender, "created_at")

    @admin.display(description=gettext_lazy("file"), ordering="file_name")
    def name(self, job):
        return format_html("<bdi>{}</bdi>", job.file_name)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state(self, job):
        return state_words(job)

    @admin.display(description=gettext_lazy("rows"))
    def rows(self, job):
        return figures(job.totals)

    def changelist_view(self, request, extra_context=None):
        cities = self.own_cities(request)
        context = {
            "title": _("Import and export"),
            "own_city": single_city(cities),
            "has_cities": cities.exists(),
            "is_staff": is_platform_staff(request.user),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    # Sending a file

    @shows_typed
    def upload_view(self, request):
        names = [sheet.sheet_name for sheet in sheet_classes(request.user)]
        sheet = self.asked_sheet(request, names)
        posted = {}
        if request.method == "POST":
            gone = add_kept(request.user, request.POST, request.FILES, UploadForm.FILES)
            posted = {"data": request.POST, "files": request.FILES, "gone": gone}
        form = shown_again(UploadForm, request)(
            **posted, initial={"sheet": sheet}, sheet_names=names
        )
        if form.is_valid() and (received := self.receive(request, form)):
            forget(form.files)
            return redirect(received)
        if form.is_bound:
            form.keep_files(request.user)
        title = _("Import: %(sheet)s") % {"sheet": sheet} if sheet else _("Import a file")
        context = {"title": title, "form": form}
        return self.page(request, "upload", context)

    def asked_sheet(self, request, names):
        """The sheet that the address names, or that of the admin list that it names."""
        asked = request.GET.get("sheet") or sheet_of_list(request.GET.get("model", ""))
        return asked if asked in names else ""

    def receive(self, request, form):
        """The new job, or the list of another form that was sent instead of a workbook of ours.

        None, and an error in the form, if the file cannot be read.
        """
        user, file = request.user, form.cleaned_data["file"]
        try:
            if "_list" in request.POST:
                return lists.receive(user, file)
            return self.receive_workbook(user, form.cleaned_data)
        except lists.OtherForm:
            return lists.receive(user, file)
        except UnreadableFiles as error:
            form.add_error("enclosed", str(error))
        except UnreadableWorkbook as error:
            if mapped := lists.receive_other_form(user, file):
                return mapped
            form.add_error("file", str(error))
        except jobs.NotNow as error:
            form.add_error("file", str(error))
        return None

    def receive_workbook(self, user, sent):
        return jobs.receive(
            user,
            sent["file"],
            sheet=sent["sheet"],
            clears=sent["clears"],
            leaves_out_hidden=sent["leaves_out_hidden"],
            enclosed=sent["enclosed"],
            accept=lists.refuse_other_form,
        )

    # The page of a job

    def job_view(self, request, job):
        is_live = job.is_running and "still" not in request.GET
        cities = list(job.cities.order_by("name", "pk")[: MOST_CITIES + 1])
        context = {
            **context_of(job),
            "title": _("Import %(number)d") % {"number": job.pk},
            "sender": display_name(job.user, request.user),
            "writer": who(job.change_set, request),
            "undoer": who(job.undo_change_set, request),
            "is_live": is_live,
            "is_staff": is_platform_staff(request.user),
            "cities": cities[:MOST_CITIES],
            "has_more_cities": len(cities) > MOST_CITIES,
            "lists": list_links(self.admin_site, request, written_sheets(job)),
        }
        if job.state == Job.State.UNDONE and job.undoes_part:
            context["taken"] = taken_back(job)
            context["staying"] = stayed_lines(self.admin_site, request, job)
        response = self.page(request, "job", context)
        if is_live:
            response["Refresh"] = str(LOOK_AGAIN)
        return response

    def undo_view(self, request, job):
        if request.method == "POST":
            is_part = request.POST.get("part") == "yes"
            return self.perform(request, job, partial(jobs.undo, part=is_part))
        if job.state != Job.State.APPLIED and not (job.is_silent and job.state == "undoing"):
            return redirect(job)
        obstacles = find_obstacles(job, request.user)
        part = part_of(job) if obstacles.rows else None
        has_part = bool(part and part.by_model)
        context = {
            "title": undo_title(obstacles, has_part),
            "job": job,
            "obstacles": obstacles,
            "in_the_way": obstacle_lines(self.admin_site, request, obstacles),
            "unnamed": obstacles.count - len(obstacles.rows),
            **(self.part_context(request, part) if has_part else {}),
            "written": new_and_changed(job.totals),
            "sheets": [
                (name, counts)
                for name, counts in job.counts.items()
                if counts.get("new") or counts.get("changed")
            ],
        }
        return self.page(request, "undo", context)

    def part_context(self, request, part):
        staying = staying_lines(self.admin_site, request, part)
        more = len(part.kept) - len(staying)
        return {"taken": counts_of(part), "staying": staying, "more_staying": more}

    # What can be done with a job: `exchange.jobs` says whether it may be done now

    def check_view(self, request, job):
        chosen = request.POST.get("leaves_out_hidden")
        choices = {"leaves_out_hidden": chosen == "yes"} if chosen in ("yes", "no") else {}
        return self.perform(request, job, partial(jobs.check_again, **choices))

    def map_view(self, request, job):
        """Take the file of a check that was refused as a list of another form."""
        if job.state != Job.State.WRONG:
            return redirect(job)
        begun = lists.newest_alike(request.user, job.sha256)
        if begun and begun.has_file:
            return redirect(begun)
        try:
            with job.file.open() as file:
                return redirect(lists.receive(request.user, File(file, job.file_name)))
        except FileNotFoundError:
            messages.warning(request, _("The stored file is gone: send it again."))
            return redirect(job)

    def cancel_view(self, request, job):
        return self.perform(request, job, jobs.cancel)

    def apply_view(self, request, job):
        """Confirms the check that the user has seen, not a later one."""
        if job.state == Job.State.READY and request.POST.get("run") != str(job.run):
            messages.warning(
                request, _("The file was checked again meanwhile: look at it before you write it.")
            )
            return redirect(job)
        return self.perform(request, job, jobs.confirm)

    def perform(self, request, job, act):
        try:
            act(job, request.user)
        except jobs.NotNow as error:
            messages.warning(request, str(error))
        return redirect(job)

    # Its files

    def file_view(self, request, job):
        return self.send_stored(job.file, job.file_name)

    def enclosed_view(self, request, job):
        return self.send_stored(job.enclosed, job.enclosed_name)

    def marked_view(self, request, job):
        stem = job.file_name.rpartition(".")[0] or job.file_name
        return self.send_stored(job.marked_file, _("%(name)s, to mend") % {"name": stem} + ".xlsx")

    def send_stored(self, file, name):
        if not file:
            raise Http404
        try:
            return download(file.open(), name)
        except FileNotFoundError as error:
            raise Http404 from error

    # Rendering

    def page(self, request, name, context):
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            f"admin/exchange/{name}.html",
            {**self.admin_site.each_context(request), "opts": self.opts, **context},
        )


def undo_title(obstacles, has_part):
    if not obstacles:
        return _("Take the import back?")
    return _("Only a part can be taken back") if has_part else _("Not to be taken back")
