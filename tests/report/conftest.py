import pytest

from tests.records import make_record

from .samples import make_document, printed, sample_document

_documents = {}
_readings = {}


@pytest.fixture
def document_of():
    """The document of a sample by its slug, built once: a document is plain data."""

    def document(slug):
        if slug not in _documents:
            _documents[slug] = sample_document(slug)
        return _documents[slug]

    return document


@pytest.fixture
def reading_of(document_of):
    """The PDF of a sample by its slug, as it is read."""

    def reading(slug):
        if slug not in _readings:
            _readings[slug] = printed(document_of(slug))
        return _readings[slug]

    return reading


@pytest.fixture
def reading(document):
    """The PDF of the `document` of a test."""
    return printed(document)


@pytest.fixture
def anji_document(document_of):
    return document_of("anji-county")


@pytest.fixture
def short_document():
    """The document of a city that has written nothing: quickly set, to look at one text in it."""
    if "short" not in _documents:
        city = {"slug": "pond-town", "name": {"en": "Pond Town"}}
        _documents["short"] = make_document(make_record(city=city))
    return _documents["short"]
