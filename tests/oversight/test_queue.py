"""What waits for those who look after cities, who sees to it, and that only one takes it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hub.models import Resource
from notices.models import Question
from oversight.models import TakenItem
from oversight.queue import queue_of, take, take_over
from profiles.models import City, Region, Submission
from tests.clients import client_of, words_of
from tests.factories import (
    make_city,
    make_resource,
    make_submission,
    make_user,
    writing,
)

TAKE = reverse("admin:oversight_queue")


@pytest.fixture
def city(catalogue):
    return make_city("Port Trial", publishing=City.Publishing.REVIEW)


@pytest.fixture
def staff(city):
    return make_user("staff@example.org", is_staff=True, full_name="Ana")


@pytest.fixture
def other(city):
    asia = Region.objects.get(countries__code="CN")
    return make_user("co@example.org", coordinator_of=asia, full_name="Co")


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def test_staff_see_all_that_waits_the_oldest_first_and_coordinators_reviews(city, staff, other):
    sent = make_submission(city)
    Submission.objects.filter(pk=sent.pk).update(sent_at=days_ago(3), due_on="2026-01-02")
    make_resource(city, "Guide", state=Resource.State.SUBMITTED)
    asked = {"email": "r@example.org", "text": "How?", "page": "/"}
    Question.objects.create(city=city, asked_at=days_ago(20), **asked)
    Question.objects.create(city=city, asked_at=days_ago(2), **asked)
    City.objects.filter(pk=city.pk).update(updated_at=days_ago(5))
    items = queue_of(staff)
    assert [item.kind for item in items] == ["question", "lag", "submission", "resource"]
    assert [item.age for item in items] == [
        "for 20 days",
        "for 5 days",
        "for 3 days",
        "since today",
    ]
    assert [item.is_overdue for item in items] == [True, False, True, False]
    assert [item.kind for item in queue_of(other)] == ["submission"]
    page = words_of(client_of(staff).get(reverse("admin:index")))
    assert page.index("a question of a reader") < page.index("a profile to review")


def test_one_takes_it_another_reads_who_was_quicker(city, staff, other):
    sent = make_submission(city)
    posted = {"item": f"submission-{sent.pk}", "take": ""}
    client_of(staff).post(TAKE, posted)
    page = words_of(client_of(other).post(TAKE, posted, follow=True))
    assert "Ana has just taken it." in page and "Take it over" in page
    client_of(other).post(TAKE, {**posted, "owner": staff.pk})
    item = next(one for one in queue_of(staff) if one.kind == "submission")
    assert item.owner == other
    assert not take_over(item, other, staff)
    client_of(staff).post(TAKE, {"item": posted["item"], "give-back": ""})
    assert TakenItem.objects.get().owner == other  # only one's own
    client_of(other).post(TAKE, {"item": posted["item"], "give-back": ""})
    assert not TakenItem.objects.exists()


def test_what_comes_back_is_free_again_and_others_cannot_take_it(city, staff):
    resource = make_resource(city, "Guide", state=Resource.State.SUBMITTED)
    take(next(item for item in queue_of(staff) if item.kind == "resource"), staff)
    for state in (Resource.State.RETURNED, Resource.State.SUBMITTED):
        resource.state = state
        with writing():
            resource.save()
    item = next(item for item in queue_of(staff) if item.kind == "resource")
    assert item.owner is None
    officer = make_user("officer@example.org", officer_of=city)
    client_of(officer).post(TAKE, {"item": f"resource-{resource.pk}", "take": ""})
    assert TakenItem.objects.get().owner == staff
    assert take(item, staff) == staff
