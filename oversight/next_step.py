"""The next step of a city in the table, from what its row says: no document is built for it.

Its own first page tells its officer more (`citiesnature.next_steps`).
"""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.models import State

STALE = datetime.timedelta(days=365)


def next_step(city):
    """In words; "" where nothing is to be done. `city`: a row of `table.with_people`."""
    if city.is_withdrawn:
        return _("Withdrawn: show it again, or leave it")
    if not city.has_officer:
        return _("Find an officer")
    if city.signed_in_at is None:
        return _("Help the officer to sign in")
    return _of_review(city) or _of_contents(city)


def _of_review(city):
    if city.state == State.IN_REVIEW:
        return _("Answer what it has sent for review")
    if city.state == State.RETURNED:
        return _("The city answers the reviewer’s note")
    if city.state == State.DRAFT:
        return _("Send the profile for review")
    if city.public_city.seen_content_version != city.content_version:
        return _("Publish what has changed")
    return ""


def _of_contents(city):
    """The first thing that its public profile lacks."""
    card = city.public_city
    if not card.action_count:
        return _("Describe a first action")
    if missing := card.action_count - card.start_count:
        words = ngettext(
            "Say where %(number)d action starts", "Say where %(number)d actions start", missing
        )
        return words % {"number": missing}
    if not card.target_count:
        return _("Set a first target")
    if not card.full_target_count:
        return _("Give a target a figure and a year")
    if city.published_at < timezone.now() - STALE:
        return _("Bring the figures up to date")
    return ""
