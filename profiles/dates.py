"""The platform's calendar."""

import datetime

from django.utils import timezone


def today():
    """Today in UTC."""
    return timezone.now().astimezone(datetime.UTC).date()
