"""The search over all that is public: what it finds, in which groups, what it says if nothing."""

import re

import pytest
from django.utils.html import escape

from tests.factories import (
    make_action,
    make_city,
    make_item,
    make_resource,
    make_statement,
    writing,
)

from .reading import text_of

pytestmark = pytest.mark.usefixtures("catalogue")

SEARCH = "/search/"
TYPE = "natural-areas"


def found(response):
    """Title of a group → the titles of its hits, as they are shown."""
    page = response.content.decode()
    sections = re.findall(r'<section class="found".*?</section>', page, re.S)
    return {
        heading(section, "h2").partition(" ")[0]: [
            plain(one) for one in re.findall(r'class="found-title">(.*?)</h3>', section, re.S)
        ]
        for section in sections
    }


def heading(section, tag):
    return plain(re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", section, re.S)[1])


def plain(html):
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def actions_of(client, typed, **asked):
    """The cities and numbers of the actions that are found, in order."""
    page = client.get(SEARCH, {"q": typed, "kind": "actions", **asked}).content.decode()
    return re.findall(r'<h2 class="found-title"><a href="/cities/([\w-]+)/[^"\d]*(\d+)/?"', page)


@pytest.fixture
def written():
    paris = make_city("Paris", country="FR", content_language="fr")
    make_action(paris, TYPE, description="La forêt ÉGALEMENT protégée <b>ici</b>, près de l’eau.")
    anji = make_city("Anji", country="CN", content_language="zh-Hans", local_name="安吉县")
    make_action(anji, "restoration", description="本市修复河边湿地的生物多样性。")
    make_action(anji, TYPE, description="Trees, 100% native, along streets.", language="en")
    make_resource(anji, "Guide to street trees", summary="How to plant them.")
    return anji


@pytest.mark.parametrize(
    ("typed", "asked", "expected"),
    [
        ("foret", {}, [("paris", "1")]),
        ("également FORÊT", {}, [("paris", "1")]),
        ("eau", {}, [("paris", "1")]),
        ("湿地", {}, [("anji", "1")]),
        ("100%", {}, [("anji", "2")]),
        ("_%", {}, []),
        ("xyz", {}, []),
        ("planting native", {}, []),
        ("tree planting", {}, [("anji", "1")]),
        ("native tree", {}, [("anji", "2")]),
        ("streets china", {}, [("anji", "2")]),
        ("streets france", {}, []),
        ("anji paris", {}, []),
        ("rehabilitation", {}, [("anji", "1")]),
        ("wetland", {}, [("anji", "1"), ("anji", "2"), ("paris", "1")]),
        ("wetland", {"type": "restoration"}, [("anji", "1")]),
        ("", {"type": TYPE}, [("anji", "2"), ("paris", "1")]),
        ("", {"type": TYPE, "region": "europe"}, [("paris", "1")]),
        ("street", {"commitment": "ecosystems", "area": "protect-restore"}, [("anji", "2")]),
        ("foret", {"area": "tools-solutions"}, []),
        ("", {}, []),
    ],
)
def test_the_search_in_actions_finds(client, written, typed, asked, expected):
    assert sorted(actions_of(client, typed, **asked)) == expected


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("wetlands", ["cork", "bremen", "paris", "anji", "anji"]),
        ("wetlands ireland", ["cork"]),
        ("wetlands europe", ["cork", "bremen", "paris"]),
        ("wetlands cork", ["cork"]),
    ],
)
def test_what_cities_say_themselves_comes_before_what_their_types_say(
    client, written, typed, first
):
    """First words that begin so, then those that have it within, then other words of a type."""
    bremen = make_city("Bremen", country="DE")
    make_action(bremen, "nature-based-solutions", description="Sumpfwetlandschaft", language="de")
    cork = make_city("Cork", country="IE")
    make_action(cork, "nature-based-solutions", description="We dig ponds and wetland.")
    assert [slug for slug, _number in actions_of(client, typed)] == first


def test_all_kinds_are_found_in_groups(client, written):
    groups = found(client.get(SEARCH, {"q": "trees"}))
    assert groups["Actions"][0] == (
        "Anji · Decrease conversion of natural areas and maintain natural/semi-natural areas"
    )
    assert groups["Tools"] == ["Guide to street trees"]
    assert any(title.startswith("Increase the carbon") for title in groups["Pages"])
    for typed in ("ANJI", "安吉", "china", "asia", "Chine", "中国"):
        assert found(client.get(SEARCH, {"q": typed}))["Cities"] == ["Anji"], typed
    assert found(client.get(SEARCH, {"q": "connectivity"}))["Pages"]
    assert found(client.get(SEARCH, {"q": "china"}))["Pages"][0] == "China"
    assert found(client.get(SEARCH, {"q": "europe"}))["Pages"][0] == "Europe"
    assert "Pages" not in found(client.get(SEARCH, {"q": "japan"}))


def test_what_targets_say_is_found_and_shown(client, written):
    action = written.actions.get(number=2)
    make_statement(action, "target", text="Sixty <i>beehives</i> by then.", due_year=2035)
    page = client.get(SEARCH, {"q": "beehive"}).content.decode()
    assert "Target:</span>" in page
    assert "Sixty &lt;i&gt;<mark>beehives</mark>&lt;/i&gt; by then." in page


def test_a_hit_is_marked_in_its_language_and_escaped(client, written):
    page = client.get(SEARCH, {"q": "foret"}).content.decode()
    assert '<span lang="fr" dir="auto">La <mark>forêt</mark> ÉGALEMENT' in page
    assert "&lt;b&gt;ici" in page
    page = client.get(SEARCH, {"q": "wetland", "kind": "actions"}).content.decode()
    assert "in other words:</span>" in page
    assert "<mark>wetlands</mark>" in page


def test_a_word_is_looked_for_within_others_and_then_for_near_ones(client, written):
    make_action(make_city("Bonn"), TYPE, description="Jeder Stadtbaum zählt.", language="de")
    assert len(found(client.get(SEARCH, {"q": "baum"}))["Actions"]) == 1
    assert actions_of(client, "baum") == [("bonn", "1")]
    response = client.get(SEARCH, {"q": "wetlnads"})
    assert "Nothing for “wetlnads”. Near: wetlands" in text_of(response)
    assert len(found(response)["Actions"]) == 4
    assert found(client.get(SEARCH, {"q": "Pariss"}))["Cities"] == ["Paris"]
    assert "Near:" not in text_of(client.get(SEARCH, {"q": "wetlands"}))


def test_nothing_found_says_what_to_try(client, written):
    page = text_of(client.get(SEARCH, {"q": "trees <quasar>"}))
    assert f"Nothing for “trees {escape('<quasar>')}”" in page or "Nothing for “trees <qu" in page
    assert "One of them alone: trees" in page
    assert "try the word in another one" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "What do cities do about heat?"),
        ("a", "Please give at least two"),
        ("%", "Please give at least two"),
        ("tree " * 80, "looked for are its first words"),
        ("x" * 400, "looked for are its first words"),
        ("\0\x1b", "For example"),
    ],
)
def test_what_cannot_be_looked_for_is_said(client, typed, says):
    response = client.get(SEARCH, {"q": typed})
    assert response.status_code == 200
    assert says in text_of(response)


def test_one_ideograph_is_a_word(client, written):
    assert actions_of(client, "湿") == [("anji", "1")]


def test_pages_of_results_stay_out_of_search_engines_and_have_titles(client, written):
    response = client.get(SEARCH, {"q": "wetland"})
    assert response["X-Robots-Tag"] == "noindex"
    assert "<title>wetland: search" in response.content.decode()
    assert "X-Robots-Tag" not in client.get(SEARCH)
    assert client.get(SEARCH, {"q": "wetland", "kind": "actions", "page": 2}).status_code == 404


def test_invented_cities_are_found_where_they_are_listed(client, settings):
    sample = make_city("Invented", is_sample=True)
    make_action(sample, TYPE, description="Otters")
    for is_listed in (True, False):
        settings.SAMPLES_ARE_LISTED = is_listed
        for typed in ("invented", "otters"):
            groups = found(client.get(SEARCH, {"q": typed}))
            hits = [title for titles in groups.values() for title in titles]
            assert any("Invented" in title for title in hits) is is_listed, typed
    assert found(client.get(SEARCH, {"q": "otters", "city": "invented"})) != {}


def test_the_search_in_a_profile_finds_its_parts(client, written):
    with writing():
        written.about = "Bamboo hills"
        written.save()
    make_item(written, 1, "Plan for bamboo", url="https://example.org/")
    make_statement(written.actions.get(number=1), "target", text="More bamboo", due_year=2040)
    groups = found(client.get(SEARCH, {"q": "bamboo", "city": "ANJI"}))
    assert list(groups) == ["Actions", "About", "Nature"]
    assert [len(hits) for hits in groups.values()] == [1, 1, 1]
    assert found(client.get(SEARCH, {"q": "foret", "city": "anji"})) == {}
    assert client.get(SEARCH, {"q": "foret", "city": "nowhere"}).status_code == 404


def test_the_former_address_leads_here(client):
    response = client.get("/actions/search/?q=湿地&area=protect-restore&samples=1&page=2")
    assert response.status_code == 301
    assert response["Location"] == (
        "/search/?q=%E6%B9%BF%E5%9C%B0&area=protect-restore&page=2&kind=actions"
    )


def test_the_queries_are_few_and_do_not_grow(client, written, django_assert_max_num_queries):
    asked = {"trees": 9, "trees china": 12, "trees&kind=actions": 10, "wetlnads": 13}
    for place in range(12):
        city = make_city(f"Port {place}", country="CN")
        make_action(city, TYPE, description="Trees and hedges")
    client.get(SEARCH, {"q": "warm"})
    for typed, number in asked.items():
        with django_assert_max_num_queries(number):
            client.get(f"{SEARCH}?q={typed}")
