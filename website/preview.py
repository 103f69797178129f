"""The working copy of a city as a page and as files, for all who may see its rows."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import redirect, render

from profiles.lagging import lags
from profiles.models import City
from profiles.printing import unprintable_of
from report import pdf
from report.sources import working_document

from .addresses import find_working_city
from .editing import edit_links
from .views import CityAtAGlance, CityPDF, CityWord, ProfileView, never_cached


class WorkingCopy(LoginRequiredMixin, ProfileView):
    """One form of the document of the rows of a city."""

    def get(self, request, slug):
        city = find_working_city(City.objects.managed_by(request.user), slug)
        if city is None:
            raise Http404
        if city.slug != slug:
            return never_cached(redirect(f"website:{self.form}", city.slug))
        response = never_cached(self.render(city, working_document(city)))
        response["X-Robots-Tag"] = "noindex"
        return response


class Preview(WorkingCopy):
    form = "preview"

    def render(self, city, document):
        is_told = pdf.replaced_characters(document)
        context = {
            "city": city,
            "document": document,
            "edit": edit_links(city, self.request.user),
            "unprintable": list(unprintable_of(city)) if is_told else [],
            "is_being_published": lags(city),
        }
        return render(self.request, "website/preview.html", context)


class PreviewPDF(CityPDF, WorkingCopy):
    form = "preview_pdf"


class PreviewAtAGlance(CityAtAGlance, WorkingCopy):
    form = "preview_at_a_glance"


class PreviewWord(CityWord, WorkingCopy):
    form = "preview_docx"
