"""Next steps of cities, ages of items, and the gaps of mails: rules that ask for no database."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import User
from oversight.mailings import fill, unknown_gaps
from oversight.next_step import next_step
from oversight.queue import Item
from profiles.models import City

NOW = timezone.now()


def row(card=(), **fields):
    counts = {"action_count": 3, "start_count": 3, "target_count": 1, "full_target_count": 1}
    values = {
        "is_withdrawn": False,
        "has_officer": True,
        "signed_in_at": NOW,
        "state": "published",
        "content_version": 7,
        "published_at": NOW,
        "public_city": SimpleNamespace(**counts | {"seen_content_version": 7} | dict(card)),
    }
    return SimpleNamespace(**values | fields)


@pytest.mark.parametrize(
    ("city", "words"),
    [
        (row(is_withdrawn=True, has_officer=False), "Withdrawn: show it again, or leave it"),
        (row(has_officer=False, signed_in_at=None), "Find an officer"),
        (row(signed_in_at=None), "Help the officer to sign in"),
        (row(state="in_review", public_city=None), "Answer what it has sent for review"),
        (row(state="returned", public_city=None), "The city answers the reviewer’s note"),
        (row(state="draft", public_city=None), "Send the profile for review"),
        (row(content_version=8), "Publish what has changed"),
        (row({"action_count": 0, "start_count": 0}), "Describe a first action"),
        (row({"start_count": 1}), "Say where 2 actions start"),
        (row({"target_count": 0, "full_target_count": 0}), "Set a first target"),
        (row({"full_target_count": 0}), "Give a target a figure and a year"),
        (row(published_at=NOW - timedelta(days=366)), "Bring the figures up to date"),
        (row(), ""),
    ],
)
def test_the_next_step_is_the_first_that_a_row_lacks(city, words):
    assert next_step(city) == words


def test_a_mail_names_city_and_person_and_leaves_other_braces_to_a_message():
    city = City(name="Port {name}")
    text = "Dear {name}, {city} {citty}"
    assert fill(text, city, User(full_name="Lin")) == "Dear Lin, Port {name} {citty}"
    assert fill("Dear {name}", city, User(email="a@example.org")) == "Dear colleague"
    assert unknown_gaps(text) == ["{citty}"]


@pytest.mark.parametrize(
    ("days", "words"), [(0, "since today"), (1, "for 1 day"), (30, "for 30 days")]
)
def test_an_item_says_how_long_it_has_waited(days, words):
    since = timezone.now() - timedelta(days=days)
    item = Item("lag", 1, "", "", "", since, due=date(2020, 1, 1))
    assert (item.age, item.is_overdue) == (words, True)
