"""The documents of cities: of what they have published, and of what they hold now."""

from django.utils.translation import get_language

from catalogue import frozen
from catalogue.texts import Texts
from catalogue.translated import OFFICIAL_LANGUAGE
from hub.context import Context, find_resources
from hub.record import resource_ids
from profiles.dates import today
from publishing import record as records
from publishing.redaction import redactions_of

from .document import build
from .version import Version


def published_document(public, day=None, catalogue=None, build=build):
    """The document that the public reads of a `PublicCity`, in the reader's language.

    `public` has its publication, its country and the region of that loaded. One query, one for
    what was redacted, and one for the current catalogue if that is not given. `build` may make
    something else of the same. Raises publishing.record.UnreadableRecord.
    """
    publication = public.publication
    record = records.read(publication.record)
    resources = _resources_of(public, record)
    version = Version.of(publication, public.slug, is_current=True)
    about = {"content_version": publication.content_version, "day": day, "version": version}
    about["build"] = build
    about["redactions"] = [one for one, _hash in redactions_of(publication)]
    try:
        return _document(record, public, resources, catalogue, **about)
    except KeyError:  # since it was published, staff deleted a row of the catalogue that it names
        own = frozen.find(publication.catalogue.sha256)
        own = own.with_texts_of(catalogue or frozen.current())
        return _document(record, public, resources, own, **about)


class StoredVersion:
    """A publication that has been read: its record, and what is public of its resources now.

    `city`: a `PublicCity`, or the `City` for those who may see its rows. The catalogue of the
    publication is loaded with it. One query, and one for what was redacted. Raises
    publishing.record.UnreadableRecord.
    """

    def __init__(self, publication, city):
        self.publication, self.city = publication, city
        self.record = records.read(publication.record)
        self.resources = _resources_of(city, self.record)
        self.redactions = [one for one, _hash in redactions_of(publication)]

    def document(self, present, *, is_current):
        """The document as of the day of the publication, by its own catalogue.

        `present`: the current catalogue, which has the texts that its own is too old to have.
        """
        publication = self.publication
        try:
            return _document(
                self.record,
                self.city,
                self.resources,
                frozen.find(publication.catalogue.sha256).with_texts_of(present),
                content_version=publication.content_version,
                day=publication.published_at.date(),
                version=Version.of(publication, self.city.slug, is_current=is_current),
                redactions=self.redactions,
            )
        except KeyError as error:
            raise records.UnreadableRecord(f"Its catalogue has no {error}.") from error


def working_document(city, day=None, build=build):
    """The document of the rows of a `City`, published or not; its country is loaded.

    `build` may make something else of the same.
    """
    record = records.working_record(city)
    about = {"content_version": city.content_version, "day": day, "build": build}
    return _document(record, city, _resources_of(city, record), **about)


def submitted_document(submission):
    """The document of a `Submission` as it was sent, by the catalogue of then.

    Its city has the country loaded. Raises publishing.record.UnreadableRecord.
    """
    catalogue = frozen.find(submission.catalogue.sha256).with_texts_of(frozen.current())
    city, record = submission.city, records.read(submission.record)
    about = {"content_version": submission.content_version, "day": None}
    return _document(record, city, _resources_of(city, record), catalogue, **about)


def working_context(city):
    """(`ProfileRecord`, `Context`) of the rows of a `City`; its country is loaded."""
    record, catalogue = records.working_record(city), frozen.current()
    resources = _resources_of(city, record)
    return record, Context(city, resources, catalogue, Texts(catalogue), today())


def _resources_of(city, record):
    return find_resources(city.pk, resource_ids(record), record.city.language)


def _document(record, city, resources, catalogue=None, *, day, build=build, **about):
    return build(
        record,
        city,
        resources,
        catalogue or frozen.current(),
        language=get_language() or OFFICIAL_LANGUAGE,
        day=day or today(),
        **about,
    )
