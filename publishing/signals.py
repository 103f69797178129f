"""What publishing tells: each is sent inside the transaction that did it."""

from django.dispatch import Signal

city_published = Signal()
"""Arguments: publication, by (a user or None), submission (None where nothing was reviewed)."""

city_withdrawn = Signal()
"""Arguments: city, note, by."""

submission_sent = Signal()
"""Argument: submission."""

submission_returned = Signal()
"""Argument: submission."""
