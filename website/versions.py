"""The versions of a city: their list, and each as page, as files and as JSON."""

import logging
from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from accounts.site_url import absolute_url, site_url
from catalogue import frozen
from profiles.models import City, Publication, PublicCity
from publishing import record as records
from publishing.differences import find_titles
from publishing.record import UnreadableRecord
from publishing.versions import (
    changes_between,
    changes_of,
    entries,
    nearest_number,
    version_before,
)
from report import forms, stored_pdfs
from report.document_key import find_source, key_of
from report.failures import ReportError
from report.sources import StoredVersion

from .addresses import find_working_city, page_of_former
from .download_and_cite import of_version
from .kept_answers import KeptAnswer, kept_answers
from .paging import ROWS_PER_PAGE, page_context
from .small_letters import SmallLetters
from .views import (
    CityFile,
    CityJSON,
    in_words,
    is_visitor,
    marked,
    never_cached,
    no_file,
    same_for_all,
)

logger = logging.getLogger(__name__)


class OfCity(SmallLetters):
    """A page below the address of a city; `page` is its URL name, also part of its key.

    Of a city that is not public only those who may see its rows read it. `source`: the
    `DocumentSource` of a public city, else None.
    """

    page = ""
    varies_by = ("Accept-Encoding", "Cookie")

    def get(self, request, slug, **shown):
        self.source = find_source(slug)
        city = find_card(self.source) if self.source else self.find_own_city(slug)
        if city is None:
            if page := page_of_former(slug):
                return in_words(request, page, slug, status=410)
            raise Http404
        if city.slug.lower() != slug:
            kwargs = {"slug": city.slug.lower(), **shown}
            # Not cached, as that of the city's page.
            return never_cached(redirect(f"website:{self.page}", permanent=True, **kwargs))
        return marked(city, self.answer(city, **shown))

    def find_own_city(self, slug):
        user = self.request.user
        if user.is_anonymous:
            return None
        return find_working_city(City.objects.managed_by(user), slug)

    def answer(self, city, **shown):
        raise NotImplementedError

    def kept(self, make, *parts):
        """The answer of `make()`, under a key of `parts` if it is the same for all who ask."""
        if self.source is None or not self.is_same_for_all():
            return never_cached(make())
        key = key_of(self.page, site_url(self.request), *self.source, *parts)
        etag = self.entity_tag(key)
        response = get_conditional_response(self.request, etag=etag)
        response = response or self.answer_under(key, make)
        return same_for_all(self.request, response, etag, self.varies_by)

    def entity_tag(self, key):
        return f'W/"{key}"'

    def answer_under(self, key, make):
        return make()

    def is_same_for_all(self):
        """Pages name in their head who is signed in."""
        return is_visitor(self.request) or self.request.user.is_anonymous


class VersionList(OfCity):
    page = "versions"

    def answer(self, city):
        publications = publications_of(city)
        context = page_context(self.request, entries(publications), ROWS_PER_PAGE)

        def make():
            told = list(changes_of(context["page_obj"], publications))
            current = self.source and self.source.publication
            shown = {"city": city, "entries": told, "current": current, **context}
            return render(self.request, "website/versions/list.html", shown)

        return self.kept(make, context["page_obj"].number, *state_of(publications))


class VersionView(OfCity):
    """One form of a version. It is marked as what it is, and kept out of search engines."""

    def answer(self, city, number):
        known = Publication.objects.filter(city=city.pk, number=number)
        known = known.select_related("catalogue").defer("catalogue__content")
        publication = known.first()
        if publication is None:
            raise Http404
        if publication.withdrawn_at or not publication.record:
            return never_cached(self.gone(city, publication))
        try:
            response = self.answer_of(city, publication)
        except UnreadableRecord as error:
            logger.error("Publication %d of %s cannot be read: %s", number, city.slug, error)
            return in_words(self.request, "website/unreadable.html", city.slug, status=503)
        except ReportError as error:
            return no_file(self.request, city.slug, error)
        response["X-Robots-Tag"] = "noindex"
        return response

    def gone(self, city, publication):
        nearest = nearest_number(city.pk, publication.number)
        context = {"city": city, "publication": publication, "nearest": nearest}
        return render(self.request, "website/versions/gone.html", context, status=410)

    def answer_of(self, city, publication):
        self.stored = StoredVersion(publication, city)

        def make():
            source = self.source
            is_known = source and source.catalogue
            present = frozen.find(source.catalogue) if is_known else frozen.current()
            is_current = bool(source) and publication.pk == source.publication
            document = self.stored.document(present, is_current=is_current)
            return self.render(city, document)

        parts = [publication.pk, publication.sha256, publication.catalogue.sha256, *self.extra()]
        return self.kept(make, *parts, *state_of_resources(self.stored.resources))

    def answer_under(self, key, make):
        """The answer that the cache has under this key, else a new one."""
        answer = kept_answers.find(key)
        if answer is None:
            answer = KeptAnswer.of(make())
            kept_answers.keep(key, answer)
        return answer.for_request(self.request)

    def extra(self):
        """What the answer depends on besides the document."""
        return []


class VersionPage(VersionView):
    page = "version"

    def extra(self):
        """The version before: the page says what has changed."""
        city, publication = self.stored.city, self.stored.publication
        self.before = version_before(city.pk, publication.number)
        self.former, self.titles = None, {}
        if self.before is None:
            return []
        with suppress(UnreadableRecord):
            self.former = records.read(self.before.record)
            self.titles = find_titles(city.pk, self.former, self.stored.record)
        return [self.before.pk, self.before.sha256, sorted(self.titles.items())]

    def changes(self):
        """The differences from the version before; None where that cannot be read."""
        if self.former is None:
            return None
        record, publication = self.stored.record, self.stored.publication
        return changes_between(self.former, record, publication, self.titles)

    def render(self, city, document):
        context = {
            "city": city,
            "document": document,
            "canonical": absolute_url(self.request, city.get_absolute_url()),
            "is_public": True,
            "has_current": self.source is not None,
            "before": self.before,
            "changes": self.changes(),
            "download_and_cite": of_version(document, city.slug, site_url(self.request)),
        }
        # Without a request, nothing of the visitor can get into the page for all.
        request = None if self.is_same_for_all() else self.request
        return HttpResponse(render_to_string("website/versions/version.html", context, request))


class VersionJSON(VersionView, CityJSON):
    page = "version_json"
    varies_by = ("Accept-Encoding",)

    def is_same_for_all(self):
        return True


class VersionFile(VersionView, CityFile):
    varies_by = ()

    def is_same_for_all(self):
        return True

    def entity_tag(self, key):
        return quote_etag(key)

    def answer_under(self, key, make):
        """The answer with the stored file, else a new one, whose file is stored."""
        stored = stored_pdfs.find(key)
        if stored is not None:
            return self.answer_with(stored)
        self.key = key
        return make()


class VersionPDF(VersionFile):
    page = "version_pdf"
    file = forms.PROFILE


class VersionAtAGlance(VersionFile):
    page = "version_at_a_glance"
    file = forms.AT_A_GLANCE


class VersionWord(VersionFile):
    page = "version_docx"
    file = forms.WORD


def find_card(source):
    """The `PublicCity` of a source with its country; None if it is public no more."""
    cities = PublicCity.objects.public().select_related("country__region").defer("search_text")
    return cities.filter(pk=source.city).first()


def publications_of(city):
    """All publications of a city, oldest first, without what only their own pages need."""
    rows = Publication.objects.listed().filter(city=city.pk).order_by("number")
    return list(rows.select_related("catalogue").defer("record", "catalogue__content"))


def state_of(publications):
    """What moves with anything that the list says of the publications."""
    return [
        [one.pk, one.sha256, one.is_kept, one.withdrawn_at, one.reinstated_at]
        for one in publications
    ]


def state_of_resources(resources):
    """What moves with anything that a document says of its resources.

    An earlier version may refer to resources that the current one has no more, so that
    `resources_version` does not tell of them.
    """
    for row in resources:
        deferred = row.get_deferred_fields()
        names = [field.attname for field in row._meta.concrete_fields]
        home = row.city and [row.city.slug, row.city.name, row.city.publication_id]
        yield [getattr(row, name) for name in names if name not in deferred], home
