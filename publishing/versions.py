"""The versions of a city: as a list, beside each other, and withdrawn one by one."""

import datetime
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import frozen
from profiles.models import Publication, PublicCity

from . import record as records
from .differences import differences
from .publish import locked

FOLDED_WITHIN = datetime.timedelta(hours=1)


@dataclass(slots=True)
class Entry:
    """An entry of the list of versions: a publication, and the saves that it goes on with.

    `folded`: those publications of the same person within an hour, newest first, whose changes
    went live at once.
    """

    publication: Publication
    folded: list[Publication] = field(default_factory=list)

    @property
    def first(self):
        """The oldest publication of the entry; an entry that grows keeps it."""
        return self.folded[-1] if self.folded else self.publication


def entries(publications):
    """The list of versions, newest first, of the publications of a city, oldest first."""
    made = []
    for publication in publications:
        if made and _goes_on(made[-1], publication):
            made[-1].folded.insert(0, made[-1].publication)
            made[-1].publication = publication
        else:
            made.append(Entry(publication))
    return made[::-1]


def _goes_on(entry, publication):
    first = entry.first
    return (
        publication.published_by_id is not None
        and publication.published_by_id == first.published_by_id
        and all(_folds(one) for one in (entry.publication, publication))
        and publication.published_at - first.published_at <= FOLDED_WITHIN
    )


def _folds(publication):
    return publication.kind == Publication.Kind.AT_ONCE and publication.withdrawn_at is None


def changes_of(shown, publications):
    """Yields (entry, its differences) for some entries of the list of these publications.

    Those from the readable version before it; of the first one what it has. None where there are
    none to tell: the version is withdrawn, or cannot be read.
    """
    readable = [one for one in publications if is_readable(one)]
    pairs = [(entry, _last_before(entry, readable), entry.publication) for entry in shown]
    keys = {one.pk for _entry, *two in pairs for one in two if one and is_readable(one)}
    stored = dict(Publication.objects.filter(pk__in=keys).values_list("pk", "record"))
    for entry, earlier, later in pairs:
        try:
            record = records.read(stored[later.pk]) if later.pk in stored else None
            former = records.read(stored[earlier.pk]) if earlier else None
        except records.UnreadableRecord:
            record = None
        yield entry, record and changes_between(former, record, later)


def _last_before(entry, publications):
    earlier = [one for one in publications if one.number < entry.first.number]
    return earlier[-1] if earlier else None


def changes_between(before, after, publication, titles=None):
    """The differences of two records, in the words of the catalogue of the later publication."""
    return differences(before, after, frozen.find(publication.catalogue.sha256), titles)


def is_readable(publication):
    """As `Publication.objects.readable`, for one of those that are `listed`."""
    return publication.is_kept and publication.withdrawn_at is None


def version_before(city_id, number):
    """The last readable publication of a city before this number; None if there is none."""
    earlier = Publication.objects.readable().filter(city=city_id, number__lt=number)
    return earlier.order_by("-number").first()


def nearest_number(city_id, number):
    """The number of the readable version nearest to this one, the later of two; None for none."""
    readable = Publication.objects.readable().filter(city=city_id)
    numbers = readable.order_by().values_list("number", flat=True)
    return min(numbers, key=lambda one: (abs(one - number), -one), default=None)


@transaction.atomic
def withdraw_version(publication, *, by, note):
    """Take one version from everybody; it stays in the list as withdrawn.

    Raises ValidationError where it is the current one, or withdrawn already.
    """
    locked(publication.city_id)
    publication.refresh_from_db(fields=["withdrawn_at"])
    if reason := why_not_withdrawn(publication):
        raise ValidationError(reason)
    Publication.objects.filter(pk=publication.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=by, withdrawal_note=note
    )


def why_not_withdrawn(publication):
    """Why a version cannot be withdrawn; "" if it can."""
    if PublicCity.objects.filter(publication=publication).exists():
        return _(
            "This is the current version. Publish a corrected one first, or withdraw the city "
            "as a whole."
        )
    return _("This version is withdrawn already.") if publication.withdrawn_at else ""


@transaction.atomic
def reinstate_version(publication, *, by):
    """Let everybody read a withdrawn version again: as it is stored, without what was redacted.

    Raises ValidationError where it is not withdrawn, or kept no more.
    """
    locked(publication.city_id)
    publication.refresh_from_db(fields=["withdrawn_at", "record"])
    if reason := why_not_reinstated(publication):
        raise ValidationError(reason)
    back = {"withdrawn_at": None, "withdrawn_by": None, "withdrawal_note": ""}
    about = {"reinstated_at": timezone.now(), "reinstated_by": by}
    Publication.objects.filter(pk=publication.pk).update(**back, **about)


def why_not_reinstated(publication):
    """Why a version cannot be given back; "" if it can."""
    if not publication.withdrawn_at:
        return _("This version is not withdrawn: everybody can read it.")
    return "" if publication.record else _("Its content has been removed.")
