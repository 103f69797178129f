"""The pages of countries and regions, and the cities of a result as files and as a feed."""

import csv
import io
import json
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.factories import make_action, make_city


@pytest.fixture
def cities(catalogue):
    make_action(
        make_city("=Anji", local_name="安吉县", latitude="30.63", longitude="119.68"),
        "natural-areas",
        baseline={"total_area": 12},
    )
    make_action(make_city("Worded"), "natural-areas")
    make_city("Silent")
    make_city("Invented", country="CN", is_sample=True)
    make_city("Elsewhere", country="FR")


def test_a_country_tells_what_its_cities_report_and_of_how_many(client, settings, cities):
    settings.SAMPLES_ARE_LISTED = False
    page = client.get("/countries/CN/").content.decode()
    assert "<strong>3</strong> cities have published a profile." in page
    assert (
        '<a href="/cities/?country=CN&amp;target=1">2 of 3 cities</a>'
        '<span class="quiet">, 1 with a figure</span>'
    ) in page
    assert 'href="/cities/data.csv?country=CN"' in page
    assert "Elsewhere" not in page and "Invented" not in page


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/countries/cn/?page=2", "/countries/CN/?page=2"),
        ("/regions/Europe/", "/regions/europe/"),
    ],
)
def test_a_code_is_written_in_one_way(client, catalogue, address, leads_to):
    assert client.get(address).headers["Location"] == leads_to


@pytest.mark.parametrize("address", ["/countries/XX/", "/regions/atlantis/", "/countries/CHN/"])
def test_what_is_no_country_is_not_found(client, catalogue, address):
    assert client.get(address).status_code == 404


def test_a_country_without_cities_leads_to_its_region(client, cities):
    page = client.get("/countries/DE/").content.decode()
    assert "No city of Germany has published a profile here yet." in page
    assert 'href="/regions/europe/"' in page
    region = client.get("/regions/europe/").content.decode()
    assert 'href="/countries/FR/"' in region and 'href="/countries/DE/"' not in region


@pytest.mark.parametrize("lists_samples", [True, False])
def test_the_result_can_be_taken_away_in_each_form(client, settings, cities, lists_samples):
    settings.SAMPLES_ARE_LISTED = lists_samples
    files = {
        ending: b"".join(client.get(f"/cities/data.{ending}?country=CN&sort=name"))
        for ending in ("csv", "json", "xlsx")
    }
    lines = list(csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    told = json.loads(files["json"])
    book = load_workbook(io.BytesIO(files["xlsx"]))
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    names = ["=Anji", *(["Invented"] if lists_samples else []), "Silent", "Worded"]
    assert [line["name"] for line in lines] == [name.replace("=", "'=") for name in names]
    assert [row["name"] for row in told["rows"]] == [row[0] for row in rows] == names
    assert list(told["columns"]) == list(lines[0]) == list(header)
    assert ("invented" in lines[0]) == lists_samples
    anji = told["rows"][0]
    assert (anji["own_name"], anji["actions"], anji["global_targets_with_figures"]) == (
        *("安吉县", 1),
        anji["global_targets"],
    )
    assert (anji["latitude"], anji["version"]) == (30.63, 1)
    assert anji["address"].endswith("/cities/anji/")
    assert b"<f>" not in ZipFile(io.BytesIO(files["xlsx"])).read("xl/worksheets/sheet1.xml")


def test_the_feed_has_the_newest_publications_of_listed_cities(client, settings, cities):
    settings.SAMPLES_ARE_LISTED = False
    feed = client.get("/cities/feed.xml")
    assert feed["Content-Type"].startswith("application/atom+xml")
    words = feed.content.decode()
    assert "Elsewhere, France: version 1" in words
    assert "Invented" not in words
