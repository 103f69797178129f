"""The pages for export: rows as a file, a template to fill in, and how the sheets work."""

import tempfile
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actions.models import Action
from profiles.changes import recorded_models
from profiles.models import City

from ..writing.formats import FORMATS, write
from ..writing.help import RULES, sheets_for
from ..writing.selection import Selection
from ..writing.templates import NotWritten, write_template
from .downloads import download
from .forms import ExportForm
from .list_links import model_named

CARRIED = ("model", "filter", "ids")
"""Parameters of this page that name the rows of an admin list."""

MOST_DEPARTMENTS = 300

MOST_WORDS = 500
"""So many words of a list are on the page; a template has all of them."""


@dataclass
class ListRows:
    """Rows of an admin list: those ticked there, or all that it shows under its filter."""

    model: type
    name: str
    address: str
    queryset: QuerySet
    are_ticked: bool
    is_filtered: bool

    @cached_property
    def number(self):
        return self.queryset.count()


def single_city(cities):
    """The city, if there is exactly one."""
    some = list(cities[:2])
    return some[0] if len(some) == 1 else None


def departments_of(cities):
    """The names of the departments that are responsible for actions of the cities."""
    actions = Action.objects.filter(city__in=cities).exclude(department="")
    names = actions.order_by("department").values_list("department", flat=True).distinct()
    return list(names[:MOST_DEPARTMENTS])


def lists_of(sheets):
    """Name → (heading, words) of each list of words. Columns may share a list."""
    lists = {}
    for sheet in sheets:
        for column in sheet.columns:
            words = column.choices
            if words and words.pairs and words.name not in lists:
                lists[words.name] = (words.title or column.header, words.pairs[:MOST_WORDS])
    return lists


class ExportPages(admin.ModelAdmin):
    def own_cities(self, request):
        return City.objects.editable_by(request.user).order_by("name")

    # Export

    def export_view(self, request):
        rows = self.rows_asked_for(request)
        cities = self.own_cities(request)
        selection = (
            Selection.of_rows(request.user, rows.model, rows.queryset)
            if rows
            else Selection.of_cities(request.user, cities)
        )
        if not selection.sheets:
            raise Http404
        form = ExportForm(
            request.GET if "format" in request.GET else None,
            cities=None if rows else cities,
            sheet_names=[sheet.sheet_name for sheet in selection.sheets],
            departments=() if rows else departments_of(cities),
        )
        if form.is_valid():
            return self.send_export(request, selection, form.cleaned_data)
        context = {
            "title": _("Export"),
            "form": form,
            "rows": rows,
            "only_city": single_city(cities),
            "carried": [(name, request.GET[name]) for name in CARRIED if name in request.GET],
        }
        return self.page(request, "export", context)

    def rows_asked_for(self, request):
        """The rows of the list that the address names; None if it names none."""
        label = request.GET.get("model")
        if not label:
            return None
        model = model_named(label)
        if model not in self.admin_site._registry:
            raise Http404
        model_admin = self.admin_site.get_model_admin(model)
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        if model not in recorded_models():
            raise Http404
        are_ticked = "ids" in request.GET
        if are_ticked:
            ids = [pk[:18] for pk in request.GET["ids"].split(",") if pk.isdecimal()]
            queryset = model_admin.get_queryset(request).filter(pk__in=ids)
        else:
            queryset = self.filtered(request, model_admin)
        opts = model._meta
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        return ListRows(
            model,
            capfirst(opts.verbose_name_plural),
            f"{address}?{request.GET.get('filter', '')}",
            queryset.editable_by(request.user),
            are_ticked=are_ticked,
            is_filtered=bool(request.GET.get("filter")),
        )

    def filtered(self, request, model_admin):
        """All rows that the list shows under its filter, over all its pages."""
        query = QueryDict(request.GET.get("filter", ""), mutable=True)
        query.pop(PAGE_VAR, None)
        whole, request.GET = request.GET, query
        try:
            return model_admin.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters as error:
            raise Http404 from error
        finally:
            request.GET = whole

    def send_export(self, request, selection, chosen):
        """The file. It has all cities and all sheets unless some are chosen in the form."""
        if chosen.get("cities"):
            selection = Selection.of_cities(request.user, chosen["cities"])
        if chosen.get("department"):
            selection = selection.of_department(chosen["department"])
        if chosen.get("sheets"):
            selection = selection.with_sheets(*chosen["sheets"])
        if not selection.sheets:
            messages.error(request, _("The chosen sheets have nothing of a department."))
            return redirect("admin:exchange_job_export")
        file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
        try:
            write(selection, FORMATS[chosen["format"]], file)
        except NotWritten as error:
            file.close()
            messages.error(request, str(error))
            return redirect("admin:exchange_job_export")
        file.seek(0)
        return download(file, f"{selection.name}.{chosen['format']}")

    # Template and help

    def template_view(self, request):
        """A workbook to fill in: blank, or with what the user's cities have so far."""
        is_filled = "filled" in request.GET
        cities = self.own_cities(request) if is_filled else None
        file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
        write_template(request.user, file, cities)
        file.seek(0)
        name = Selection.of_cities(request.user, cities).name if is_filled else "blank"
        return download(file, f"template-{name}.xlsx")

    def guide_view(self, request):
        sheets = sheets_for(request.user)
        context = {
            "title": _("How the sheets work"),
            "rules": RULES,
            "sheets": sheets,
            "lists": lists_of(sheets),
        }
        return self.page(request, "guide", context)
