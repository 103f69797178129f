"""A file that is being mapped: its overview, its steps, the workbook that is made of it."""

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.refusals import UnreadableWorkbook

from ... import cells
from ...mapping import sent
from ...mapping.deciding import decide
from ...mapping.draft import Draft
from ...mapping.kept import nearest, use
from ...mapping.known import Known, take_as_new, take_as_renamed
from ...mapping.making import runs
from ...mapping.making.ceilings import beyond_ceilings
from ...models import MappedFile
from ..downloads import download
from .importers import ForImporters
from .kept import KeepingPages, keeping
from .making import MakingPages, first_made, outlook
from .step import FIRST_ROWS
from .steps import STEPS, step_named

READ, WRITE = ("GET", "HEAD"), ("POST",)
MOST_NEAR = 100
"""Kept mappings to choose from, the nearest first."""


@admin.register(MappedFile)
class MappedFileAdmin(KeepingPages, MakingPages, ForImporters):
    def get_urls(self):
        one = "<int:object_id>/"
        return [
            *self.making_urls(),
            self.address("", self.changelist_view, "mappedfile_changelist"),
            self.address(one, self.of_row(self.overview, *READ), "mappedfile_change"),
            self.address(
                f"{one}step/<slug:step>/",
                self.of_row(self.step_view, *READ, *WRITE),
                "mappedfile_step",
            ),
            self.address(f"{one}file/", self.of_row(self.file_view, *READ), "mappedfile_file"),
            self.address(f"{one}keep/", self.of_row(self.keep_view, *WRITE), "mappedfile_keep"),
            self.address(f"{one}again/", self.of_row(self.again_view, *WRITE), "mappedfile_again"),
            self.address(
                f"{one}renamed/", self.of_row(self.renamed_view, *WRITE), "mappedfile_renamed"
            ),
            self.address(
                f"{one}discard/",
                self.of_row(self.discard_view, *READ, *WRITE),
                "mappedfile_discard",
            ),
        ]

    # The list

    def get_list_display(self, request):
        return (self.name, "state", "created_at")

    def get_list_display_links(self, request, list_display):
        return None

    @admin.display(description=gettext_lazy("file"), ordering="file_name")
    def name(self, mapped):
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a>', mapped.get_absolute_url(), mapped.file_name
        )

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Lists of another form"), **(extra_context or {})}
        return super().changelist_view(request, context)

    # One file

    def overview(self, request, mapped, form=None):
        """`form`: that to keep the answers, where it was posted and is wrong."""
        draft = Draft.of(mapped, request.user)
        try:
            steps = [step(draft) for step in STEPS]
            lines = [step for step in steps if step.is_needed]
            for step in lines:
                step.address = step_address(mapped, step.name)
        except UnreadableWorkbook as error:
            return self.unreadable(request, mapped, error)
        context = {
            "title": mapped.file_name,
            "mapped": mapped,
            "steps": lines,
            "open": [step for step in lines if step.open],
            "draft": draft,
            "columns": draft.columns,
            "rows": draft.rows,
            "first_rows": as_text(draft.rows[:FIRST_ROWS]),
            "made": outlook(draft),
            "ceilings": beyond_ceilings(draft),
            "form": form,
            "is_current": mapped.state == MappedFile.State.MADE and runs.is_current(mapped),
            "first": first_alike(mapped, request.user),
            "known": Known.of(mapped, draft),
            **keeping(mapped, request.user, form),
            "nearest": [fit.mapping for fit in nearest(request.user, draft.columns)][:MOST_NEAR],
        }
        return self.page(request, "overview", context)

    def unreadable(self, request, mapped, error):
        context = {"title": mapped.file_name, "mapped": mapped, "fault": str(error)}
        if not mapped.has_file:
            context["fault"] = _("The file is not here any more. Send it again to go on with it.")
        return self.page(request, "unreadable", context)

    def step_view(self, request, mapped, step):
        cls = step_named(step)
        if cls is None:
            raise Http404
        if request.method == "POST" and "_guess" in request.POST:
            decide(mapped, step, None)
            return redirect(request.get_full_path())
        draft = Draft.of(mapped, request.user)
        page = cls(draft)
        page.query = request.GET
        try:
            form = page.form(request.POST if request.method == "POST" else None)
            if form.is_bound and page.is_of_before(form, request.POST):
                return self.changed_since(request)
            if form.is_valid():
                return self.decided(request, mapped, page, form)
            return self.show(request, mapped, page, form)
        except UnreadableWorkbook as error:
            return self.unreadable(request, mapped, error)

    def changed_since(self, request):
        words = _(
            "The list was read in another way meanwhile, perhaps in another window. Nothing of "
            "this page was taken: look at it again."
        )
        messages.warning(request, words)
        return redirect(request.get_full_path())

    def decided(self, request, mapped, page, form):
        if not decide(mapped, page.name, page.decide(form)):
            raise Http404
        if (query := page.goes_on_at(request.POST)) is not None:
            return redirect(f"{request.path}?{query}")
        if "_look" in request.POST:
            return redirect(request.get_full_path())
        return redirect(self.next_address(mapped, page))

    def next_address(self, mapped, page):
        """The next step that is needed after a page; the overview after the last."""
        draft = page.draft.with_decisions(mapped.decisions)
        names = [step.name for step in STEPS]
        for step in STEPS[names.index(page.name) + 1 :]:
            if step(draft).is_needed:
                return step_address(mapped, step.name)
        return mapped.get_absolute_url()

    def show(self, request, mapped, page, form):
        steps = [step(page.draft) for step in STEPS]
        for step in steps:
            step.address = step_address(mapped, step.name)
        context = {
            "title": page.title,
            "mapped": mapped,
            "step": page,
            "steps": [step for step in steps if step.is_needed],
            "form": form,
            "basis": page.basis(form),
            "draft": page.draft,
            "columns": page.draft.columns,
            "first_rows": as_text(page.draft.rows[:FIRST_ROWS]),
            "made": first_made(page.draft) if page.shows_made else None,
            **page.context(form),
        }
        return self.page(request, page.template, context)

    def again_view(self, request, mapped):
        """Begin with the answers of the kept mapping that was chosen, or without any."""
        number = request.POST.get("mapping", "")
        if not number:
            MappedFile.objects.filter(pk=mapped.pk).update(mapping=None, decisions={})
            return redirect(mapped)
        draft = Draft.of(mapped, request.user)
        try:
            fits = nearest(request.user, draft.columns)
        except UnreadableWorkbook as error:
            return self.unreadable(request, mapped, error)
        fit = next((one for one in fits if str(one.mapping.pk) == number), None)
        if fit is None:
            messages.warning(request, _("This mapping is not there any more: choose another."))
        else:
            use(mapped, fit, draft.with_decisions({}))
        return redirect(mapped)

    def renamed_view(self, request, mapped):
        """Take a new column for the one of then at whose place it stands, or for another one."""
        draft = Draft.of(mapped, request.user)
        try:
            known = Known.of(mapped, draft)
            take = take_as_new if "_new" in request.POST else take_as_renamed
            is_taken = known and take(mapped, known, request.POST.get("column", ""))
        except UnreadableWorkbook as error:
            return self.unreadable(request, mapped, error)
        if not is_taken:
            messages.warning(request, _("This was decided meanwhile: look at the columns again."))
        return redirect(mapped)

    def file_view(self, request, mapped):
        try:
            return download(mapped.file.open(), mapped.file_name)
        except FileNotFoundError as error:
            raise Http404 from error

    def discard_view(self, request, mapped):
        name = mapped.file_name
        if request.method != "POST":
            context = {
                "title": _("Throw this list away?"),
                "name": name,
                "words": _(
                    "The file “%s” and the answers given for it are deleted here. What was "
                    "imported from it stays, and so do answers that were kept for the next time."
                )
                % name,
                "yes": _("Yes, throw it away"),
                "no": _("No, leave it"),
                "back": mapped.get_absolute_url(),
            }
            return self.page(request, "confirm", context)
        sent.discard(mapped)
        messages.success(request, _("“%s” is thrown away.") % name)
        return redirect("admin:exchange_job_changelist")


def first_alike(mapped, user):
    """The first list with the same content that was sent before and is still here, if any."""
    alike = MappedFile.objects.visible_to(user).filter(sha256=mapped.sha256, pk__lt=mapped.pk)
    return alike.order_by("pk").first() if mapped.sha256 else None


def step_address(mapped, name):
    return reverse("admin:exchange_mappedfile_step", args=[mapped.pk, name])


def as_text(rows):
    """(number, texts) of rows as they stand in the file."""
    return [(row.number, [cells.as_text(value) for value in row.values]) for row in rows]
