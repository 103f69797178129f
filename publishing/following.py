"""What is published when something changes: in the request where it is little, else by a worker.

Whatever fails here leaves the city lagging (`profiles.lagging`), and is logged.
"""

from functools import partial

from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from actions.models import Action
from catalogue.frozen import catalogue_changed
from hub.public_resources import resources_changed
from profiles.changes import city_changed
from profiles.lagging import lagging, unpublished
from profiles.models import City, Country, PublicCity, Region

from .catching_up import publish_some
from .publish import publish_each

FEW_CITIES, FEW_ACTIONS = 20, 300
"""Changes of more cities, and cities with more actions, are left to a worker."""

worker_checks = []
"""Functions that say whether a worker lives that publishes what lags."""


@receiver(city_changed)
def follow_cities(sender, city_ids, change_set, **kwargs):
    """Publish of what has just been saved what is due; all of it where no worker lives."""
    note_unpublished(city_ids)
    if any(lives() for lives in worker_checks):
        city_ids = _little_of(city_ids)
    about = {"by": change_set.user, "note": change_set.reason}
    for _published in publish_each(city_ids, lambda ids: dict.fromkeys(ids, about)):
        pass


def note_unpublished(city_ids):
    """Note since when these cities hold changes that are not public."""
    changed = unpublished().filter(pk__in=city_ids).values("pk")
    rows = PublicCity.objects.filter(pk__in=changed, unpublished_since=None)
    with transaction.atomic():
        if len(city_ids) > 1:
            # An update locks in no order, and others may want some of the same rows.
            list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
        rows.update(unpublished_since=timezone.now())


def _little_of(city_ids):
    """Those of these cities that are published in the request, or taken from the public."""
    withdrawn = {
        *City.objects.filter(pk__in=city_ids, is_withdrawn=True).values_list("pk", flat=True)
    }
    is_many = len(city_ids) > FEW_CITIES
    return [pk for pk in city_ids if pk in withdrawn or not (is_many or _is_large(pk))]


def _is_large(city_id):
    return Action.objects.filter(city=city_id).count() > FEW_ACTIONS


@receiver(catalogue_changed)
def follow_catalogue(sender, **kwargs):
    """The read tables of all cities lag now."""
    transaction.on_commit(catch_up, robust=True)


@receiver(resources_changed)
def follow_resources(sender, city_ids, **kwargs):
    """Write card and read tables anew; `resources_version` has moved already."""
    PublicCity.objects.filter(pk__in=city_ids).update(tables_catalogue="")
    if 0 < len(city_ids) <= FEW_CITIES:
        transaction.on_commit(partial(catch_up_with, city_ids), robust=True)


@receiver(post_save, sender=Country)
def follow_country(sender, instance, created, **kwargs):
    if not created:
        write_anew(PublicCity.objects.filter(country=instance))


@receiver(post_save, sender=Region)
def follow_region(sender, instance, created, **kwargs):
    if not created:
        write_anew(PublicCity.objects.filter(country__region=instance))


def write_anew(public_cities):
    """Have card and read tables of these cities written again after the present transaction."""
    # Locked in the order of their keys, as everywhere.
    rows = public_cities.order_by("pk").select_for_update(of=("self",), no_key=True)
    keys = list(rows.values_list("pk", flat=True))
    PublicCity.objects.filter(pk__in=keys).update(
        tables_catalogue="", resources_version=F("resources_version") + 1
    )
    if keys:
        transaction.on_commit(catch_up, robust=True)


def catch_up():
    """Publish what lags where it is little; the rest waits for a worker or `publish_lagging`."""
    ids = list(lagging()[: FEW_CITIES + 1])
    if len(ids) <= FEW_CITIES:
        catch_up_with(ids)


def catch_up_with(city_ids):
    if city_ids:
        for _published in publish_some(city_ids):
            pass
