"""Whom a notice concerns."""

from accounts.models import User
from profiles.access import (
    ROLES_FOR_ONE_CITY,
    ROLES_THAT_APPROVE,
    by_platform_staff,
    covering,
)


def officers_of(city):
    """Those who answer for this city alone."""
    return set(User.objects.filter(covering(city, ROLES_FOR_ONE_CITY)))


def approvers_of(city):
    """The coordinators and reviewers of this city, but for platform staff."""
    people = User.objects.filter(covering(city, ROLES_THAT_APPROVE))
    return set(people.exclude(by_platform_staff("")))


def platform_staff():
    return set(User.objects.filter(by_platform_staff("")))


def wanting(kind, people, by=None):
    """Those of `people` who get a mail of this kind: no closed accounts, not who did it."""
    keys = [person.pk for person in people if person != by]
    wanting = User.objects.filter(pk__in=keys, is_active=True)
    return list(wanting.exclude(muted_kinds__kind=kind.code).order_by("pk"))
