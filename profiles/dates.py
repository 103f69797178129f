"""The platform's calendar."""

import datetime

from django.utils import timezone

FARTHEST_EAST = datetime.timedelta(hours=14)
"""The time of Kiribati before that of UTC; no place is farther ahead."""


def today():
    """The date in UTC: `timezone.now` is in UTC whatever the time zone of the settings."""
    return timezone.now().date()


def latest_today():
    """The newest date that has begun anywhere. A later day is still to come."""
    return (timezone.now() + FARTHEST_EAST).date()
