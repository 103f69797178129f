"""Home and the list of cities: what is counted, found and said when nothing is."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from profiles.models import State
from tests.factories import make_action, make_city, make_user
from tests.published import publish_all
from website.paging import CARDS_PER_PAGE, FEWEST_CARDS, page_context

LIST = "/cities/"


def names(response):
    """The cities on the page, in order."""
    page = response.content.decode()
    return re.findall(r'class="city-card-name"><a href="[^"]+">([^<]+)</a>', page)


@pytest.fixture
def cities(catalogue):
    make_city("Anji County", local_name="安吉县", country="CN")
    make_city("Île-aux-Cerfs", slug="ile-aux-cerfs", country="FR")
    make_city("Zürich", slug="zuerich", country="CH")
    make_city("Draftville", country="CH", state=State.DRAFT)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Anji County", "Île-aux-Cerfs", "Zürich"]),
        ({"q": "安吉"}, ["Anji County"]),
        ({"q": "zurich"}, ["Zürich"]),
        ({"q": "ZÜRICH"}, ["Zürich"]),
        ({"q": "ile cerfs"}, ["Île-aux-Cerfs"]),
        ({"q": "draft"}, []),
        ({"q": "100%"}, []),
        ({"q": "_"}, []),
        ({"country": "CH"}, ["Zürich"]),
        ({"region": "europe"}, ["Île-aux-Cerfs", "Zürich"]),
        ({"region": "europe", "country": "CN"}, []),
        ({"region": "europe", "q": "cerf"}, ["Île-aux-Cerfs"]),
        ({"q": "ileauxcerfs"}, ["Île-aux-Cerfs"]),
        ({"q": "China"}, ["Anji County"]),
        ({"q": "switzer zür"}, ["Zürich"]),
        ({"q": "europe"}, ["Île-aux-Cerfs", "Zürich"]),
        ({"q": "china zurich"}, []),
        ({"q": "rance"}, []),
    ],
)
def test_the_filter_finds(client, cities, asked, found):
    assert names(client.get(LIST, asked)) == found


def test_a_search_without_result_says_what_to_do(client, cities):
    page = client.get(LIST, {"q": "xyz"}).content.decode()
    assert "0 cities found" in page
    assert "No city fits" in page
    assert 'value="xyz"' in page


def test_what_is_unknown_is_left_out_with_a_word(client, cities):
    response = client.get(LIST, {"country": "nowhere", "region": "europe"})
    assert "there is no “nowhere” here, so it was left out" in response.content.decode()
    assert names(response) == ["Île-aux-Cerfs", "Zürich"]
    for field in ("q", "country", "language", "sort"):
        assert client.get(LIST, {field: "\x00"}).status_code == 200


def test_an_empty_result_says_what_to_take_away(client, cities):
    page = client.get(LIST, {"country": "DE", "language": "en", "view": "map"}).content.decode()
    assert "0 cities found" in page
    (left,) = re.findall(r'class="loosened">(.*?)</ul>', page, re.S)
    assert re.findall(r'href="([^"]+)"', left) == ["/cities/?language=en&amp;view=map"]
    assert "without “Country: Germany”" in left and "3 cities" in left


def test_only_countries_and_regions_with_a_public_city_are_offered(client, cities):
    page = client.get(LIST).content.decode()
    for name, offered in (
        ("region", ["Asia &amp; Oceania (1)", "Europe (2)"]),
        ("country", ["China (1)", "France (1)", "Switzerland (1)"]),
    ):
        assert options(page, name)[1:] == offered


def options(page, name):
    (select,) = re.findall(rf'<select[^>]* name="{name}"[^>]*>(.*?)</select>', page)
    return re.findall(r">([^<]+)</option>", select)


def test_before_there_is_any_city(client, catalogue):
    assert "No city yet" in client.get(LIST).content.decode()
    assert "No city has published its profile yet." in client.get("/").content.decode()


def test_many_cities_come_in_pages_that_keep_the_filter(client, catalogue):
    for number in range(60):
        make_city(f"Place {number:02}", country="CH")
    first = client.get(LIST, {"q": "place"})
    assert len(names(first)) == 24
    assert 'href="?q=place&amp;page=2"' in first.content.decode()
    last = {"q": "place", "region": "europe", "page": 3}
    publish_all()
    with CaptureQueriesContext(connection) as queries:
        assert names(client.get(LIST, last)) == [f"Place {number:02}" for number in range(48, 60)]
    # Nothing is joined to the cities to find the keys of a page.
    loaded = queries[-1]["sql"]
    keys = re.search(r'"city_id" IN \((SELECT .* LIMIT 12 OFFSET 48)\)', loaded)[1]
    assert "JOIN" not in keys and '"name"' not in keys
    assert len(queries) <= 6
    assert names(client.get(LIST, {**last, "page": "last"}))[-1] == "Place 59"
    assert client.get(LIST, {"page": 4}).status_code == 404


@pytest.mark.parametrize(
    ("rows", "sizes"), [(24, [24]), (30, [30]), (31, [24, 7]), (54, [24, 30]), (0, [0])]
)
def test_no_page_of_cities_has_a_few_alone(rf, rows, sizes):
    for number, size in enumerate(sizes, start=1):
        request = rf.get(LIST, {"page": number})
        context = page_context(request, list(range(rows)), CARDS_PER_PAGE, fewest=FEWEST_CARDS)
        assert len(context["page_obj"]) == size
        assert context["paginator"].num_pages == len(sizes)


@pytest.mark.parametrize(("address", "queries"), [(LIST, 5), (f"{LIST}?view=map", 5)])
def test_the_queries_do_not_grow_with_the_cities(
    client, catalogue, address, queries, django_assert_num_queries
):
    make_city(country="CH")
    publish_all()
    with django_assert_num_queries(queries):
        client.get(address)
    for country in ("CN", "FR", "DE", "BR"):
        make_action(make_city(country=country))
    publish_all()
    with django_assert_num_queries(queries):
        client.get(address)


def test_a_sample_is_marked_on_its_card(client, settings, catalogue):
    settings.SAMPLES_ARE_LISTED = True
    make_city("Invented", is_sample=True)
    assert '<span class="chip">Invented</span>' in client.get(LIST).content.decode()


def test_the_head_of_the_page_offers_what_one_may_do(client, catalogue):
    city = make_city()
    own = reverse("admin:profiles_city_change", args=[city.pk])

    def head():
        return client.get("/").content.decode().partition("</header>")[0]

    assert "Sign in" in head() and "Sign out" not in head()
    client.force_login(make_user(officer_of=city))
    assert f'<a href="{own}">Edit your city</a>' in head()
    client.force_login(make_user(coordinator_of=city.country.region))
    assert own in head()
    make_city()
    assert "Your cities" in head()
    client.force_login(make_user(is_staff=True))
    assert "Administration" in head()
    client.force_login(make_user())
    assert "Sign out" in head() and "/admin/" not in head()
