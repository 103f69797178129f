"""What is written when a city is published, made of its record without a lock."""

from dataclasses import dataclass
from typing import Any

from achievements.section import levels_of
from actions import petals
from catalogue.folding import word_line
from catalogue.texts import Texts
from hub.context import Context, find_resources_of
from hub.record import resource_ids
from profiles import read_tables
from profiles.dates import today
from profiles.garbage import rarely_collected
from profiles.lagging import due_cities
from profiles.models import City, PublicCity
from profiles.read_tables import Published
from profiles.record import summaries_of, words_of

from . import record as records
from .facets import counts_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """`public`: the card, an unsaved `PublicCity`; `rows`: those of the read tables.

    `encoded` is the canonical JSON of the record. `made_of` tells whether it is still right: the
    city's content version, the `resources_version` of its public city, the hash of the catalogue.
    """

    made_of: tuple[int, int, str]
    public: PublicCity
    encoded: bytes
    sha256: str
    catalogue: Any
    rows: dict


def prepare_locked(public, city_id, catalogue):
    """The `Prepared` of a city under its lock; `public`: its stored card, None if there is none."""
    city = City.objects.select_related("country__region").get(pk=city_id)
    return _prepare_one(public, city, records.collect([city])[city_id], catalogue)


def prepare_record(public, city_id, record, catalogue):
    """The same of a record that was collected before, not of the rows."""
    city = City.objects.select_related("country__region").get(pk=city_id)
    return _prepare_one(public, city, record, catalogue)


def _prepare_one(public, city, record, catalogue):
    versions = {city.pk: public.resources_version} if public else {}
    return prepare([city], {city.pk: record}, catalogue, versions)[city.pk]


@rarely_collected()
def prepare_rows_of(city_ids, catalogue):
    """City id → its `Prepared` of the rows as they are now; only of cities whose rows are due.

    A change that is committed meanwhile moves what
    they are `made_of`: compare it under the lock.
    """
    public = PublicCity.objects.defer("search_text").in_bulk(city_ids)
    cities = list(due_cities().filter(pk__in=city_ids).select_related("country__region"))
    versions = {pk: row.resources_version for pk, row in public.items()}
    return prepare(cities, records.collect(cities), catalogue, versions) if cities else {}


def is_in_step(public, city, catalogue):
    """Whether this state of the city is published already; `public` may be None."""
    return (
        public is not None
        and public.publication_id is not None
        and public.seen_content_version == city.content_version
        and public.tables_catalogue == catalogue.sha256
    )


def prepare(cities, collected, catalogue, resources_versions=None):
    """City id → its `Prepared`; `collected`: city id → the record to publish."""
    found = find_resources_of({pk: resource_ids(one) for pk, one in collected.items()})
    texts, day, published = Texts(catalogue), today(), []
    for city in cities:
        record = collected[city.pk]
        public = card(city, record, catalogue)
        context = Context(public, found[city.pk], catalogue, texts, day)
        public.levels = levels_of(record, context)
        published.append(Published(public, record, catalogue))
    made = read_tables.make_rows(published)
    resources_versions = resources_versions or {}
    made_of = {
        city.pk: (city.content_version, resources_versions.get(city.pk, 0), catalogue.sha256)
        for city in cities
    }
    return {one.city.pk: _prepared(one, made_of[one.city.pk], made) for one in published}


def _prepared(one, made_of, made):
    encoded = records.encode(one.record)
    return Prepared(
        made_of=made_of,
        public=one.city,
        encoded=encoded,
        sha256=records.digest(encoded),
        catalogue=one.catalogue,
        rows={table: {one.city.pk: rows[one.city.pk]} for table, rows in made.items()},
    )


def card(city, record, catalogue):
    """The unsaved `PublicCity` of a record, by this catalogue.

    What the city states comes from the record; from `City` comes what the platform decides.
    """
    stated = record.city
    summaries = summaries_of(stated)
    return PublicCity(
        city=city,
        slug=stated.slug,
        name=words_of(stated.name),
        local_name=words_of(stated.local_name),
        content_language=stated.language,
        latitude=stated.latitude,
        longitude=stated.longitude,
        petals=petals.as_json(petals.petals_of(record, catalogue)),
        summaries=[[text.language, text.value] for text in summaries],
        summary_words=word_line("\n".join(text.value for text in summaries)),
        population=stated.population,
        area_km2=stated.area_km2,
        **counts_of(record),
        country=city.country,
        is_sample=city.is_sample,
    )
