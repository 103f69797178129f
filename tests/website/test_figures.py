"""The long table of figures: whole, by measure, by city; CSV and workbook alike."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.test import override_settings
from django.urls import reverse

from publishing.publish import publish
from tests.factories import (
    make_action,
    make_city,
    make_own_figure,
    make_plan,
    make_resource,
    make_statement,
    withdraw,
)
from website import figures

pytestmark = pytest.mark.django_db
COVER = "carbon.tree_cover"


def content_of(response):
    return b"".join(response)


def table_of(response):
    return [*csv.DictReader(io.StringIO(content_of(response).decode("utf-8-sig")))]


@pytest.fixture
def city(catalogue):
    return reporting_city("Anji", "12.5")


def reporting_city(name, number, **fields):
    city = make_city(name, **fields)
    action = make_action(city, "carbon")
    make_statement(action, "baseline", {"tree_cover": number}, year=2020, source="=Yearbook")
    plan = make_plan(city, "Tree strategy")
    make_statement(action, "target", {"tree_cover": "20"}, due_year=2030, plan=plan)
    publish(city.pk)
    return city


def test_a_row_has_the_value_with_year_unit_source_and_version(client, city):
    rows = table_of(client.get(reverse("website:figures_file", args=["csv"])))
    assert [(row["kind"], row["year"], row["value"], row["unit"]) for row in rows] == [
        ("baseline", "2020", "12.5", "percent"),
        ("target", "2030", "20", "percent"),
    ]
    assert [row["plan"] for row in rows] == ["", "Tree strategy"]
    assert rows[0]["source"] == "'=Yearbook"  # no formula
    assert rows[0]["version"] == str(city.public_city.publication.number)
    assert rows[0]["address"].endswith(f"/cities/{city.slug}/actions/1/")


def test_a_source_that_is_not_public_is_not_linked(client, city):
    resources = [make_resource(city, "Atlas"), make_resource(city, "Notes", state="draft")]
    for year, resource in enumerate(resources, start=2021):
        about = {"date": f"{year}-05-01", "source_resource": resource}
        make_statement(city.actions.get(), "progress", {"tree_cover": "13"}, **about)
    publish(city.pk)
    rows = table_of(client.get(reverse("website:city_figures_csv", args=[city.slug])))
    links = {row["year"]: row["source_link"] for row in rows if row["kind"] == "progress"}
    assert links["2021"].endswith(reverse("website:resource", args=[resources[0].pk]))
    assert links["2022"] == ""


def test_a_city_whose_record_cannot_be_read_is_left_out(client, city, monkeypatch):
    reporting_city("Port", "8")
    read = figures.read
    of_anji = city.public_city.publication.record

    def read_others(record):
        if bytes(record) == bytes(of_anji):
            raise figures.UnreadableRecord
        return read(record)

    monkeypatch.setattr(figures, "read", read_others)
    rows = table_of(client.get(reverse("website:figures_file", args=["csv"])))
    assert {row["city"] for row in rows} == {"Port"}


def test_the_workbook_says_the_same(client, city):
    table = table_of(client.get(reverse("website:city_figures_csv", args=[city.slug])))
    response = client.get(reverse("website:city_figures_xlsx", args=[city.slug]))
    figures, columns = openpyxl.load_workbook(io.BytesIO(content_of(response))).worksheets
    head, *rows = figures.iter_rows(values_only=True)
    assert [*head] == [*table[0]] == [name for name, _words in columns.iter_rows(values_only=True)]
    value, source, updated = (head.index(name) for name in ("value", "source", "updated"))
    assert [row[value] for row in rows] == [12.5, 20]
    assert rows[0][source] == "=Yearbook"
    assert rows[0][updated].date() == date.fromisoformat(table[0]["updated"])


def test_one_measure_has_its_own_table(client, city):
    action = make_action(city, "nature-experiences")
    visits = make_own_figure(action, "School visits")
    make_statement(action, "baseline", {"campaigns": "18", visits: "400"})
    publish(city.pk)
    rows = table_of(client.get(reverse("website:figures_file", args=["csv"])))
    own = [(one["measure_name"], one["value"]) for one in rows if one["measure_origin"] == "own"]
    assert len(rows) == 4 and own == [("School visits", "400")]
    own = table_of(client.get(reverse("website:measure_figures", args=[COVER, "csv"])))
    assert {row["measure"] for row in own} == {COVER}
    assert (
        client.get(reverse("website:measure_figures", args=["no.such", "csv"])).status_code == 404
    )
    page = client.get(reverse("website:figures")).content.decode()
    assert reverse("website:measure_figures", args=[COVER, "xlsx"]) in page


def test_only_listed_cities_are_in_it(client, city):
    reporting_city("Sample", "7", is_sample=True)
    gone = reporting_city("Gone", "8")
    withdraw(gone)
    address = reverse("website:figures_file", args=["csv"])
    assert {row["city"] for row in table_of(client.get(address))} == {"Anji"}
    with override_settings(SAMPLES_ARE_LISTED=True):
        rows = table_of(client.get(address))
    assert {(row["city"], row["invented"]) for row in rows} == {("Anji", "no"), ("Sample", "yes")}


def test_the_table_of_a_city_is_asked_for_anew_only_after_a_publication(client, city):
    address = reverse("website:city_figures_csv", args=[city.slug])
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    withdraw(city)
    assert client.get(address).status_code == 410
