"""Mails to the people of several cities: who gets them, what stands in them, and how they are sent.

`send` stores who gets one; the worker writes to each (`mail_writer`), by `notices`.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from notices.kinds import KINDS
from notices.recipients import wanting
from profiles.access import ROLES_FOR_ONE_CITY
from profiles.models import Assignment, City

from .models import Mailing, MailingRecipient

CITY, NAME = "{city}", "{name}"
GAP = re.compile(r"\{[^{}\n]*\}")

State = MailingRecipient.State


@dataclass(frozen=True, slots=True)
class Recipient:
    """`city`: for which of their cities they get it."""

    city: City
    user: User


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets a mailing; `unreached`: the cities of which nobody gets it, by name."""

    recipients: tuple[Recipient, ...]
    unreached: tuple[City, ...]


def unknown_gaps(text):
    """What stands in braces and is not filled in."""
    return [gap for gap in GAP.findall(text) if gap not in (CITY, NAME)]


def fill(text, city, user):
    """`text` with the name of the city and of the person in their places."""
    with translation.override(user.mail_language):
        name = user.full_name or _("colleague")
    return GAP.sub(lambda gap: {CITY: city.name, NAME: name}.get(gap[0], gap[0]), text)


def audience_of(mailing, sender):
    """The `Audience` at this moment: no closed accounts, nobody who does not want such mails.

    Somebody with several of the cities gets one mail for each if it names the city, else one.
    """
    cities = City.objects.overseen_by(sender).filter(pk__in=mailing.cities.values("pk"))
    cities = list(cities.select_related("country").order_by("name", "pk"))
    keys = [city.pk for city in cities if settings.ALLOW_DEMO or not city.is_sample]
    roles = Assignment.objects.filter(city__in=keys, role__in=ROLES_FOR_ONE_CITY)
    pairs = sorted({(role.city_id, role.user_id) for role in roles})
    people = User.objects.in_bulk({user for _city, user in pairs}).values()
    wanted = {user.pk: user for user in wanting(KINDS["message"], people, sender)}
    people_of = defaultdict(list)
    for city, user in pairs:
        if user in wanted:
            people_of[city].append(wanted[user])
    found = [Recipient(city, user) for city in cities for user in people_of.get(city.pk, ())]
    if CITY not in mailing.subject + mailing.text:
        found = list({one.user: one for one in reversed(found)}.values())[::-1]
    return Audience(tuple(found), tuple(city for city in cities if city.pk not in people_of))


@transaction.atomic
def send(mailing, sender, recipients):
    """Have a draft sent to these `Recipient`s; False if it is sent already, or has changed."""
    shown = Mailing.objects.filter(pk=mailing.pk, subject=mailing.subject, text=mailing.text)
    if not shown.filter(sent_at=None).update(sent_at=timezone.now(), written_by=sender):
        return False
    MailingRecipient.objects.bulk_create(
        MailingRecipient(mailing=mailing, city=one.city, user=one.user) for one in recipients
    )
    return True
