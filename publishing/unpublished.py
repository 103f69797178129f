"""What a city holds that is not public yet."""

from dataclasses import dataclass

from catalogue import frozen
from profiles.models import City, PublicCity

from . import record as records
from .differences import Difference, differences, find_titles
from .publish import settle


@dataclass(frozen=True, slots=True)
class Unpublished:
    """`changes`: what differs between what is public of a city and its rows at `content_version`.

    Of a city that is not public: what its first publication would have.
    """

    content_version: int
    changes: tuple[Difference, ...] = ()


def unpublished_changes(city):
    """Each `Difference` between what is public of a `City` and its rows, in the document's order.

    In the active language.
    """
    return list(find_unpublished(city).changes)


def find_unpublished(city):
    """The `Unpublished` of a `City`. Where nothing differs, this is noted: it waits no longer."""
    public = _find_public(city)
    version = City.objects.values_list("content_version", flat=True).get(pk=city.pk)
    if public and public.seen_content_version == version:
        return Unpublished(version)
    after, version = records.working_record_and_version(city)
    sha256 = records.digest(records.encode(after))
    if public and public.publication.sha256 == sha256:
        settle(city.pk, version, sha256)
        return Unpublished(version)
    before = public and _read(public.publication)
    titles = find_titles(city.pk, before, after)
    return Unpublished(version, tuple(differences(before, after, frozen.current(), titles)))


def _find_public(city):
    public = PublicCity.objects.public().filter(pk=city.pk)
    return public.select_related("publication").defer("search_text").first()


def _read(publication):
    """The record that the public reads; None where it cannot be read any more."""
    try:
        return records.read(publication.record)
    except records.UnreadableRecord:
        return None
