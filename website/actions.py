"""The public explorer: which cities take which actions, where, and with what results."""

from functools import cached_property

from django.http import Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from actions import explorer
from actions.models import ActionType

from . import type_table
from .action_forms import TypeFilter
from .paging import page_context
from .small_letters import SmallLetters


class ExplorerPage(SmallLetters, TemplateView):
    """A page of the explorers: its address is read in small letters."""


class ActionIndex(ExplorerPage):
    template_name = "website/actions/index.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(index=explorer.index(), **kwargs)


class KMGBFTargetPage(ExplorerPage):
    template_name = "website/actions/target.html"

    def get_context_data(self, number, **kwargs):
        target_page = explorer.kmgbf_target(number)
        if target_page is None:
            raise Http404
        return super().get_context_data(target_page=target_page, **kwargs)


class TypeMixin:
    """One action type with its cities, filtered by the query string."""

    @cached_property
    def action_type(self):
        try:
            return explorer.find_type(self.kwargs["code"])
        except ActionType.DoesNotExist as error:
            raise Http404 from error

    @cached_property
    def form(self):
        return TypeFilter(self.request.GET, explorer.TypeView(self.action_type))

    @cached_property
    def view(self):
        return explorer.TypeView(self.action_type, **self.form.place_filters())

    @cached_property
    def columns(self):
        unit = self.form.cleaned_data.get("unit") or "km2"
        return [type_table.Column.of(measure, unit) for measure in self.view.measures]

    @cached_property
    def order(self):
        return type_table.Order(self.form.cleaned_data.get("sort", ""), self.view.measures)


class ActionTypePage(TypeMixin, ExplorerPage):
    template_name = "website/actions/type.html"

    def get_context_data(self, **kwargs):
        cities, actions = self.form.totals()
        rows = self.order.sorted(type_table.with_names(self.view.rows))
        pages = page_context(self.request, rows, count=cities)
        summaries = self.view.summaries(cities)
        return super().get_context_data(
            action_type=self.action_type,
            form=self.form,
            cities=cities,
            actions=actions,
            columns=self.columns,
            lines=list(type_table.lines(pages["page_obj"].object_list, self.columns)),
            measured=[*zip(self.columns, summaries, strict=True)],
            by_region=list(self.form.by_region()),
            countries={country.pk: label for country, label in self.form.countries},
            points=list(self.view.points(cities)) if cities else [],
            **pages,
            **kwargs,
        )


class ActionTypeFile(TypeMixin, SmallLetters):
    """The whole table as CSV or JSON, filtered and sorted as on the page."""

    def get(self, request, code, ending):
        found = type_table.all_lines(self.view.rows, self.order, self.columns)
        if ending == "csv":
            content, kind = type_table.csv_file(found, self.columns), "text/csv"
        else:
            content, kind = type_table.json_file(found, self.columns, self.about()), ""
        kind = f"{kind}; charset=utf-8" if kind else "application/json"
        response = StreamingHttpResponse(content, content_type=kind)
        response["Content-Disposition"] = content_disposition_header(True, f"{code}.{ending}")
        response["X-Robots-Tag"] = "noindex"
        return response

    def about(self):
        return {
            "format": "citiesnature-action-type",
            "version": 1,
            "action_type": self.action_type.code,
            "name": self.action_type.name,
            "note": _("The newest number of each city; progress before baseline."),
        }
