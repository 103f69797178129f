"""Writes of the Action Platform that touch several rows."""

from django.db.models import F

from profiles.changes import current_recording
from profiles.models import City


def next_number(city):
    """Take the next action number of `city`; a number is never given twice."""
    current_recording()
    City.objects.filter(pk=city.pk).update(last_action_number=F("last_action_number") + 1)
    return City.objects.values_list("last_action_number", flat=True).get(pk=city.pk)
