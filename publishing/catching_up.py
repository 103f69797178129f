"""Publishes what lags: after a failure, for the worker and for `manage.py publish_lagging`."""

import time

from django.db.models import Max

from hub import public_resources
from profiles.changes import path_to_city, recorded_models
from profiles.lagging import lagging
from profiles.models import ChangeSet, Publication, PublishRequest

from .publish import publish_each

PAUSE = 60
"""Seconds until a city that could not be published is tried again."""


def publish_some(city_ids):
    """Publish these cities with who changed them last; yields as `publish_each`."""
    return publish_each(city_ids, _newest_changes)


def _newest_changes(city_ids):
    """City id → `by` and `note` of the newest change set of each city."""
    newest = {}
    for model in recorded_models():
        path = path_to_city(model)
        records = model.history.filter(**{f"{path}__in": city_ids}).order_by()
        for city_id, pk in records.values_list(path).annotate(newest=Max("change_set")):
            newest[city_id] = max(pk, newest.get(city_id, pk))
    found = ChangeSet.objects.select_related("user").in_bulk(set(newest.values()))
    return {
        city_id: {"by": found[pk].user, "note": found[pk].reason} for city_id, pk in newest.items()
    }


def publish_existing():
    """Make the first publications of cities that were published before there were any."""
    public_resources.refresh_all()
    return publish_each(unpublished(), lambda some: {})


def unpublished():
    """The keys of the cities that the migration has left to be published."""
    left = PublishRequest.objects.filter(kind=Publication.Kind.UPGRADE)
    return list(left.order_by("city").values_list("city", flat=True))


class CatchUp:
    """Publishes what lags, time and again, and lets a city rest that could not be published."""

    def __init__(self):
        self.rests = {}

    def run(self, goes_on):
        """Publish all that lags, as long as `goes_on()`."""
        now = time.monotonic()
        ids = [pk for pk in lagging() if self.rests.get(pk, now) <= now]
        for city_id, is_published in publish_some(ids):
            self.rests.pop(city_id, None)
            if not is_published:
                self.rests[city_id] = time.monotonic() + PAUSE
            if not goes_on():
                return
