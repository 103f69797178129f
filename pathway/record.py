"""The Nature Pathway in a profile record. Steps go by the code of the catalogue."""

import datetime
from collections import defaultdict
from operator import attrgetter

from hub.record import FileRecord, file_record
from profiles.record import Record, Texts, in_language

from .models import StepItem, StepProgress


class ProgressRecord(Record):
    """The state of a step, as the city states it."""

    step: str
    state: str
    started_on: datetime.date | None = None
    done_on: datetime.date | None = None


class ItemRecord(Record):
    """An item on a step: a link, a file, or the id of a resource; exactly one.

    Items of a step with the same `version_set` are language versions of one thing.
    """

    id: int
    step: str
    title: Texts
    url: str = ""
    file: FileRecord | None = None
    resource: int | None = None
    version_set: str = ""
    position: int = 0


class PathwayRecord(Record):
    """Chapter 3: states by code of the step, items by step and position."""

    progress: tuple[ProgressRecord, ...] = ()
    items: tuple[ItemRecord, ...] = ()


def collect(cities):
    """City id → `PathwayRecord`. Two queries."""
    progress, items = _progress(cities), _items(cities)
    return {
        city.pk: PathwayRecord(
            progress=tuple(sorted(progress[city.pk], key=attrgetter("step"))),
            items=tuple(sorted(items[city.pk], key=attrgetter("step", "position", "id"))),
        )
        for city in cities
    }


def _progress(cities):
    rows = StepProgress.objects.filter(city__in=cities).order_by()
    found = defaultdict(list)
    for city, *fields in rows.values_list("city", "step__code", "state", "started_on", "done_on"):
        values = dict(zip(ProgressRecord.__struct_fields__, fields, strict=True))
        found[city].append(ProgressRecord(**values))
    return found


def _items(cities):
    defaults = {city.pk: city.content_language for city in cities}
    rows = StepItem.objects.filter(city__in=cities).select_related("step", "upload").order_by()
    found = defaultdict(list)
    for row in rows:
        item = ItemRecord(
            id=row.pk,
            step=row.step.code,
            title=in_language(row.title, row.language or defaults[row.city_id]),
            url=row.url,
            file=file_record(row.upload),
            resource=row.resource_id,
            version_set=row.version_set,
            position=row.position,
        )
        found[row.city_id].append(item)
    return found
