"""The public explorer: figures checked by hand, filters, files, and how many queries."""

import csv
import datetime
import io
import json
import re

import pytest
from django.utils import translation

from actions import explorer
from actions.models import Value
from profiles.models import City, State
from report.drawings.world import project
from tests.factories import make_action, make_city, make_statement, writing
from tests.published import publish_all

from .reading import html_of, names_in_table, text_of

pytestmark = pytest.mark.usefixtures("catalogue")

TYPE = "natural-areas"
PAGE = f"/actions/types/{TYPE}/"


def in_unit(action, key, number, unit):
    """A progress report in a unit of the city's own choice."""
    statement = make_statement(action, "progress", date=datetime.date(2024, 3, 1))
    measure = action.action_type.measures.get(key=key)
    with writing():
        Value.objects.create(statement=statement, measure=measure, number=number, unit=unit)


@pytest.fixture
def cities():
    """Areas of 2, 3 and 40 km², the second entered in hectares, the third in m²; one without."""
    north = make_city("Northtown", country="FR", latitude=48, longitude=2)
    make_action(north, TYPE, baseline={"total_area": 2})
    east = make_city("Eastville", country="CN", latitude=30, longitude=120)
    in_unit(make_action(east, TYPE), "total_area", 300, "ha")
    south = make_city("=Southport", slug="southport", country="BR")
    in_unit(make_action(south, TYPE), "total_area", 40_000_000, "m2")
    make_action(make_city("Wordless", country="FR"), TYPE)
    for name, fields in (("Sample", {"is_sample": True}), ("Draft", {"state": State.DRAFT})):
        make_action(make_city(name, **fields), TYPE, baseline={"total_area": 1000})


def test_sum_and_median_in_both_units(client, cities):
    page = text_of(client.get(PAGE))
    assert "4 cities, 4 actions" in page
    assert "Sum 45 km²" in page
    assert "Median 3 km²" in page
    assert "Reported 3 cities Left out 1 city: nothing reported yet" in page
    page = text_of(client.get(PAGE, {"unit": "ha"}))
    assert "Sum 4,500 ha" in page
    assert "Median 300 ha" in page


def test_why_a_city_is_left_out_is_said(client, cities):
    """Three of the cities give numbers and one nothing; now more, in words and with an aim."""
    worded = make_action(make_city("Worded"), TYPE)
    make_statement(worded, "baseline", text="About a third of the county.")
    both = make_action(make_city("Both"), TYPE, baseline={"total_area": 5})
    make_statement(both, "progress", text="Growing.", date=datetime.date(2024, 1, 1))
    make_statement(make_action(make_city("Aim"), TYPE), "target", text="All of it.")
    page = client.get(PAGE)
    left_out = "Reported 4 cities Left out 1 city: in words only 2 cities: nothing reported yet"
    assert left_out in text_of(page)
    assert re.search(r">Worded</a>.*?>in words</a>", page.content.decode())
    assert "Sum 50 km²" in text_of(page)


def test_words_and_statuses_have_a_summary(client):
    for status in ("yes", "yes", "no"):
        make_action(make_city(), "nature-based-solutions", baseline={"status": status})
    silent = make_city()
    make_action(silent, "nature-based-solutions")
    make_action(silent, "local-policies", baseline={"extent_or_names": "湿地条例"})
    make_action(make_city(), "local-policies")
    page = text_of(client.get("/actions/types/nature-based-solutions/"))
    assert "Reported 3 cities Left out 1 city: nothing reported yet" in page
    assert "yes 2 partly 0 no 1" in page
    page = text_of(client.get("/actions/types/local-policies/"))
    assert "Answered 1 city, in words Left out 1 city: nothing reported yet" in page


def test_the_chart_is_a_table_of_how_many_cities_lie_where(client):
    for area in (1, 2.5, 3, 9, 30):
        make_action(make_city(), TYPE, baseline={"total_area": area})
    page = text_of(client.get(PAGE))
    assert "1 to 3 km² 2 3 to 10 km² 2 10 to 30 km² 0 30 km² or more 1" in page


def test_the_map_shows_each_city_where_it_lies(client, cities):
    dots = re.findall(
        r'<circle cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+"><title>(\w+)<',
        client.get(PAGE).content.decode(),
    )
    x, y = project(48, 2)
    assert {name for _x, _y, name in dots} == {"Northtown", "Eastville"}
    assert (str(x), str(y), "Northtown") in dots


def test_a_choice_that_there_is_not_is_named_and_nothing_found_gets_advice(client, cities):
    page = text_of(client.get(PAGE, {"country": "XX"}))
    assert "Nothing here matches this choice." in page
    page = text_of(client.get(PAGE, {"country": "FR", "region": "asia-oceania"}))
    assert "No city fits Choose another region or country" in page


def test_pages_keep_the_filters(client):
    for number in range(45):
        make_action(make_city(f"City {number:02}", country="FR"), TYPE, baseline={"total_area": 1})
    asked = {"region": "europe", "sort": "-total_area", "unit": "ha", "page": "2"}
    page = client.get(PAGE, asked)
    assert names_in_table(html_of(page))[0] == "City 20"
    assert "region=europe&amp;sort=-total_area&amp;unit=ha&amp;page=3" in page.content.decode()


def test_the_median_of_two_lies_between_them(client, cities):
    in_unit(make_action(make_city(country="FR"), TYPE), "total_area", 5, "km2")
    assert "Median 3.5 km²" in text_of(client.get(PAGE, {"region": "europe"}))
    assert "Median 4 km²" in text_of(client.get(PAGE))


def test_shares_have_a_median_and_no_sum(client):
    for share in (10, 20, 60):
        make_action(make_city(), "carbon", baseline={"tree_cover": share})
    page = text_of(client.get("/actions/types/carbon/"))
    assert "Median 20%" in page
    assert "Sum" not in page


def test_the_table_filters_and_sorts(client, cities):
    assert names_in_table(html_of(client.get(PAGE))) == [
        "=Southport",
        "Eastville",
        "Northtown",
        "Wordless",
    ]
    falling = ["=Southport", "Eastville", "Northtown", "Wordless"]
    assert names_in_table(html_of(client.get(PAGE, {"sort": "-total_area"}))) == falling
    rising = ["Northtown", "Eastville", "=Southport", "Wordless"]
    assert names_in_table(html_of(client.get(PAGE, {"sort": "total_area"}))) == rising
    assert names_in_table(html_of(client.get(PAGE, {"country": "FR"}))) == ["Northtown", "Wordless"]
    europe = client.get(PAGE, {"region": "europe", "sort": "total_area"})
    assert names_in_table(html_of(europe)) == ["Northtown", "Wordless"]
    assert "Sum 2 km²" in text_of(europe)
    assert 'href="/cities/northtown/#action-1"' in europe.content.decode()


@pytest.mark.parametrize("asked", [{"country": "XX"}, {"sort": "?"}, {"unit": "acre"}, {"q": "\0"}])
def test_nonsense_in_the_address_is_no_error(client, cities, asked):
    assert len(names_in_table(html_of(client.get(PAGE, asked)))) == 4


@pytest.mark.parametrize("address", [PAGE + "?page=2", PAGE + "?page=x", "/actions/types/no/"])
def test_what_there_is_not_is_404(client, cities, address):
    assert client.get(address).status_code == 404
    assert client.get("/actions/targets/24/").status_code == 404


def test_hidden_cities_count_nowhere(client, cities):
    for address in (PAGE, "/actions/", "/actions/targets/1/"):
        assert "4 cities" in text_of(client.get(address)), address
    for hidden in ("Sample", "Draft"):
        assert hidden not in names_in_table(html_of(client.get(PAGE)))


def test_the_index_counts_by_commitment_and_target(client, cities):
    page = text_of(client.get("/actions/"))
    assert "it is not official" in page
    assert page.count("4 cities") >= 5  # in all, area, commitment, type, target
    assert "no city yet" in page
    assert "Actions" in client.get("/").content.decode()


def test_before_there_is_any_action(client):
    assert "No action yet" in text_of(client.get("/actions/"))
    assert "No city yet" in text_of(client.get(PAGE))


def test_the_csv_is_guarded_and_holds_what_is_shown(client, cities):
    response = client.get(PAGE + "data.csv", {"sort": "-total_area", "unit": "ha"})
    content = b"".join(response).decode()
    assert content.startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(content[1:])))
    assert lines[0]["city"] == "'=Southport"
    assert [line["total_area"] for line in lines] == ["4000", "300", "200", ""]
    assert (lines[1]["total_area_unit"], lines[1]["total_area_day"]) == ("ha", "2024-03-01")
    few = b"".join(client.get(PAGE + "data.csv", {"country": "FR"})).decode()
    assert len(few.splitlines()) == 3


def test_a_year_that_no_city_gave_is_when_it_was_reported(client, cities):
    north = City.objects.get(slug="northtown")
    north.actions.get().statements.all().update(updated_on=datetime.date(2025, 2, 3))
    page = client.get(PAGE).content.decode()
    assert '<span class="when">reported 2025</span>' in page
    assert '<span class="when">2024</span>' in page
    content = b"".join(client.get(PAGE + "data.csv", {"sort": "total_area"})).decode()
    line = next(csv.DictReader(io.StringIO(content[1:])))
    assert (line["total_area_day"], line["total_area_reported"]) == ("", "2025-02-03")


def test_the_json_holds_the_same(client, cities):
    data = json.loads(b"".join(client.get(PAGE + "data.json", {"sort": "-total_area"})))
    assert [row["total_area"] for row in data["rows"]] == [40, 3, 2, None]
    assert data["rows"][0]["city"] == "=Southport"
    assert data["action_type"] == TYPE


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/actions/", 2),
        ("/actions/targets/1/", 2),
        (PAGE, 9),
        (PAGE + "?sort=-total_area", 9),
    ],
)
def test_the_queries_are_few_and_do_not_grow(
    client, cities, address, number, django_assert_num_queries
):
    publish_all()
    with django_assert_num_queries(number):
        client.get(address)
    for place in range(30):
        city = make_city(country="FR", latitude=place, longitude=place)
        make_action(city, TYPE, baseline={"total_area": place + 1})
    publish_all()
    with django_assert_num_queries(number):
        client.get(address)


@pytest.mark.parametrize(
    ("at", "near"),
    [((0, 0), (500, 241)), ((48.86, 2.35), (508, 71)), ((-33.9, 151.2), (885, 362))],
)
def test_places_lie_where_the_land_is(at, near):
    x, y = project(*at)
    assert abs(x - near[0]) < 8
    assert abs(y - near[1]) < 8


def test_countries_are_named_in_the_language_of_the_reader():
    make_action(make_city("Port Trial", country="CN"), TYPE)
    publish_all()
    view = explorer.TypeView(explorer.find_type(TYPE))
    labels = {}
    for language in ("en", "fr"):
        with translation.override(language):
            labels[language] = [country.label for country in view.by_country()]
    assert labels == {"en": ["China"], "fr": ["Chine"]}
