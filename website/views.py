"""The public pages. A city's page, PDF and JSON are three forms of one document."""

import hashlib
import json
import logging
from functools import cached_property

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
)
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.generic import ListView, TemplateView

from accounts.site_url import site_url
from catalogue import frozen
from profiles.dates import today
from profiles.downloads import content_disposition
from profiles.models import City, PublicCity
from profiles.printing import unprintable_of
from publishing.record import UnreadableRecord
from report import pdf
from report.plain import plain
from report.sources import published_document, working_document

from . import cities
from .addresses import find_public_city, find_working_city, is_gone
from .editing import edit_links
from .forms import CityFilter
from .paging import CARDS_PER_PAGE, page_numbers
from .small_letters import SmallLetters

logger = logging.getLogger(__name__)

CITIES_ON_HOME = 3
RETRY_AFTER = 5
"""Seconds after which a busy server may have the PDF."""


class HomePage(TemplateView):
    template_name = "website/home.html"

    def get_context_data(self, **kwargs):
        newest = cities.cities_for_list().order_by("is_sample", "-changed_at", "pk")
        return super().get_context_data(
            totals=cities.count_public(), cities=newest[:CITIES_ON_HOME], **kwargs
        )


class CityList(ListView):
    template_name = "website/city_list.html"
    context_object_name = "cities"
    paginate_by = CARDS_PER_PAGE

    @cached_property
    def form(self):
        return CityFilter(self.request.GET)

    def get_queryset(self):
        return self.form.filter(cities.cities_for_list())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(form=self.form, **kwargs)
        return {**context, "page_numbers": page_numbers(context["page_obj"])}


class ProfileView(SmallLetters):
    """One form of a city's document. `form`: its URL name, also part of its ETag.

    It is made of what the city has published. Of a city that is not public, those who may see its
    rows get a document of the rows.
    """

    form = ""

    def get(self, request, slug):
        city = find_public_city(slug)
        if city is None:
            return self.answer_of_rows(slug)
        if city.slug.lower() != slug:
            return self.redirect_to(city.slug.lower())
        try:
            return marked(city, self.answer_of(city))
        except UnreadableRecord as error:
            logger.error(
                "Publication %d of %s cannot be read: %s", city.publication_id, slug, error
            )
            return in_words(request, "website/unreadable.html", slug, status=503)

    def answer_of(self, city):
        """The answer for a `PublicCity`. The document is made only if the answer holds it."""
        day, catalogue = today(), city.catalogue_sha256
        etag = None
        if self.is_same_for_all():
            etag = entity_tag(self.form, city, day, site_url(self.request))
        response = etag and get_conditional_response(self.request, etag=etag)
        if response is None:
            document = published_document(city, day, catalogue and frozen.find(catalogue))
            response = self.render(city, document)
        if etag is None:
            return never_cached(response)
        response["ETag"] = etag
        patch_cache_control(response, public=True, no_cache=True)
        return response

    def answer_of_rows(self, slug):
        """The answer where no city is public."""
        user = self.request.user
        city = None
        if not user.is_anonymous:
            city = find_working_city(City.objects.managed_by(user), slug)
        if city is None:
            if is_gone(slug):
                return in_words(self.request, "website/gone.html", slug, status=410)
            raise Http404
        if city.slug != slug:
            return self.redirect_to(city.slug)
        return marked(city, never_cached(self.render(city, working_document(city))))

    def redirect_to(self, slug):
        # Not cached: the city may take its old slug again, or not be public.
        return never_cached(redirect(f"website:{self.form}", slug, permanent=True))

    def is_same_for_all(self):
        return True

    def render(self, city, document):
        raise NotImplementedError


def entity_tag(form, city, day, site):
    """The ETag of a document of a `PublicCity`: a hash of all that it is made from."""
    country, publication = city.country, city.publication
    places = [country.label, country.region and country.region.text().value, city.is_sample]
    versions = [publication.pk, publication.sha256, city.catalogue_sha256]
    versions += [city.resources_version, city.state_of_homes]
    key = [settings.RELEASE, form, site, get_language(), day.isoformat(), *versions, *places]
    return quote_etag(hashlib.sha256(json.dumps(key).encode()).hexdigest()[:32])


def marked(city, response):
    """Keeps samples out of search engines."""
    if city.is_sample:
        response["X-Robots-Tag"] = "noindex"
    return response


def never_cached(response):
    add_never_cache_headers(response)
    return response


def in_words(request, template, slug, status):
    """A page that says why there is no document."""
    return never_cached(render(request, template, {"slug": slug}, status=status))


class CityPage(ProfileView):
    form = "city"

    def is_same_for_all(self):
        """Not for users who are signed in: the head of their page names them."""
        return self.request.user.is_anonymous

    def render(self, city, document):
        edit = edit_links(city, self.request.user)
        # Looking for the rows takes queries, so the document is asked first.
        is_told = edit and pdf.replaced_characters(document)
        context = {
            "city": city,
            "document": document,
            "edit": edit,
            "unprintable": list(unprintable_of(city)) if is_told else [],
            "is_public": isinstance(city, PublicCity),
        }
        return render(self.request, "website/city.html", context)


class CityJSON(ProfileView):
    form = "city_json"

    def render(self, city, document):
        readable = {"ensure_ascii": False, "indent": 1}
        return JsonResponse(plain(document, site_url(self.request)), json_dumps_params=readable)


class CityPDF(ProfileView):
    form = "city_pdf"

    def get(self, request, slug):
        try:
            return super().get(request, slug)
        except pdf.ReportError as error:
            return no_pdf(request, slug, error)

    def render(self, city, document):
        site = site_url(self.request)
        content = pdf.render(document, site, key_of_pdf(city, document, site))
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = content_disposition_of(document)
        return response


def key_of_pdf(city, document, site):
    """Under which the PDF of a city is stored; "" for that of its rows, which is not stored."""
    if not isinstance(city, PublicCity):
        return ""
    return entity_tag(CityPDF.form, city, document.cover.day.date, site).strip('"')


def no_pdf(request, slug, error):
    """A page that says why there is no PDF, and when to ask for it again."""
    if not isinstance(error, pdf.BusyError):
        return in_words(request, "website/pdf_failed.html", slug, status=503)
    response = in_words(request, "website/pdf_busy.html", slug, status=503)
    response["Retry-After"] = RETRY_AFTER
    return response


def content_disposition_of(document):
    """Content-Disposition with a name in ASCII, and one with the city's name in its own script."""
    day = document.cover.day.date.isoformat()
    names = (document.cover.title, document.cover.local_name, day)
    full_name = " ".join(str(name) for name in names if name).replace("/", "-") + ".pdf"
    return content_disposition(False, f"{document.slug}-{day}.pdf", full_name)
