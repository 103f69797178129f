"""The home page: numbers, one city told, what is new, and what is kept of it for everybody."""

import pytest

from profiles.models import Publication
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
    make_city("Port")
    make_city("Draft", state="draft")
    page = page_of(client)
    for words in ("cities in 1 country 2", "action, 1 with a starting point 1"):
        assert words in page
    assert "target with a figure and a year 1" in page


def test_it_tells_of_one_city_with_its_target(client, catalogue):
    reporting_city("Anji")
    make_city("Port")
    page = page_of(client)
    assert "10% → 12% now → 20% by 2040" in page
    assert "Anji published its profile with 1 action" in page


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
