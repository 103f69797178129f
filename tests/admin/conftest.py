from types import SimpleNamespace

import pytest

from actions.models import Commitment
from profiles.models import Assignment, Country, Role
from tests.admin.furnishing import furnish
from tests.clients import client_of
from tests.factories import make_city, make_user, writing


@pytest.fixture
def other_commitment(catalogue):
    return Commitment.objects.last()


@pytest.fixture
def everything(catalogue, kept):
    """`ours`, `theirs` and `people`, made together: giving a role changes the row of its city."""
    return kept.get("ours, theirs and people", make_everything)


def make_everything():
    ours, theirs = make_ours(), make_theirs()
    return SimpleNamespace(ours=ours, theirs=theirs, people=make_people(ours.city, theirs.city))


@pytest.fixture
def ours(request, catalogue, kept):
    if "people" in request.fixturenames:
        return request.getfixturevalue("everything").ours
    return kept.get("ours", make_ours)


def make_ours():
    return furnish(make_city("Our City", country="CN", contact_email="us@ours.example"))


@pytest.fixture
def theirs(request, catalogue, kept):
    """A city on another continent that is not public yet."""
    if "people" in request.fixturenames:
        return request.getfixturevalue("everything").theirs
    return kept.get("theirs", make_theirs)


def make_theirs():
    return furnish(
        make_city("Their City", country="ZA", state="draft", contact_email="them@theirs.example")
    )


@pytest.fixture
def people(everything):
    """One of each kind, all in view of `ours`."""
    return everything.people


def make_people(ours, theirs):
    reviewer = make_user("reviewer@example.org")
    with writing():
        Assignment.objects.create(
            user=reviewer, role=Role.REVIEWER, country=Country.objects.get(code="CN")
        )
    return {
        "officer": make_user("officer@example.org", officer_of=ours, full_name="Lin Our"),
        "colleague": make_user("colleague@example.org", officer_of=ours, full_name="Mo Our"),
        "other": make_user("other@example.org", officer_of=theirs),
        "coordinator": make_user("coordinator@example.org", coordinator_of=ours.country.region),
        "reviewer": reviewer,
        "staff": make_user("staff@example.org", is_staff=True),
        "superuser": make_user("root@example.org", is_staff=True, is_superuser=True),
        "nobody": make_user("nobody@example.org"),
    }


@pytest.fixture
def as_(people):
    """`as_("officer")`: a client signed in as that person."""
    return lambda name: client_of(people[name])


@pytest.fixture
def officer(as_):
    return as_("officer")


@pytest.fixture
def staff(as_):
    return as_("staff")
