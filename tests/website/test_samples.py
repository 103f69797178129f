"""One rule for invented cities: listed like others in development, in nothing in production."""

import csv
import json
import re

import pytest
from django.urls import get_resolver

from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_item,
    make_progress,
    make_resource,
)
from tests.published import publish_all

from .reading import html_of, text_of

PAGE = "/actions/types/natural-areas/"
STEP = "/pathway/develop-strategy/"

LISTS = (
    "/",
    "/cities/",
    "/cities/?search=port",
    PAGE,
    f"{PAGE}data.csv",
    f"{PAGE}data.json",
    "/cbi/",
    "/cbi/2021/",
    "/cbi/2021/?compare=port-almirage&compare=port-real",
    STEP,
    "/resources/",
    "/resources/?q=guide&step=4",
)
"""Pages and files that name cities, or what cities share."""

COUNTS = (
    ("/", "cities in", "city in 1 country 1"),
    ("/cities/", "2 cities", "1 city"),
    ("/actions/", "2 cities · 2 actions", "1 city · 1 action"),
    ("/actions/targets/1/", "2 cities", "1 city"),
    (PAGE, "Sum 4 km²", "Sum 2 km²"),
    ("/cbi/", "2 cities", "1 city"),
    ("/pathway/", "2 cities", "1 city"),
    (STEP, "2 cities", "1 city"),
    ("/resources/", "2 resources", "1 resource"),
)

DEMO = "This is a demonstration: 1 of the 2 cities is invented and marked."

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities(catalogue, kept):
    return kept.get("a real and an invented city", make_cities)


def make_cities():
    for name, is_sample in (("Port Real", False), ("Port Almirage", True)):
        city = make_city(name, country="FR", is_sample=is_sample, latitude=10, longitude=10)
        make_action(city, "natural-areas", baseline={"total_area": 2})
        make_assessment(city, natural_areas={"points": 2, "reason": f"Chosen in {name}."})
        guide = make_resource(city, f"Guide of {name}")
        make_item(city, 4, title=f"Strategy of {name}", resource=guide)
        make_progress(city, 4)
    publish_all()


def told(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return (b"".join(response) if response.streaming else response.content).decode()


def addresses_without_gaps():
    """Every public address that needs no number and no name."""
    found = get_resolver("website.urls").reverse_dict
    ways = [way for name in found if isinstance(name, str) for way in found.getlist(name)]
    return {f"/{path}" for forms, *_more in ways for path, gaps in forms if not gaps}


@pytest.mark.parametrize("address", LISTS)
def test_invented_cities_are_listed_where_the_settings_say_so(client, cities, settings, address):
    assert "Almirage" not in told(client, address)
    settings.SAMPLES_ARE_LISTED = True
    assert "Almirage" in told(client, address)


@pytest.mark.parametrize(("address", "of_all", "of_real"), COUNTS)
def test_and_counted_where_they_are_listed(client, cities, settings, address, of_all, of_real):
    page = text_of(client.get(address))
    assert of_real in page and of_all not in page and "demonstration" not in page
    settings.SAMPLES_ARE_LISTED = True
    assert of_all in text_of(client.get(address))


def test_no_page_or_file_of_production_names_one(client, cities):
    addresses = addresses_without_gaps()
    assert {"/", "/cities/", "/resources/"} <= addresses
    for address in addresses:
        response = client.get(address)
        content = b"".join(response) if response.streaming else response.content
        assert b"almirage" not in content.lower(), address


def test_the_former_switch_is_ignored(client, cities, settings):
    for address in ("/actions/", PAGE, "/cbi/", "/cbi/2021/", "/pathway/", STEP, "/resources/"):
        response = client.get(address, {"samples": "1"})
        assert "X-Robots-Tag" not in response, address
        # What is cited is the address that was asked for.
        pages = (text_of(one).partition("To cite")[0] for one in (response, client.get(address)))
        assert len(set(pages)) == 1, address


@pytest.mark.parametrize("address", ["/", "/cities/", PAGE, "/cbi/2021/", STEP, "/resources/"])
def test_they_are_marked_once_in_each_list(client, cities, settings, address):
    settings.SAMPLES_ARE_LISTED = True
    page = html_of(client.get(address))
    marked = re.findall(r'Port (\w+)(?:</a>|[^<]*) <span class="chip">Invented</span>', page)
    assert marked == ["Almirage"]


def test_one_line_says_how_many_of_the_cities_are_invented(client, cities, settings):
    settings.SAMPLES_ARE_LISTED = True
    for address in (
        "/",
        PAGE,
        "/actions/",
        "/cbi/",
        "/cbi/2021/",
        "/pathway/",
        STEP,
        "/resources/",
    ):
        assert text_of(client.get(address)).count(DEMO) == 1, address


def test_files_say_which_are_invented_only_where_some_may_be(client, cities, settings):
    assert "invented" not in told(client, f"{PAGE}data.csv")
    settings.SAMPLES_ARE_LISTED = True
    rows = csv.DictReader(told(client, f"{PAGE}data.csv").lstrip("\ufeff").splitlines())
    assert {row["city"]: row["invented"] for row in rows} == {
        "Port Almirage": "yes",
        "Port Real": "no",
    }
    rows = json.loads(told(client, f"{PAGE}data.json"))["rows"]
    assert {row["city"]: row["invented"] for row in rows} == {
        "Port Almirage": True,
        "Port Real": False,
    }


def test_at_its_own_address_it_is_read_and_marked(client, cities):
    response = client.get("/cities/port-almirage/")
    assert text_of(response).count("Invented city: no place, person or figure here is real.") == 1
    assert response["X-Robots-Tag"] == "noindex"
