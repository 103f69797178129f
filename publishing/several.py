"""Publishing of several cities together: what waits after an import, and what one button does."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef

from profiles.lagging import due, unpublished
from profiles.models import City, Publication, PublicCity, PublishRequest

from . import following
from .publish import publish_each
from .unpublished import find_unpublished

NAMED = 10
"""So many cities are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cities that stand alike: the first few by name, and how many they are."""

    named: tuple[City, ...]
    count: int

    @classmethod
    def of(cls, cities):
        named = tuple(cities.order_by("name", "pk")[: NAMED + 1])
        count = len(named) if len(named) <= NAMED else cities.count()
        return cls(named[:NAMED], count)

    @property
    def left_out(self):
        return self.count - len(self.named)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became public of what was written to several cities, and what waits.

    - `public`: all that is saved is public; `soon`: it becomes public by itself.
    - `ready`: the user may publish it, these are `ready_ids`; `others`: somebody else may, or it
      is sent for review.
    - `drafts`: nothing of the city is public yet; `withdrawn`: nothing is any more.
    """

    public: Group
    soon: Group
    ready: Group
    ready_ids: tuple[int, ...]
    others: Group
    drafts: Group
    withdrawn: Group


def outcome_of(cities, user):
    """The `Outcome` for `cities`, a query."""
    keys = cities.order_by().values("pk")
    written = City.objects.filter(pk__in=keys)
    present = written.filter(is_withdrawn=False)
    is_public = Exists(PublicCity.objects.public().filter(city=OuterRef("pk")))
    soon = present.filter(pk__in=due())
    rest = present.exclude(pk__in=due())
    changed = rest.filter(pk__in=unpublished().values("pk"))
    for city in changed.order_by("pk")[: following.FEW_CITIES]:
        find_unpublished(city)  # where nothing differs, this is noted
    ready = changed.publishable_by(user)
    return Outcome(
        public=Group.of(rest.filter(is_public).exclude(pk__in=changed.values("pk"))),
        soon=Group.of(soon),
        ready=Group.of(ready),
        ready_ids=tuple(ready.order_by("pk").values_list("pk", flat=True)),
        others=Group.of(changed.exclude(pk__in=ready.values("pk"))),
        drafts=Group.of(rest.exclude(is_public)),
        withdrawn=Group.of(written.filter(is_withdrawn=True)),
    )


def publish_several(city_ids, by):
    """Publish the rows of these cities; returns how many are public now, and how many wait.

    Many are left to a worker where one lives. What fails waits too: it is tried again.
    """
    requests = [
        PublishRequest(city_id=pk, requested_by=by, kind=Publication.Kind.CITY) for pk in city_ids
    ]
    with transaction.atomic():
        PublishRequest.objects.bulk_create(requests, ignore_conflicts=True)
    if len(city_ids) > following.FEW_CITIES and any(lives() for lives in following.worker_checks):
        return 0, len(city_ids)
    outcomes = [went_well for _city, went_well in publish_each(city_ids, lambda ids: {})]
    return outcomes.count(True), len(city_ids) - outcomes.count(True)
