import pytest

from profiles.models import Assignment, Role
from tests.clients import client_of
from tests.factories import make_city, make_user, writing


@pytest.fixture
def city(catalogue):
    return make_city("Our City")


@pytest.fixture
def officer(city):
    """A client of the city's officer."""
    return client_of(make_user(officer_of=city, full_name="Lin Our"))


@pytest.fixture
def reviewer(city):
    """A client of the reviewer of the city's country."""
    user = make_user()
    with writing():
        Assignment.objects.create(user=user, role=Role.REVIEWER, country=city.country)
    return client_of(user)
