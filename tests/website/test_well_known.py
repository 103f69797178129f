"""robots.txt, security.txt and the lists of addresses for search engines."""

import datetime
import re
from itertools import chain

import pytest
from django.test import Client

from tests.factories import make_city, make_resource
from tests.published import publish_all
from website import sitemaps

SITE = "https://nature.example.org/"
LOCATION = re.compile(r"<loc>(.*?)</loc>")


def locations(client, address):
    return LOCATION.findall(client.get(address).text)


def test_robots_are_led_to_the_list_of_addresses(settings):
    settings.SITE_URL = SITE
    said = Client().get("/robots.txt").text
    assert f"Sitemap: {SITE}sitemap.xml\n" in said
    assert "Disallow: /admin/\n" in said


def test_nobody_is_named_for_weaknesses_where_the_operator_named_nobody(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_who_finds_a_weakness_reads_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT, settings.SITE_URL = "mailto:a@example.org", SITE
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert response["Content-Type"].startswith("text/plain")
    assert fields["Contact"] == "mailto:a@example.org"
    assert fields["Canonical"] == f"{SITE}.well-known/security.txt"
    left = datetime.datetime.fromisoformat(fields["Expires"]) - datetime.datetime.now(datetime.UTC)
    assert 0 < left.days < 365
    assert "a@example.org" in client.get("/contact/").text


@pytest.fixture
def cities(catalogue, settings):
    """A public city, a sample and a draft, each with a resource."""
    settings.SITE_URL = SITE
    found = {
        "public": make_city("Port Trial", slug="port-trial"),
        "sample": make_city("Sample", slug="sample", is_sample=True),
        "draft": make_city("Draft", slug="draft", state="draft"),
    }
    found["resources"] = {name: make_resource(city).pk for name, city in found.items()}
    publish_all()
    return found


def test_search_engines_find_what_they_may_index(client, cities):
    files = locations(client, "/sitemap.xml")
    assert files == [f"{SITE}sitemap-{name}.xml" for name in sitemaps.SECTIONS]
    found = {name: locations(client, f"/sitemap-{name}.xml") for name in sitemaps.SECTIONS}
    assert found["cities"] == [f"{SITE}cities/port-trial/"]
    assert found["resources"] == [f"{SITE}resources/{cities['resources']['public']}/"]
    assert found["places"] == [f"{SITE}countries/CN/", f"{SITE}regions/asia-oceania/"]
    kinds = {address.rsplit("/", 2)[0]: address for address in found.pop("catalogue")}
    assert len(kinds) >= 5
    for address in [*kinds.values(), *chain(*found.values())]:
        response = client.get(f"/{address.removeprefix(SITE)}")
        assert response.status_code == 200, address
        assert "noindex" not in response.get("X-Robots-Tag", ""), address
        assert f'<link rel="canonical" href="{address}">' in response.text, address


def test_samples_are_found_only_where_they_are_listed(client, cities, settings):
    settings.SAMPLES_ARE_LISTED = True
    assert f"{SITE}cities/sample/" in locations(client, "/sitemap-cities.xml")


def test_many_cities_are_several_files_in_as_many_queries(
    client, cities, monkeypatch, django_assert_num_queries
):
    for number in range(3):
        make_city(f"City {number}")
    publish_all()
    with django_assert_num_queries(11):
        assert len(locations(client, "/sitemap.xml")) == len(sitemaps.SECTIONS)
    monkeypatch.setattr(sitemaps.CitiesSitemap, "limit", 2)
    with django_assert_num_queries(11):
        files = locations(client, "/sitemap.xml")
    assert f"{SITE}sitemap-cities.xml?p=2" in files
    with django_assert_num_queries(2):
        assert len(locations(client, "/sitemap-cities.xml?p=2")) == 2
    assert client.get("/sitemap-cities.xml?p=3").status_code == 404


def test_an_indicator_of_two_editions_has_a_title_in_each(client, catalogue):
    pages = [client.get(f"/cbi/indicators/{year}-connectivity/").text for year in (2014, 2021)]
    titles = {re.search("<title>(.*?)</title>", page)[1] for page in pages}
    assert len(titles) == 2
