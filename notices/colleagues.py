"""Mails the officers who asked colleagues for figures what has been answered."""

from django.db import transaction

from accounts.models import User
from profiles.access import ROLES_THAT_EDIT, by_platform_staff, covering
from updates.answered import to_be_told

from .recipients import officers_of
from .sending import notify


def tell_of_answers(goes_on):
    """Mail the answers to who asked, as long as `goes_on()`; several of a short time in one mail.

    Where that person does not edit the city any more, its officers get it.
    """
    for answered in to_be_told():
        if not goes_on():
            return
        with transaction.atomic():
            mine = answered.claimed()
            if mine.requests:
                city = mine.update.city
                notify("answered", readers_of(mine, city), city, answered=mine)


def readers_of(answered, city):
    may_edit = covering(city, ROLES_THAT_EDIT) | by_platform_staff("")
    asked = User.objects.filter(may_edit, pk=answered.asked_by and answered.asked_by.pk)
    return set(asked.filter(is_active=True)) or officers_of(city)
