"""What the chapters of a document are built from, besides the record of the city."""

import datetime
from dataclasses import dataclass
from typing import Any

from catalogue.atoms import Link
from catalogue.frozen import Catalogue
from catalogue.texts import Texts

from .models import PublicResource


class PublicResources:
    """The approved resources to which a profile refers, by id; what is not public is missing."""

    def __init__(self, rows=()):
        self._rows = {row.pk: row for row in rows}

    def __iter__(self):
        return iter(self._rows.values())

    def get(self, resource_id):
        """The `PublicResource` of this id; None if readers of the profile may not see it."""
        return self._rows.get(resource_id)

    def link(self, resource_id):
        """A `Link` to the page of a resource, with its title; None as for `get`."""
        row = self.get(resource_id)
        return row and Link(row.get_absolute_url(), row.text("title"))


def find_resources(city_id, ids, language=""):
    """The `PublicResources` of these ids for the profile of a city; one query.

    `language`: that of the city's texts, for its own resources.
    """
    found = find_resources_of({city_id: {*ids}})[city_id]
    for row in found:
        if row.city_id == city_id:
            row.language = row.language or language
    return found


def find_resources_of(ids_by_city):
    """City id → its `PublicResources`, for many cities with the ids that they refer to; one query.

    A city's own are found also while it is not public: whoever reads its profile may read them.
    """
    wanted = set().union(*ids_by_city.values())
    if not wanted:
        return dict.fromkeys(ids_by_city, PublicResources())
    rows = PublicResource.objects.filter(pk__in=wanted).select_related("city")
    rows = {row.pk: row for row in rows.defer("search_text")}
    everybodys = {pk for pk, row in rows.items() if row.is_home_public}
    return {
        city_id: PublicResources(
            rows[pk] for pk in ids & rows.keys() if pk in everybodys or rows[pk].city_id == city_id
        )
        for city_id, ids in ids_by_city.items()
    }


@dataclass(frozen=True, slots=True)
class Context:
    """What a document says beyond the record, in one language and for one day.

    `city`: a `PublicCity`, or a `City` for the preview of one that is not public; from it come only
    what the platform decides: its key, its country with the region, and whether it is a sample.
    `day`: the day on which targets are judged.
    """

    city: Any
    resources: PublicResources
    catalogue: Catalogue
    texts: Texts
    day: datetime.date
