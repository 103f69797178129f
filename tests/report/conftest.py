import pytest
from django.conf import settings

from report import pdf
from report.document import build
from tests.factories import make_city

from .reading import Reading
from .samples import DAY, printed

_documents = {}
_readings = {}


@pytest.fixture
def document_of(catalogue):
    """The document of a sample by its slug, built once: a document is plain data."""

    def document(slug):
        if slug not in _documents:
            _documents[slug] = build(_imported(slug), on=DAY)
        return _documents[slug]

    return document


@pytest.fixture
def reading_of(document_of):
    """The PDF of a sample by its slug, as it is read."""

    def reading(slug):
        if slug not in _readings:
            _readings[slug] = Reading(pdf.render(document_of(slug)))
        return _readings[slug]

    return reading


@pytest.fixture
def reading(city):
    """The PDF of the `city` of a test."""
    return printed(city)


@pytest.fixture
def anji_document(document_of):
    return document_of("anji-county")


@pytest.fixture
def short_document(catalogue):
    """The document of a city that has written nothing: quickly set, to look at one text in it."""
    if "short" not in _documents:
        _documents["short"] = build(make_city("Pond Town"), on=DAY)
    return _documents["short"]


def _imported(slug):
    from exchange.applying import apply
    from exchange.lookups.sent_files import zip_beside
    from exchange.planning import make_plan
    from exchange.reading import read
    from profiles.models import City

    workbook = f"{slug}.xlsx"
    path = settings.BASE_DIR / "demo" / workbook
    apply(make_plan(read(path), enclosed=zip_beside(path)), workbook)
    return City.objects.select_related("country__region").get(slug=slug)
