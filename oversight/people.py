"""Which of the people who look after cities may be named, and how."""

from accounts.models import User
from profiles.access import overseers_of
from profiles.people import display_name


def owners_for(cities):
    """Those who may look after each of the `cities`, by name."""
    people = User.objects.filter(is_active=True).order_by("full_name", "email")
    # Roles of those who look after cities are for countries and regions, never for one city.
    for city in {city.country_id: city for city in cities}.values():
        people = people.filter(pk__in=User.objects.filter(overseers_of(city)).values("pk"))
    return people


def names(people, reader):
    return ", ".join(str(display_name(person, reader)) for person in people)
