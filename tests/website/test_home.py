"""The home page: numbers, one city told, what is new, and what is kept of it for everybody."""

from datetime import date
from types import SimpleNamespace

import pytest

from catalogue.atoms import Text
from profiles.models import Publication, PublicCity
from publishing.redaction import redact
from publishing.versions import withdraw_version
from tests.clients import client_of
from tests.factories import (
    make_action,
    make_city,
    make_statement,
    make_user,
    withdraw,
    writing,
)
from tests.published import publish_all
from tests.website.reading import text_of
from website import questions
from website.home import is_told, state_of_cities, tell_one

pytestmark = pytest.mark.django_db


def reporting_city(name, **fields):
    city = make_city(name, **fields)
    action = make_action(city, "carbon", baseline={"tree_cover": 10})
    make_statement(action, "progress", {"tree_cover": 12}, date="2025-01-01")
    make_statement(action, "target", {"tree_cover": 20}, due_year=2040)
    return city


def page_of(client):
    return text_of(client.get("/"))


def test_it_counts_cities_actions_and_targets(client, catalogue):
    reporting_city("Anji")
    make_action(make_city("Port"), "carbon", baseline={"tree_cover": 10})
    make_city("Draft", state="draft")
    page = page_of(client)
    for words in ("cities in 1 country 2", "actions, 2 with a starting point 2"):
        assert words in page
    assert "target with a figure and a year 1" in page


def test_it_tells_of_one_city_with_its_target(client, catalogue):
    reporting_city("Anji")
    make_city("Port")
    page = page_of(client)
    assert "10% → 12% now → 20% by 2040" in page
    assert "Anji published its profile with 1 action" in page


def test_what_is_new_comes_first_and_three_are_told(client, catalogue):
    for name in ("Anji", "Berne", "Cusco", "Dakar"):
        make_city(name)
        publish_all()
    page = page_of(client)
    told = [page.find(f"{name} published its profile") for name in ("Dakar", "Cusco", "Berne")]
    assert told == sorted(told) and min(told) > 0
    assert "Anji published" not in page


def test_another_city_is_told_each_day_of_those_with_many_targets(catalogue):
    def told():
        days = [date(2026, 6, day) for day in (1, 2)]
        return {tell_one(PublicCity.objects.listed(), day).city.name for day in days}

    cities = [reporting_city(name) for name in ("Anji", "Berne")]
    publish_all()
    assert told() == {"Anji", "Berne"}
    for year in (2041, 2042):
        action = make_action(cities[1], "carbon")
        make_statement(action, "target", {"tree_cover": 30}, due_year=year)
    publish_all()
    assert told() == {"Berne"}


@pytest.mark.parametrize(
    ("start", "now", "goal", "is_drawn"),
    [("52%", "66%", "75%", True), ("52%", None, "75%", False), ("52%", "some", "75%", False)],
)
def test_a_target_is_drawn_that_has_a_number_at_each_end(start, now, goal, is_drawn):
    texts = {"start": start, "now": now, "goal": goal}
    row = {name: text and Text(text, "en") for name, text in texts.items()}
    assert bool(is_told(SimpleNamespace(**row))) is is_drawn


def test_a_question_is_left_out_without_its_action_type(monkeypatch):
    types = {
        "urban-heat": SimpleNamespace(retired=False),
        "restoration": SimpleNamespace(retired=1),
    }
    catalogue = SimpleNamespace(action_types=types)
    monkeypatch.setattr(questions.frozen, "current", lambda: catalogue)
    assert [one.url for one in questions.questions()] == ["/actions/types/urban-heat/"]


def test_a_city_that_is_withdrawn_is_told_no_more(client, catalogue):
    city = reporting_city("Anji")
    assert "Anji" in page_of(client)
    withdraw(city)
    assert "Anji" not in page_of(client)


def test_an_empty_platform_says_what_will_stand_there(client, catalogue):
    assert "No city has published its profile yet." in page_of(client)


def test_what_has_not_changed_is_not_sent_again(client, catalogue, django_assert_max_num_queries):
    reporting_city("Anji")
    etag = client.get("/")["ETag"]
    with django_assert_max_num_queries(3):
        assert client.get("/", headers={"if-none-match": etag}).status_code == 304
    reporting_city("Port")
    assert client.get("/", headers={"if-none-match": etag}).status_code == 200


def test_who_is_signed_in_has_a_page_of_their_own(catalogue):
    officer = client_of(make_user(officer_of=reporting_city("Anji")))
    response = officer.get("/")
    assert "Edit your city" in response.text
    assert "private" in response["Cache-Control"]


def test_names_are_printed_as_they_are(client, catalogue):
    reporting_city("100 % <b>Green</b> %(city)s")
    assert "100 % &lt;b&gt;Green&lt;/b&gt; %(city)s</a> published" in client.get("/").text


def test_its_queries_do_not_grow_with_the_cities(client, catalogue, django_assert_max_num_queries):
    for name in ("Anji", "Berne", "Cusco", "Dakar", "Essen"):
        reporting_city(name)
    publish_all()
    with django_assert_max_num_queries(17):
        client.get("/")


def test_what_is_redacted_or_withdrawn_leaves_the_kept_page(client, catalogue):
    city = make_city("Port Trial")
    action = make_action(city, "natural-areas")
    publish_all()
    with writing():
        city.website = "https://example.org/"
        city.save()
    publish_all()
    target = make_statement(action, "target", {"total_area": "4321"}, due_year=2031)
    publish_all()
    assert "4,321" in text_of(client.get("/"))
    assert client.get("/").headers["ETag"] == client.get("/").headers["ETag"]
    path = f"actions.{action.number}.{target.pk}"
    with writing():
        target.delete()
    redact(city.pk, path, by=None, reason="A secret place.")
    page = client.get("/")
    assert "4,321" not in text_of(page)
    withdraw_version(Publication.objects.get(number=2), by=make_user(), note="Wrong.")
    assert client.get("/").headers["ETag"] != page.headers["ETag"]


def test_a_redaction_in_an_earlier_version_changes_what_is_new(catalogue):
    city = make_city("Port Trial", website="https://example.org/")
    publish_all()
    with writing():
        city.website = ""
        city.save()
    publish_all()
    before = state_of_cities()
    assert state_of_cities() == before
    redact(city.pk, "city.website", by=None, reason="A secret place.")
    assert state_of_cities() != before
