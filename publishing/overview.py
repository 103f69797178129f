"""How publishing goes, in numbers for platform staff."""

import datetime
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from profiles.lagging import lagging
from profiles.models import City, Publication

NAMED = 10


@dataclass(frozen=True, slots=True)
class Overview:
    """`lagging`: the number of cities that lag; `longest`: those of them that have waited longest;
    `today`: the publications of the last 24 hours; `newest`: when the last one was made."""

    lagging: int
    longest: tuple[City, ...]
    today: int
    newest: datetime.datetime | None


def overview():
    ids = list(lagging())
    cities = City.objects.filter(pk__in=ids).order_by("updated_at") if ids else ()
    day_ago = timezone.now() - datetime.timedelta(days=1)
    return Overview(
        lagging=len(ids),
        longest=tuple(cities[:NAMED]),
        today=Publication.objects.filter(published_at__gt=day_ago).count(),
        newest=Publication.objects.aggregate(newest=Max("published_at"))["newest"],
    )
