"""The versions of a city: their list, and each as page, PDF and JSON."""

import hashlib
import json
import logging
from contextlib import suppress

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language

from accounts.site_url import site_url
from catalogue import frozen
from profiles.models import City, Publication, PublicCity, Redaction
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
from report import pdf
from report.sources import StoredVersion

from .addresses import find_public_city, find_working_city, is_gone
from .paging import ROWS_PER_PAGE, page_context
from .small_letters import SmallLetters
from .views import CityJSON, CityPDF, in_words, marked, never_cached

logger = logging.getLogger(__name__)


class OfCity(SmallLetters):
    """A page below the address of a city; `page` is its URL name.

    Of a city that is not public only those who may see its rows read it.
    """

    page = ""

    def get(self, request, slug, **shown):
        city = find_public_city(slug) or self.find_own_city(slug)
        if city is None:
            if is_gone(slug):
                return in_words(request, "website/gone.html", slug, status=410)
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

    def kept(self, city, key, make):
        """The answer of `make()`, with an ETag of `key` if it is the same for all who ask."""
        if not isinstance(city, PublicCity) or not self.is_same_for_all():
            return never_cached(make())
        etag = self.entity_tag(city, key)
        response = get_conditional_response(self.request, etag=etag) or make()
        response["ETag"] = etag
        patch_cache_control(response, public=True, no_cache=True)
        return response

    def entity_tag(self, city, key):
        country = city.country
        places = [country.label, country.region and country.region.text().value, city.is_sample]
        about = [settings.RELEASE, self.page, site_url(self.request), get_language()]
        about += [city.slug, city.name, city.publication_id, city.catalogue_sha256, *places]
        encoded = json.dumps([*about, *key], default=str)
        return quote_etag(hashlib.sha256(encoded.encode()).hexdigest()[:32])

    def is_same_for_all(self):
        """Pages name in their head who is signed in."""
        return self.request.user.is_anonymous


class VersionList(OfCity):
    page = "versions"

    def answer(self, city):
        publications = publications_of(city)
        context = page_context(self.request, entries(publications), ROWS_PER_PAGE)

        def make():
            told = list(changes_of(context["page_obj"], publications))
            shown = {"city": city, "entries": told, "current": current_key(city), **context}
            return render(self.request, "website/versions/list.html", shown)

        return self.kept(city, [context["page_obj"].number, *state_of(publications)], make)


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
        except pdf.ReportError:
            return in_words(self.request, "website/pdf_failed.html", city.slug, status=503)
        response["X-Robots-Tag"] = "noindex"
        return response

    def gone(self, city, publication):
        nearest = nearest_number(city.pk, publication.number)
        context = {"city": city, "publication": publication, "nearest": nearest}
        return render(self.request, "website/versions/gone.html", context, status=410)

    def answer_of(self, city, publication):
        self.stored = StoredVersion(publication, city)

        def make():
            present = frozen.find(catalogue) if (catalogue := hash_of(city)) else frozen.current()
            is_current = publication.pk == current_key(city)
            document = self.stored.document(present, is_current=is_current)
            return self.render(city, document)

        key = [publication.pk, publication.sha256, publication.catalogue.sha256, *self.extra()]
        return self.kept(city, [*key, *state_of_resources(self.stored.resources)], make)

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
        return [self.before.sha256, sorted(self.titles.items())]

    def changes(self):
        """The differences from the version before; None where that cannot be read."""
        if self.former is None:
            return None
        record, publication = self.stored.record, self.stored.publication
        return changes_between(self.former, record, publication, self.titles)

    def render(self, city, document):
        publication = self.stored.publication
        context = {
            "city": city,
            "document": document,
            "publication": publication,
            "is_public": True,
            "has_current": isinstance(city, PublicCity),
            "before": self.before,
            "changes": self.changes(),
            "redactions": redactions_of(publication),
        }
        return render(self.request, "website/versions/version.html", context)


class OfNoPerson:
    """For downloads, which are the same whoever is signed in."""

    def is_same_for_all(self):
        return True


class VersionPDF(OfNoPerson, VersionView, CityPDF):
    page = "version_pdf"


class VersionJSON(OfNoPerson, VersionView, CityJSON):
    page = "version_json"


def publications_of(city):
    """All publications of a city, oldest first, without what only their own pages need."""
    rows = Publication.objects.listed().filter(city=city.pk).order_by("number")
    return list(rows.select_related("catalogue").defer("record", "catalogue__content"))


def current_key(city):
    """The key of the current publication; None for a city that is not public."""
    return getattr(city, "publication_id", None)


def hash_of(city):
    return getattr(city, "catalogue_sha256", None)


def state_of(publications):
    """What moves with anything that the list says of the publications."""
    return [[one.pk, one.sha256, one.is_kept, one.withdrawn_at] for one in publications]


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


def redactions_of(publication):
    """The redactions that took something from this publication, oldest first."""
    of_city = Redaction.objects.filter(city=publication.city_id).order_by("pk")
    return [one for one in of_city if str(publication.number) in one.former_hashes]
