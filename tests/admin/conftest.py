from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from actions.models import CityCommitment, Commitment
from hub.models import Resource
from pathway.models import Step, StepItem
from profiles.models import Assignment, Country, Role
from tests.factories import make_action, make_city, make_user, writing


def url_of(row, view="change", *more):
    label = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{label}_{view}", args=[row.pk, *more])


def client_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def furnish(city):
    """One row of each kind for `city`."""
    action = make_action(city, "natural-areas", baseline={"total_area": 12, "natural_area": 5})
    with writing():
        item = StepItem.objects.create(
            city=city, step=Step.objects.first(), title="A plan", url="https://example.org/plan"
        )
        resource = Resource.objects.create(
            city=city,
            title="A guide",
            kind=Resource.Kind.GUIDE,
            url="https://example.org/guide",
            state=Resource.State.PUBLISHED,
        )
    commitment = CityCommitment.objects.get(city=city)
    return SimpleNamespace(
        city=city, action=action, item=item, resource=resource, commitment=commitment
    )


def rows_of(side):
    return [side.city, side.action, side.item, side.resource, side.commitment]


@pytest.fixture
def other_commitment(catalogue):
    return Commitment.objects.last()


@pytest.fixture
def ours(catalogue):
    return furnish(make_city("Our City", country="CN", contact_email="us@ours.example"))


@pytest.fixture
def theirs(catalogue):
    """A city on another continent that is not public yet."""
    return furnish(
        make_city("Their City", country="ZA", state="draft", contact_email="them@theirs.example")
    )


@pytest.fixture
def people(ours, theirs):
    """One of each kind, all in view of `ours`."""
    region = ours.city.country.region
    reviewer = make_user("reviewer@example.org")
    with writing():
        Assignment.objects.create(
            user=reviewer, role=Role.REVIEWER, country=Country.objects.get(code="CN")
        )
    return {
        "officer": make_user("officer@example.org", officer_of=ours.city, full_name="Lin Our"),
        "colleague": make_user("colleague@example.org", officer_of=ours.city, full_name="Mo Our"),
        "other": make_user("other@example.org", officer_of=theirs.city),
        "coordinator": make_user("coordinator@example.org", coordinator_of=region),
        "reviewer": reviewer,
        "staff": make_user("staff@example.org", is_staff=True),
        "superuser": make_user("root@example.org", is_staff=True, is_superuser=True),
        "nobody": make_user("nobody@example.org"),
    }


@pytest.fixture
def as_(people):
    """`as_("officer")`: a client signed in as that person."""
    return lambda name: client_of(people[name])
