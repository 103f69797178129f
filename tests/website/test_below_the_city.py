"""The chapters and the actions of a city at their own addresses, made as its page is."""

import re

import pytest
from django.urls import reverse

from actions.models import Statement
from tests.clients import client_of
from tests.factories import make_action, make_city, make_statement, make_user, withdraw, writing

from .reading import html_of, words_of

CHAPTERS = ["city_actions", "city_pathway", "city_cbi", "city_resources"]
BELOW = [*CHAPTERS, "city_action"]


@pytest.fixture
def city(catalogue):
    city = make_city("Port Trial")
    make_action(city, "natural-areas", description="Hedges.", baseline={"natural_area": "100"})
    make_action(city, "protected-areas", description="Marshes.")
    return city


def address_of(form, slug="port-trial", number=1):
    below = {"number": number} if form == "city_action" else {}
    return reverse(f"website:{form}", kwargs={"slug": slug, **below})


@pytest.mark.parametrize("form", BELOW)
def test_a_page_below_is_canonical_kept_and_asks_one_query_again(
    client, city, form, django_assert_num_queries
):
    first = client.get(address_of(form))
    page = html_of(first)
    assert first["Cache-Control"] == "public, no-cache"
    assert f'<link rel="canonical" href="http://testserver{address_of(form)}">' in page
    assert page.count("<h1") == 1 and 'id="download-and-cite"' in page
    assert "http://testserver/cities/port-trial/share.png" in page
    with django_assert_num_queries(1):
        again = client.get(address_of(form), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert client.get(address_of(form, "Port-Trial"))["Location"] == address_of(form)


@pytest.mark.parametrize("form", BELOW)
def test_a_page_below_goes_where_its_city_goes(client, city, form):
    with writing():
        city.slug = "port-trial-and-sands"
        city.save()
    moved = client.get(address_of(form))
    assert (moved.status_code, moved["Location"]) == (301, address_of(form, city.slug))
    withdraw(city)
    assert client.get(address_of(form, city.slug)).status_code == 410
    preview = client_of(make_user(officer_of=city)).get(address_of(form, city.slug))
    part = "action-1" if form == "city_action" else form.removeprefix("city_")
    assert preview["Location"] == f"/cities/{city.slug}/preview/#{part}"
    with writing():
        city.delete()
    assert client.get(address_of(form)).status_code == 410


def test_a_chapter_shows_itself_alone(client, city):
    page = html_of(client.get(address_of("city_actions")))
    assert 'id="action-2"' in page and 'id="pathway"' not in page
    assert page.count('aria-current="page"') >= 1
    assert re.findall("<h1>(.*?)</h1>", page) == ["Actions of Port Trial"]


def test_an_action_has_its_words_its_figures_and_its_neighbours(client, city):
    page = html_of(client.get(address_of("city_action")))
    assert "Hedges." in page and "Marshes." not in page
    assert 'id="baseline-natural_area"' in page
    line = "Port Trial, year not given (start), the city gives no source, version 1, http://"
    assert line in re.search(r"<textarea[^>]* readonly[^>]*>(.*?)</textarea>", page, re.S)[1]
    assert f'rel="next" href="{address_of("city_action", number=2)}"' in page
    assert 'rel="prev"' not in page
    assert 'href="/actions/types/natural-areas/"' in page
    assert "http://testserver/cities/port-trial/versions/1/#action-1" in page
    second = client.get(address_of("city_action", number=2))
    assert "No starting point, target or progress yet." in second.text
    assert second["ETag"] != client.get(address_of("city_action"))["ETag"]


def test_what_is_reported_of_an_action_makes_its_page_new(client, city):
    first = client.get(address_of("city_action"))
    with writing():
        action = city.actions.get(number=1)
    make_statement(action, Statement.Kind.TARGET, {"natural_area": "120"}, due_year=2030)
    again = client.get(address_of("city_action"), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200 and 'id="target-2030-natural_area"' in again.text


@pytest.mark.parametrize("number", [3, 10**30])
def test_an_action_that_is_not_there_is_told_in_words(client, city, number):
    response = client.get(address_of("city_action", number=number))
    assert response.status_code == 404
    assert "no-store" in response["Cache-Control"] and "ETag" not in response
    said = words_of(response.text)
    assert f"There is no action {number}" in said and "has it no more" in said
    assert f'href="{address_of("city_actions")}"' in response.text


def test_an_officer_is_led_to_where_the_action_is_edited(client, city):
    officer = client_of(make_user(officer_of=city))
    response = officer.get(address_of("city_action"))
    assert "no-store" in response["Cache-Control"]
    assert 'href="/cities/port-trial/edit/action/1/"' in response.text


def test_a_sample_stays_out_of_search_engines_below_as_well(client, catalogue):
    make_action(make_city("Invented", is_sample=True))
    for form in BELOW:
        assert client.get(address_of(form, "invented"))["X-Robots-Tag"] == "noindex"
