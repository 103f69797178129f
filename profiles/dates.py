"""The platform's calendar."""

from django.utils import timezone


def today():
    """The date in UTC: `timezone.now` is in UTC whatever the time zone of the settings."""
    return timezone.now().date()
