"""The page and the files of the long table of figures."""

import tempfile
from datetime import datetime, time
from decimal import Decimal

import xlsxwriter
from django.db.models import Count, Sum
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.site_url import site_url
from actions.models import PublicStanding
from catalogue import frozen
from profiles.csv_json import csv_lines, number_text
from profiles.dates import today
from profiles.models import PublicCity
from report.document_key import find_public_city

from .figures import cells, columns, figures_of, figures_of_all
from .views import Overtaken, ProfileView, never_cached

MOST_ACTIONS = 20_000
"""A workbook of all figures is offered for so many actions: it takes some seconds to write."""

DIGITS = 15
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def csv_response(name, figures):
    content = csv_lines([column.name for column in columns()], cells(figures))
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    return response


def xlsx_response(name, figures):
    """A workbook with the figures, and a second sheet that says what the columns mean."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    with xlsxwriter.Workbook(file, {**OPTIONS, "default_date_format": "yyyy-mm-dd"}) as book:
        # Not the time of writing: the same figures are the same bytes all day.
        book.set_properties({"created": datetime.combine(today(), time())})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(_("Figures"))
        sheet.freeze_panes(1, 1)
        shown = columns()
        sheet.write_row(0, 0, [column.name for column in shown], bold)
        for number, row in enumerate(cells(figures), start=1):
            for place, value in enumerate(map(in_cell, row)):
                if value not in (None, ""):
                    sheet.write(number, place, value)
        meanings = book.add_worksheet(_("Columns"))
        meanings.set_column(0, 0, 24)
        meanings.set_column(1, 1, 80)
        for number, column in enumerate(shown):
            meanings.write_row(number, 0, [column.name, str(column.meaning)])
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def in_cell(value):
    """A value as a cell of a workbook, which keeps no more than 15 digits of a number."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal() if len(value.as_tuple().digits) > DIGITS:
            return number_text(value)
    return value


RESPONSES = {"csv": csv_response, "xlsx": xlsx_response}


class FiguresPage(TemplateView):
    template_name = "website/figures.html"

    def get_context_data(self, **kwargs):
        cities = PublicCity.objects.listed()
        context = {
            "columns": columns(),
            "measures": list(measures_with_cities()),
            "has_workbook": is_small(cities),
        }
        return super().get_context_data(**context, **kwargs)


def is_small(cities):
    return (cities.aggregate(all=Sum("action_count"))["all"] or 0) <= MOST_ACTIONS


def measures_with_cities():
    """(measure, its action type, number of listed cities that say something of it), in order."""
    listed = PublicCity.objects.listed().values("pk")
    rows = PublicStanding.objects.filter(city__in=listed).order_by()
    counts = dict(rows.values_list("measure__code").annotate(Count("pk")))
    catalogue = frozen.current()
    for code, measure in catalogue.measures.items():
        if code in counts:
            yield measure, catalogue.action_types[measure.action_type], counts[code]


class FiguresFile(View):
    """All figures, or those of one measure, of all listed cities."""

    def get(self, request, ending, code=""):
        if code and code not in frozen.current().measures:
            raise Http404
        if not code and ending == "xlsx" and not is_small(PublicCity.objects.listed()):
            raise Http404
        name = f"figures-{code}" if code else "figures"
        response = RESPONSES[ending](name, figures_of_all(site_url(request), code))
        response["X-Robots-Tag"] = "noindex"
        return never_cached(response)


class CityFigures(ProfileView):
    """The figures that one city has published."""

    ending = ""
    preview = "preview"
    varies_by = ()

    @property
    def form(self):
        return f"city_figures_{self.ending}"

    def answer_for_all(self, key, source, day):
        """A new one: it takes less time than the page, and is seldom asked for."""
        return self.make(source, day)

    def make(self, source, day):
        city = find_public_city(source)
        if city is None:
            raise Overtaken
        figures = figures_of([city], site_url(self.request))
        return RESPONSES[self.ending](f"{city.slug}-figures", figures)
