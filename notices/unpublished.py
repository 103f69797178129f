"""Reminds a city once of changes that have waited for two weeks to be published."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from profiles.lagging import unpublished
from profiles.models import City, PublicCity
from publishing.unpublished import unpublished_changes

from .models import Reminder
from .recipients import officers_of
from .sending import notify

WAIT = timedelta(days=14)


def remind(goes_on):
    """Mail the cities that publish by themselves and have not, as long as `goes_on()`."""
    for city, since in forgetful():
        if not goes_on():
            return
        with transaction.atomic():
            if is_first_reminder(city, since) and unpublished_changes(city):
                notify("unpublished", officers_of(city), city, since=since)


def is_first_reminder(city, since):
    """Note the reminder; False if another worker has done so meanwhile."""
    row, is_new = Reminder.objects.get_or_create(city=city, defaults={"since": since})
    others = Reminder.objects.filter(pk=row.pk).exclude(since=since)
    return is_new or bool(others.update(since=since))


def forgetful():
    """(city, since when its changes wait) of those that are to be reminded."""
    cards = PublicCity.objects.filter(unpublished_since__lt=timezone.now() - WAIT)
    reminded = Reminder.objects.filter(city=OuterRef("city"), since=OuterRef("unpublished_since"))
    cards = cards.filter(~Exists(reminded), city__in=unpublished().values("pk"))
    since = dict(cards.values_list("city", "unpublished_since"))
    cities = City.objects.filter(pk__in=since, publishing=City.Publishing.CITY)
    return [(city, since[city.pk]) for city in cities.select_related("country")]
