"""The documents of cities: of what they have published, and of what they hold now."""

from django.utils.translation import get_language

from catalogue import frozen
from catalogue.translated import OFFICIAL_LANGUAGE
from hub.context import find_resources
from profiles.dates import today
from publishing import record as records

from .document import build


def published_document(public, day=None):
    """The document that the public reads of a `PublicCity`, in the reader's language.

    `public` has its publication, its country and the region of that loaded. Two queries.
    Raises publishing.record.UnreadableRecord.
    """
    publication = public.publication
    record = records.unpack(publication.record)
    return _document(record, public, publication.content_version, day)


def working_document(city, day=None):
    """The document of the rows of a `City`, published or not; its country is loaded."""
    return _document(records.collect([city])[city.pk], city, city.content_version, day)


def _document(record, city, content_version, day):
    return build(
        record,
        city,
        find_resources(city.pk, records.resource_ids(record)),
        frozen.current(),
        language=get_language() or OFFICIAL_LANGUAGE,
        day=day or today(),
        content_version=content_version,
    )
