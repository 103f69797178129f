"""Which of the people who look after cities may be named, and how."""

from accounts.models import User
from profiles.access import overseers_of
from profiles.people import display_name


def owners_for(city):
    """Those who may look after `city`, by name."""
    people = User.objects.filter(overseers_of(city), is_active=True).distinct()
    return people.order_by("full_name", "email")


def names(people, reader):
    return ", ".join(str(display_name(person, reader)) for person in people)
