"""The public pages. A city's page, PDF and JSON are three forms of one document."""

import hashlib
import json
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
from django.views.generic import ListView, TemplateView

from accounts.site_url import site_url
from profiles.access import PUBLISHED
from profiles.downloads import content_disposition
from profiles.models import City, CitySlug
from profiles.printing import unprintable_of
from report import pdf
from report.document import build
from report.plain import plain

from . import cities
from .editing import edit_links
from .forms import CityFilter
from .paging import CARDS_PER_PAGE, page_numbers
from .small_letters import SmallLetters

CITIES_ON_HOME = 3


class HomePage(TemplateView):
    template_name = "website/home.html"

    def get_context_data(self, **kwargs):
        newest = cities.cities_for_list().order_by("is_sample", "-updated_at", "pk")
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


def find_city(user, slug):
    """The city at this address, present or former, if `user` may see it; else 404."""
    visible = City.objects.visible_to(user).select_related("country__region")
    city = visible.filter(slug=slug).first()
    if city is None:
        former = CitySlug.objects.filter(slug=slug).values("city")
        city = visible.filter(pk__in=former).first()
    if city is None:
        raise Http404
    return city


class ProfileView(SmallLetters):
    """One form of a city's document. `form`: its URL name, also part of its ETag."""

    form = ""

    def get(self, request, slug):
        city = find_city(request.user, slug)
        if city.slug != slug:
            # Not cached: the city may take its old slug again, or not be public.
            response = redirect(f"website:{self.form}", city.slug, permanent=True)
            add_never_cache_headers(response)
            return response
        document = build(city)
        if not self.is_same_for_all(city):
            response = self.render(city, document)
            add_never_cache_headers(response)
        else:
            etag = entity_tag(self.form, document, site_url(request))
            answer = get_conditional_response(request, etag=etag)
            response = answer or self.render(city, document)
            response["ETag"] = etag
            patch_cache_control(response, public=True, no_cache=True)
        if city.is_sample:
            response["X-Robots-Tag"] = "noindex"
        return response

    def is_same_for_all(self, city):
        return city.state == PUBLISHED

    def render(self, city, document):
        raise NotImplementedError


def entity_tag(form, document, site):
    """The ETag of a document: a hash of its content with its links, its form and the release."""
    words = json.dumps([settings.RELEASE, form, plain(document, site)])
    return quote_etag(hashlib.sha256(words.encode()).hexdigest()[:32])


class CityPage(ProfileView):
    form = "city"

    def is_same_for_all(self, city):
        """Not for users who are signed in: the head of their page names them."""
        return super().is_same_for_all(city) and self.request.user.is_anonymous

    def render(self, city, document):
        edit = edit_links(city, self.request.user)
        # Looking for the rows takes queries, so the document is asked first.
        is_told = edit and pdf.replaced_characters(document)
        context = {
            "city": city,
            "document": document,
            "edit": edit,
            "unprintable": list(unprintable_of(city)) if is_told else [],
            "is_published": city.state == PUBLISHED,
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
        except pdf.ReportError:
            response = render(request, "website/pdf_failed.html", {"slug": slug}, status=503)
            add_never_cache_headers(response)
            return response

    def render(self, city, document):
        content = pdf.render(document, site_url(self.request))
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = content_disposition_of(document)
        return response


def content_disposition_of(document):
    """Content-Disposition with a name in ASCII, and one with the city's name in its own script."""
    day = document.cover.day.date.isoformat()
    names = (document.cover.title, document.cover.local_name, day)
    full_name = " ".join(str(name) for name in names if name).replace("/", "-") + ".pdf"
    return content_disposition(False, f"{document.slug}-{day}.pdf", full_name)
