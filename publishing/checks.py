"""Computes what the public reads of cities again, to find what differs from what is stored."""

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue import frozen
from profiles import read_tables
from profiles.models import City, PublicAddress
from profiles.read_tables import Published

from . import record as records
from .prepared import prepare
from .publish import locked

CARD = (
    *("slug", "name", "local_name", "content_language", "latitude", "longitude", "country_id"),
    *("is_sample", "population", "area_km2", "action_count", "commitment_count", "start_count"),
    *("target_count", "full_target_count", "levels", "petals", "summaries", "summary_words"),
    "search_text",
)


def faults_of(city_ids):
    """(address, what is wrong) of these public cities, under their locks; then of leftover rows
    and of what is counted over all cities.
    """
    for city_id in city_ids:
        yield from _faults(city_id)
    for city_id in read_tables.surplus():
        yield city_id, _("rows of a city that is not public")
    for model in read_tables.miscounted():
        yield model._meta.label, _("the totals are not the sum of the rows")


@transaction.atomic
def _faults(city_id):
    city, public = locked(city_id)
    if city is None or public is None or public.publication_id is None:
        return []
    city = City.objects.select_related("country__region").get(pk=city_id)
    return [(public.slug, fault) for fault in _differences(public, city)]


def _differences(public, city):
    publication = public.publication
    try:
        encoded = records.unpack(publication.record)
        record = records.decode(encoded)
    except records.UnreadableRecord as error:
        yield _("publication %(number)d cannot be read: %(error)s") % {
            "number": publication.number,
            "error": error,
        }
        return
    if records.digest(encoded) != publication.sha256:
        yield _("publication %d is not as its hash says") % publication.number
    if not PublicAddress.objects.filter(slug=public.slug.lower(), city=city).exists():
        yield _("its address is not reserved")
    fresh = prepare([city], {city.pk: record}, frozen.current())[city.pk].public
    fresh._meta.get_field("search_text").pre_save(fresh, add=False)
    fresh.country_id = public.country_id
    for name in CARD:
        if getattr(fresh, name) != getattr(public, name):
            yield _("its card differs in “%s”") % name
    published = Published(public, record, frozen.current())
    for model, key in read_tables.differences([published]):
        yield f"{model._meta.label} {key}"
