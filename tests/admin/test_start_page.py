"""The first page of the admin for the officer of one city."""

import re

import pytest
from django.urls import reverse

from citiesnature.next_steps import next_steps
from profiles.models import Assignment
from report.sources import working_context

from ..clients import client_of, words_of
from ..factories import make_action, make_city, make_statement, make_user, writing

INDEX = "/admin/"
FROM_HERE = "?next=%2Fadmin%2F#baseline-group"


@pytest.fixture
def city(catalogue):
    city = make_city("Lake Trial", about="Lakes.", population=5, latitude=30, longitude=120)
    make_action(city, "natural-areas", baseline={"total_area": 12})
    aimed = make_action(city, "natural-areas", description="Dunes", baseline={"total_area": 5})
    make_statement(aimed, "target", text="More dunes")
    make_action(city, "natural-areas", description="Heaths")
    return city


@pytest.fixture
def page(city):
    officer = client_of(make_user("officer@example.org", officer_of=city))
    return officer.get(INDEX).content.decode()


def test_the_page_of_an_officer_is_about_the_city(page):
    assert "<h1>Lake Trial</h1>" in page


def test_the_next_steps_are_small_and_tell_what_they_bring(city):
    record, context = working_context(city)
    pages = {action.number: f"/{action.number}/" for action in city.actions.all()}
    steps = next_steps(city, record, context, pages)
    assert [(step.words, step.url, step.gain, step.minutes) for step in steps] == [
        ("Set a year for the target of action 2", "/2/#target-group", "it can be judged then", 1),
        ("Name the head of government", steps[1].url, "1 of 3 left for Frontrunner profile", 1),
        (
            "Say where action 3 starts",
            "/3/#baseline-group",
            "fills a petal; 1 of 3 left for Frontrunner profile",
            3,
        ),
    ]
    assert steps[1].url.endswith(f"/{city.pk}/change/?next=%2Fadmin%2F#id_head_name")


def test_a_figure_that_stands_in_a_text_is_the_first_step(city):
    make_action(city, "natural-areas", description="恢复湿地8万余亩")
    record, context = working_context(city)
    pages = {action.number: f"/{action.number}/" for action in city.actions.all()}
    [first, *_others] = next_steps(city, record, context, pages)
    assert first.words == "Give action 4 a figure: “8万余亩” stands in its text"
    assert first.gain == "fills a petal; 1 of 3 left for Frontrunner profile"


def test_an_area_in_a_text_is_offered_before_a_count(city):
    make_action(city, "natural-areas", description="恢复湿地8万余亩")
    make_action(city, "natural-areas", description="种植树木500棵")
    record, context = working_context(city)
    pages = {action.number: f"/{action.number}/" for action in city.actions.all()}
    assert "8万余亩" in next_steps(city, record, context, pages)[0].words


def test_the_newest_change_comes_first_under_headings_in_order(city, page):
    changed = re.findall(r">(the city|action \d+)</a>", page[page.index("Changed lately") :])
    assert changed[0] == "action 3"
    assert "<h2>Changed lately</h2>" in page and "<h3>" not in page


def test_an_empty_petal_leads_to_the_baseline_that_is_missing(city, page):
    [missing] = re.findall(r'<a href="([^"]+)" aria-label="Action 3, [^"]*no starting point', page)
    third = city.actions.get(number=3)
    assert missing == reverse("admin:actions_action_change", args=[third.pk]) + FROM_HERE
    assert 'aria-label="Action 1,' not in page


def test_who_may_only_read_is_asked_to_do_nothing(city):
    user = make_user()
    with writing():
        Assignment.objects.create(user=user, role="reviewer", country=city.country)
    words = words_of(client_of(user).get(INDEX))
    assert "Next steps" not in words
    assert "Read the profile" in words
