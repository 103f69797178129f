"""The documents of cities: of what they have published, and of what they hold now."""

from django.utils.translation import get_language

import achievements.section
from catalogue import frozen
from catalogue.texts import Texts
from catalogue.translated import OFFICIAL_LANGUAGE
from hub.context import Context, find_resources
from hub.record import resource_ids
from profiles.dates import today
from publishing import record as records

from .document import build


def published_document(public, day=None, catalogue=None):
    """The document that the public reads of a `PublicCity`, in the reader's language.

    `public` has its publication, its country and the region of that loaded. One query, and one for
    the current catalogue if that is not given. Raises publishing.record.UnreadableRecord.
    """
    publication = public.publication
    record = records.read(publication.record)
    try:
        return _document(record, public, publication.content_version, day, catalogue)
    except KeyError:  # since it was published, staff deleted a row of the catalogue that it names
        own = frozen.find(publication.catalogue.sha256)
        return _document(record, public, publication.content_version, day, own)


def working_document(city, day=None):
    """The document of the rows of a `City`, published or not; its country is loaded."""
    return _document(records.working_record(city), city, city.content_version, day)


def submitted_document(submission):
    """The document of a `Submission` as it was sent, by the catalogue of then.

    Its city has the country loaded. Raises publishing.record.UnreadableRecord.
    """
    catalogue = frozen.find(submission.catalogue.sha256)
    record, version = records.read(submission.record), submission.content_version
    return _document(record, submission.city, version, None, catalogue)


def working_achievements(city):
    """The achievements of the rows of a `City`; its country is loaded."""
    record, catalogue = records.working_record(city), frozen.current()
    resources = _resources_of(city, record)
    context = Context(city, resources, catalogue, Texts(catalogue), today())
    return achievements.section.build(record, context)


def _resources_of(city, record):
    return find_resources(city.pk, resource_ids(record), record.city.language)


def _document(record, city, content_version, day, catalogue=None):
    return build(
        record,
        city,
        _resources_of(city, record),
        catalogue or frozen.current(),
        language=get_language() or OFFICIAL_LANGUAGE,
        day=day or today(),
        content_version=content_version,
    )
