"""The public pages. A city's page, PDF and JSON are three forms of one document."""

import logging
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.http import quote_etag

from accounts.site_url import site_url
from catalogue import frozen
from profiles.dates import today
from profiles.models import City
from profiles.printing import unprintable_of
from publishing.record import UnreadableRecord
from report import forms, pdf, stored_pdfs
from report.document import build
from report.document_key import document_key, find_public_city, find_source
from report.failures import BusyError, ReportError
from report.plain import plain
from report.sources import published_document, working_document

from .addresses import find_working_city, page_of_former
from .download_and_cite import of_profile
from .editing import edit_links
from .kept_answers import KeptAnswer, kept_answers
from .meta_of_city import meta_of_city
from .small_letters import SmallLetters

logger = logging.getLogger(__name__)

RETRY_AFTER = 5
"""Seconds after which a busy server may have the file."""


class Overtaken(Exception):
    """What a city's document is made from has changed while it was read."""


class ProfileView(SmallLetters):
    """One form of a city's document. `form`: its URL name, also part of its key.

    It is made of what the city has published. Those who may see the rows of a city that is not
    public are led to the `preview` (its URL name), where this form has one, and to what has the id
    `place_in_preview` there; else they get a document of the rows.
    """

    form = ""
    preview = ""
    place_in_preview = None
    varies_by = ("Accept-Encoding",)
    build = staticmethod(build)
    """Makes what the form shows, of what `document.build` takes."""

    @property
    def below(self):
        """What the address names below the city, such as the number of an action."""
        return {name: value for name, value in self.kwargs.items() if name != "slug"}

    def get(self, request, slug, **below):
        source = find_source(slug)
        if source is None:
            return self.answer_of_rows(slug)
        if source.slug.lower() != slug:
            return self.redirect_to(source.slug.lower())
        try:
            return marked(source, self.answer_of(source))
        except Overtaken:
            return self.get(request, slug, **below)
        except UnreadableRecord as error:
            logger.error("Publication %d of %s cannot be read: %s", source.publication, slug, error)
            return in_words(request, "website/unreadable.html", slug, status=503)

    def answer_of(self, source):
        """The answer for a `DocumentSource`. The document is made only if nobody has the answer."""
        day = today()
        if not self.is_same_for_all():
            return never_cached(self.make(source, day))
        key = document_key(self.form, source, day, site_url(self.request), *self.below.values())
        etag = self.entity_tag(key)
        response = get_conditional_response(self.request, etag=etag)
        if response is None:
            response = self.answer_for_all(key, source, day)
        return same_for_all(self.request, response, etag, self.varies_by)

    def entity_tag(self, key):
        """A weak one: the same answer may be compressed or not."""
        return f'W/"{key}"'

    def answer_for_all(self, key, source, day):
        """The answer that the cache has under this key, else a new one."""
        answer = kept_answers.find(key)
        if answer is None:
            answer = KeptAnswer.of(self.make(source, day))
            kept_answers.keep(key, answer)
        return answer.for_request(self.request)

    def make(self, source, day):
        """A new answer of what the source was when it was asked for. Raises Overtaken."""
        city = find_public_city(source)
        if city is None:
            raise Overtaken
        catalogue = source.catalogue and frozen.find(source.catalogue)
        return self.render(city, published_document(city, day, catalogue, self.build))

    def answer_of_rows(self, slug):
        """The answer where no city is public."""
        user = self.request.user
        city = None
        if not user.is_anonymous:
            city = find_working_city(City.objects.managed_by(user), slug)
        if city is None:
            if page := page_of_former(slug):
                return in_words(self.request, page, slug, status=410)
            raise Http404
        if city.slug != slug:
            return self.redirect_to(city.slug)
        if self.preview:
            preview = f"website:{self.preview}"
            return never_cached(
                redirect(reverse(preview, args=[slug], fragment=self.place_in_preview))
            )
        made = working_document(city, build=self.build)
        return marked(city, never_cached(self.render(city, made)))

    def redirect_to(self, slug):
        # Not cached: the city may take its old slug again, or not be public.
        return never_cached(redirect(self.address_at(slug), permanent=True))

    def address_at(self, slug):
        """The address of this form of the city that has this slug."""
        return reverse(f"website:{self.form}", kwargs={"slug": slug, **self.below})

    def is_same_for_all(self):
        return True

    def render(self, city, document):
        raise NotImplementedError


def same_for_all(request, response, etag, varies_by):
    """Let browsers keep the answer, and ask whether it is still true."""
    response["ETag"] = etag
    if varies_by:
        patch_vary_headers(response, varies_by)
    whose = "public" if is_visitor(request) else "private"
    patch_cache_control(response, **{whose: True}, no_cache=True)
    return response


def is_visitor(request):
    """Whether nobody can be signed in; the session is not read."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def marked(city, response):
    """Keeps samples out of search engines."""
    if city.is_sample:
        response["X-Robots-Tag"] = "noindex"
    return response


def never_cached(response):
    add_never_cache_headers(response)
    return response


def in_words(request, template, slug, status, **context):
    """A page that says why there is no document."""
    return never_cached(render(request, template, {"slug": slug, **context}, status=status))


class CityPage(ProfileView):
    """The page of a city; pages below it show a part of the same document."""

    form = "city"
    preview = "preview"
    template_name = "website/city.html"
    varies_by = ("Accept-Encoding", "Cookie")

    def is_same_for_all(self):
        """Not for users who are signed in: the head of their page names them."""
        return is_visitor(self.request) or self.request.user.is_anonymous

    def render(self, city, document):
        # Without a request, nothing of the visitor can get into the page for all.
        request = None if self.is_same_for_all() else self.request
        edit = request and edit_links(city, request.user)
        # Looking for the rows takes queries, so the document is asked first.
        is_told = edit and pdf.replaced_characters(document)
        context = {
            "city": city,
            "document": document,
            "canonical": urljoin(site_url(self.request), self.address_at(city.slug)),
            "edit": edit,
            "unprintable": list(unprintable_of(city)) if is_told else [],
        }
        context |= self.shown(city, document, context["canonical"])
        return HttpResponse(render_to_string(self.template_name, context, request))

    def shown(self, city, document, url):
        """What only this page shows, by the names in its template; `url`: its own, in full."""
        site = site_url(self.request)
        return {
            "meta": meta_of_city(city, document, url, site),
            "download_and_cite": of_profile(document, city.slug, site),
        }


class CityJSON(ProfileView):
    form = "city_json"

    def render(self, city, document):
        readable = {"ensure_ascii": False, "indent": 1}
        return JsonResponse(plain(document, site_url(self.request)), json_dumps_params=readable)


class StoredForm(ProfileView):
    """A form that takes long to make: it is kept in `stored_pdfs`."""

    varies_by = ()
    key = ""
    """It is stored under it; without it, as of rows, nothing is stored."""

    def entity_tag(self, key):
        return quote_etag(key)

    def answer_for_all(self, key, source, day):
        """The answer with what is stored, else a new one, which is stored."""
        stored = stored_pdfs.find(key)
        if stored is not None:
            return self.answer_with(stored)
        self.key = key
        try:
            return self.make(source, day)
        finally:
            self.key = ""

    def answer_with(self, stored):
        """The answer of a `StoredPDF`."""
        raise NotImplementedError


class CityFile(StoredForm):
    """A file of a city. `file`: its `report.forms.Form`."""

    file = None

    def get(self, request, slug):
        try:
            return super().get(request, slug)
        except ReportError as error:
            return no_file(request, slug, error)

    def answer_with(self, stored):
        headers = {"Content-Disposition": stored.disposition}
        return HttpResponse(stored.content, content_type=self.file.media_type, headers=headers)

    def render(self, city, document):
        content = self.file.render(document, site_url(self.request), self.key)
        disposition = self.file.disposition_of(document)
        return self.answer_with(stored_pdfs.StoredPDF(content, disposition))


class CityPDF(CityFile):
    form = "city_pdf"
    preview = "preview_pdf"
    file = forms.PROFILE


class CityAtAGlance(CityFile):
    form = "city_at_a_glance"
    preview = "preview_at_a_glance"
    file = forms.AT_A_GLANCE


class CityWord(CityFile):
    form = "city_docx"
    preview = "preview_docx"
    file = forms.WORD


def no_file(request, slug, error):
    """A page that says why there is no file, and when to ask for it again."""
    if not isinstance(error, BusyError):
        return in_words(request, "website/file_failed.html", slug, status=503)
    response = in_words(request, "website/file_busy.html", slug, status=503)
    response["Retry-After"] = RETRY_AFTER
    return response
