"""How publishing goes, in numbers for platform staff."""

import datetime
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from profiles.lagging import due, lagging, unpublished
from profiles.models import City, Publication, PublicCity

NAMED = 10


@dataclass(frozen=True, slots=True)
class Overview:
    """`lagging`: the number of cities that lag; `longest`: those of them that have waited longest;
    `unpublished`: the number of cities whose changes wait for people; `waiting`: those of them that
    have waited longest, as `PublicCity`; `today`: the publications of the last 24 hours; `newest`:
    when the last one was made."""

    lagging: int
    longest: tuple[City, ...]
    unpublished: int
    waiting: tuple[PublicCity, ...]
    today: int
    newest: datetime.datetime | None


def overview():
    ids = list(lagging())
    cities = City.objects.filter(pk__in=ids).order_by("updated_at") if ids else ()
    changed = _waiting_for_people()
    day_ago = timezone.now() - datetime.timedelta(days=1)
    return Overview(
        lagging=len(ids),
        longest=tuple(cities[:NAMED]),
        unpublished=changed.count(),
        waiting=tuple(changed.order_by("unpublished_since", "pk")[:NAMED]),
        today=Publication.objects.filter(published_at__gt=day_ago).count(),
        newest=Publication.objects.aggregate(newest=Max("published_at"))["newest"],
    )


def _waiting_for_people():
    changed = unpublished().exclude(pk__in=due())
    return PublicCity.objects.filter(pk__in=changed.values("pk")).defer("search_text")
