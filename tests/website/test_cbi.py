"""The public pages of the index: chapter 4 of a city, editions, indicators, users, comparison."""

import re

import pytest
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import expect

from cbi.models import Assessment, Edition, Indicator, IndicatorResult
from profiles.models import City, State
from report.plain import plain
from report.sources import working_document
from tests.cbi.inputs import CHOSEN, COUNTED, NATURAL
from tests.factories import make_assessment, make_city, writing
from tests.published import publish_all

from .reading import names_in_table, page_of, text_of, words_of

pytestmark = pytest.mark.usefixtures("catalogue")

HOME, EDITION = "/cbi/", "/cbi/2021/"


def users(response):
    """The cities of the table of those who use the index, in its order."""
    return names_in_table(response.content.decode().partition("index-users")[2])


@pytest.fixture
def cities(catalogue, kept):
    return kept.get("cities with assessments", make_cities)


def make_cities():
    """Three cities with 3, 1 and 2 scored indicators; those that must not be here besides."""
    zeta = make_city("Zeta", country="FR")
    make_assessment(zeta, 2018, natural_areas=NATURAL, native_birds=COUNTED, budget=CHOSEN)
    make_assessment(
        zeta, 2022, natural_areas=NATURAL, native_birds={**COUNTED, **CHOSEN}, budget=CHOSEN
    )
    alpha = make_city("Alpha", country="BR")
    make_assessment(alpha, 2024, natural_areas={"natural_area": "30", "city_area": "100"})
    milo = make_city("Milo", country="CN")
    make_assessment(milo, 2020, natural_areas=NATURAL, education={**CHOSEN, "points": 4})
    make_assessment(milo, 2012, edition="2014", natural_areas={**CHOSEN, "points": 1})
    for name, fields in (
        ("Sample", {"is_sample": True}),
        ("Gone", {"state": State.WITHDRAWN}),
        ("Draft", {"state": State.DRAFT}),
    ):
        make_assessment(make_city(name, **fields), natural_areas=NATURAL, budget=CHOSEN)
    make_assessment(make_city("Nothing filled in"))
    publish_all()


# On a city's page


@pytest.fixture
def assessed():
    city = make_city("Port Trial", content_language="ar")
    make_assessment(city, 2020, natural_areas=NATURAL, native_birds=COUNTED)
    made = make_assessment(
        city, 2024, natural_areas={"natural_area": "25", "city_area": "100"}, education=CHOSEN
    )
    result = made.results.get(indicator__code="2021-education")
    with writing():
        result.evidence_url = "https://example.org/survey"
        result.reason = "قرر المجلس"
        result.save()
    return city


def test_the_page_says_what_the_document_says(client, assessed):
    page = page_of(client, assessed)
    chapter = page.partition('id="cbi"')[2].partition('id="resources"')[0]
    shown = words_of(f"<main>{chapter}</main>")
    for words in (
        "Assessment of 2024",
        "6 of 8 points · 2 of 28 indicators",
        "Without points: 2–9",
        "Not started · – of 20",
        "+1 points (indicators scored both times: 1)",
        "Total area of natural, restored and naturalised areas: 25",
        "No table of points known to us: the city chooses its points",
    ):
        assert words in shown.replace("\xa0", " "), words
    assert '<p lang="ar" dir="rtl">قرر المجلس</p>' in chapter
    assert '<a href="https://example.org/survey" rel="noopener nofollow">' in chapter
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="index-course"' in chapter


def test_a_bar_says_its_numbers_and_its_length_follows_them(client, assessed):
    page = page_of(client, assessed)
    bars = re.findall(r'<svg class="index-bar".*?</svg>', page, re.S)
    assert len(bars) == 4
    total, native, services, _governance = bars
    assert "2021 edition: 6 of 8 points · 2 of 28 indicators</title>" in total
    width = dict(re.findall(r'rect class="index-(\w+)"[^>]* width="([\d.]+)"', native))
    assert float(width["points"]) == float(width["scored"])  # 4 of 4
    assert float(width["scored"]) / float(width["whole"]) == pytest.approx(4 / 36, abs=0.001)
    assert "index-points" not in services and "index-scored" not in services


def test_the_data_hold_the_same(client, assessed):
    [edition] = client.get(reverse("website:city_json", args=[assessed.slug])).json()["cbi"][
        "editions"
    ]
    assert edition["total"] == {"points": 6, "max_points": 8, "scored": 2, "of": 28}
    assert [entry["difference"] for entry in edition["course"]] == [None, 1]
    result = edition["components"][0]["results"][0]
    assert (result["exact"], result["points"], result["basis"]) == ("25.000000000", 4, "computed")
    assert edition == plain(working_document(assessed).cbi)["editions"][0]


def test_a_city_without_assessment_has_no_bars(client):
    city = make_city("Bare")
    assert 'id="cbi-title"' not in page_of(client, city)
    page = client.get(f"{city.get_absolute_url()}cbi/").content.decode()
    assert "index-bar" not in page
    assert "Not started · – of 112" in page


# What it asks


def test_an_edition_lists_what_it_asks_and_what_is_not_sure(client):
    page = text_of(client.get(EDITION))
    assert "We know the table of points of 9 of 28 indicators." in page
    for indicator in Indicator.objects.filter(component__edition__code="2021"):
        assert indicator.name.replace("'", "&#x27;") in page
    unverified = Indicator.objects.filter(
        component__edition__code="2021", name_provenance__iregex="^(unverified|adapted)"
    ).count()
    assert f"{unverified} names could not be verified" in page
    assert page.count("name not verified") == unverified == 12


def test_an_indicator_tells_bands_conflicts_and_sources(client):
    page = text_of(client.get("/cbi/indicators/2021-natural-areas/"))
    for words in (
        "natural_area / city_area * 100 (%)",
        "7.0 to 13.9% 2",
        "exactly 20.0: 3 points in the printed table, 4 in the computation of the World Resources",
        "same name in the 2014 edition",
        "Total area of natural, restored and naturalised areas (ha)",
    ):
        assert words in page, words
    page = text_of(client.get("/cbi/indicators/2021-urban-agriculture/"))
    assert "The name is not verified." in page
    assert "We do not know the handbook’s table of points: the city chooses its points" in page


def test_every_indicator_has_a_page_and_leads_to_the_next(client):
    address, seen = "/cbi/indicators/2021-natural-areas/", []
    while address:
        seen.append(address)
        following = re.search(r'rel="next" href="([^"]+)"', client.get(address).content.decode())
        address = following and following.group(1)
    assert len(seen) == 28


def test_a_retired_row_is_there_as_long_as_a_city_has_it(client, cities):
    rows = Indicator.objects.filter(code__in=["2021-education", "2021-awareness"])
    rows.update(retired=True)
    page = client.get(EDITION).content.decode()
    assert "/cbi/indicators/2021-education/" in page
    assert "/cbi/indicators/2021-awareness/" not in page
    assert client.get("/cbi/indicators/2021-awareness/").status_code == 404
    shown = text_of(client.get("/cbi/indicators/2021-education/"))
    assert "no longer used for new assessments" in shown


@pytest.mark.parametrize(
    "address",
    [
        "/cbi/nowhere/",
        "/cbi/indicators/nowhere/",
        "/cbi/indicators/",
        "/cbi/%00/",
        "/cbi/?page=9",
        "/cbi/?page=x",
        "/cbi/2021/?page=0",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


# Who uses it


def test_cities_stand_by_name_with_what_they_scored(client, cities):
    response = client.get(EDITION)
    assert users(response) == ["Alpha", "Milo", "Zeta"]
    page = text_of(response)
    assert "Alpha Brazil 2024 1 of 28" in page
    assert "Milo China 2020 2 of 28" in page
    assert "Zeta France 2022 3 of 28" in page  # its newest; the count of 2018 is scored now
    assert users(client.get("/cbi/2014/")) == ["Milo"]
    assert users(client.get(HOME)) == ["Alpha", "Milo", "Milo", "Zeta"]


def with_a_lost_first(name, country):
    """A city whose points for a change stay, but the assessment compared with is gone."""
    city = make_city(name, country=country)
    first = make_assessment(city, 2020, budget=CHOSEN)
    make_assessment(city, 2024, native_birds={**COUNTED, **CHOSEN}, budget=CHOSEN)
    with writing():
        first.delete()


def test_what_is_counted_the_first_time_is_not_scored(client):
    make_assessment(make_city("First", country="FR"), native_birds=COUNTED, budget=CHOSEN)
    with_a_lost_first("Second", "BR")
    page = text_of(client.get(EDITION))
    assert "First France 2024 1 of 28" in page
    assert "Second Brazil 2024 1 of 28" in page


def test_points_stand_nowhere_among_those_who_use_it(client, cities):
    table = client.get(EDITION).content.decode().partition("index-users")[2]
    assert "points" not in words_of(f"<main>{table.partition('</table>')[0]}</main>").lower()


def test_what_is_not_published_is_not_read(client, cities):
    before = client.get(EDITION, {"compare": ["zeta", "milo"]}).content
    IndicatorResult.objects.update(computed_points=1, own_points=None, value=1)
    Assessment.objects.update(year=F("year") - 5)
    City.objects.update(name="Draft")
    assert client.get(EDITION, {"compare": ["zeta", "milo"]}).content == before


def test_nobody_yet(client):
    for address in (HOME, EDITION):
        page = text_of(client.get(address))
        assert "Cities appear here once they publish an assessment." in page
    assert "0 cities" in text_of(client.get(HOME))


# Side by side


def compared(client, *slugs, **more):
    return client.get(EDITION, {"compare": slugs, **more})


def test_a_comparison_is_there_only_when_asked_for(client, cities):
    assert "side by side" in text_of(client.get(EDITION))  # the button
    assert "Be careful with this comparison." not in text_of(client.get(EDITION))
    assert 'id="compared"' not in client.get(EDITION).content.decode()
    response = compared(client, "zeta", "milo")
    assert "Be careful with this comparison." in text_of(response)
    assert response["X-Robots-Tag"] == "noindex"


def test_compared_is_what_all_have_scored(client, cities):
    page = text_of(compared(client, "zeta", "milo"))
    table = page.partition("Shown is the 1 indicator")[2].partition("Choose other")[0]
    assert "Milo China, 2020 Zeta France, 2022" in table  # by name
    assert "3 of 4 computed by the table of points, 15% 3 of 4" in table
    assert "Budget" not in table and "Education" not in table
    assert "These indicators together 3 of 4 3 of 4" in table
    assert "left out 1 2" in table


def test_a_first_count_is_not_compared(client):
    with_a_lost_first("One", "FR")
    with_a_lost_first("Two", "BR")
    table = text_of(compared(client, "one", "two")).partition("Choose other")[0]
    assert "Shown is the 1 indicator" in table
    assert "Bird" not in table.partition("Shown")[2]


def test_nothing_in_common_is_said(client):
    make_assessment(make_city("One"), budget=CHOSEN)
    make_assessment(make_city("Two"), education=CHOSEN)
    assert "No indicator has points in all of them" in text_of(compared(client, "one", "two"))


def test_a_comparison_stays_within_the_edition(client, cities):
    response = client.get("/cbi/2014/", {"compare": ["milo", "zeta"]})
    page = text_of(response)
    assert "One of the chosen cities has no public assessment by this edition" in page
    assert "Choose at least two cities below." in page


@pytest.mark.parametrize("other", ["sample", "gone", "draft", "nowhere", "", "<b>", "x\0", "é"])
def test_only_public_cities_are_compared(client, cities, other):
    page = text_of(compared(client, "zeta", other))
    assert "Choose at least two cities below." in page
    assert "<b>" not in page
    assert other == "x\0" or "has no public assessment by this edition" in page


def test_at_most_six_stand_side_by_side(client):
    for number in range(8):
        make_assessment(make_city(f"City {number}"), natural_areas=NATURAL)
    page = text_of(compared(client, *(f"city-{number}" for number in range(8))))
    assert "At most 6 cities stand side by side" in page
    assert page.partition("Choose other")[0].count("3 of 4 computed by the table of points") == 6


# For all


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        (HOME, 5),
        (EDITION, 4),
        ("/cbi/indicators/2021-connectivity/", 2),
        (f"{EDITION}?compare=zeta&compare=milo&compare=alpha", 6),
    ],
)
def test_the_queries_are_few_and_do_not_grow(
    client, cities, address, queries, django_assert_num_queries
):
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
    for number in range(6):
        city = make_city(country="FR")
        for year in range(2020, 2020 + number % 3 + 1):
            make_assessment(city, year, natural_areas=NATURAL, budget=CHOSEN)
    publish_all()
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_the_queries_of_a_city_do_not_grow_with_its_assessments(
    client, assessed, django_assert_num_queries
):
    def ask(queries):
        publish_all()
        with django_assert_num_queries(queries):
            page_of(client, assessed)

    ask(2)
    make_assessment(assessed, 2023, natural_areas=NATURAL, budget=CHOSEN, education=CHOSEN)
    make_assessment(assessed, 2012, edition="2014", natural_areas=CHOSEN)
    ask(2)


def test_a_second_page_keeps_what_was_asked(client):
    Edition.objects.filter(code="2014").update(retired=True)
    for number in range(51):
        make_assessment(make_city(f"City {number:02}"), natural_areas=NATURAL)
    assert len(users(client.get(EDITION))) == 50
    assert users(client.get(EDITION, {"page": 2})) == ["City 50"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_can_be_read_by_all(page, axe, cities, assessed, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for address in (
        HOME,
        EDITION,
        "/cbi/indicators/2021-connectivity/",
        f"{EDITION}?compare=zeta&compare=milo",
        assessed.get_absolute_url(),
    ):
        page.goto(address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_choosing_works_without_scripts(browser, live_server, cities):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Biodiversity Index").first.click()
    page.get_by_role("link", name="2021 edition").first.click()
    page.get_by_label("Compare Milo").check()
    page.get_by_label("Compare Zeta").check()
    page.get_by_role("button", name="Put the chosen cities side by side").click()
    expect(page.get_by_text("Be careful with this comparison.")).to_be_visible()
    context.close()
