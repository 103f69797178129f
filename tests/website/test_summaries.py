"""Summaries of cities and actions, in the city's language and in one more, on its pages."""

import re

import pytest
from django.core.exceptions import ValidationError

from actions.models import Action
from profiles.models import City

from ..factories import make_action, make_city
from .reading import text_of

ZH, EN = "洞庭湖边的湿地之城。", "A city of wetlands by the lake."
ACTION_ZH, ACTION_EN = "恢复沼泽", "Marshes come back"


@pytest.fixture
def city(catalogue):
    city = make_city(
        "Lake Trial",
        content_language="zh-Hans",
        second_language="en",
        summary=ZH,
        second_summary=EN,
    )
    make_action(city, "natural-areas", description="…", summary=ACTION_ZH, second_summary=ACTION_EN)
    return city


def test_a_page_tells_the_summaries_each_in_its_language(client, city):
    page = client.get("/cities/lake-trial/").content.decode()
    assert f'<p class="summary"><span lang="zh-Hans" dir="ltr">{ZH}</span></p>' in page
    assert f'<p class="summary">{EN}</p>' in page
    assert f'<meta name="description" content="Lake Trial: {EN}">' in page


def test_the_line_of_an_action_is_its_summary_for_this_reader(client, city):
    words = text_of(client.get("/cities/lake-trial/"))
    assert f"1 {ACTION_EN} no figure yet" in words
    assert ACTION_ZH in text_of(client.get("/cities/lake-trial/actions/1/"))


def test_the_document_has_the_summaries(client, city):
    record = client.get("/cities/lake-trial/profile.json").json()
    about = record["overview"]["about"]["summaries"]
    assert [text["value"] for text in about] == [ZH, EN]


def test_a_search_of_the_profile_finds_summaries(client, city):
    assert "Marshes" in text_of(client.get("/search/?city=lake-trial&q=marshes"))
    assert "A city of" in text_of(client.get("/search/?city=lake-trial&q=wetlands"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("wetlands", ["Lake Trial", "Wetland Port"]),
        ("wetland", ["Wetland Port", "Lake Trial"]),
        ("湿地", ["Lake Trial"]),
        ("wetlands trial", ["Lake Trial"]),
        ("wetlands china", ["Lake Trial"]),
        ("wetlands desert", []),
    ],
)
def test_the_search_over_all_cities_finds_summaries(client, city, typed, expected):
    """Cities that are named so come first; some of the words may be those of a name or country."""
    make_city("Wetland Port", country="FR", summary="A port with wetlands.")
    page = client.get("/search/", {"q": typed, "kind": "cities"})
    titles = re.findall(r'"found-title"><a[^>]*>(.*?)</a>', page.content.decode(), re.S)
    assert [" ".join(re.sub("<[^>]*>", "", one).split()) for one in titles] == expected
    assert (EN[:-1] in text_of(page)) == (typed.startswith("wetland") and expected != [])


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"second_summary": EN}, "second_language"),
        ({"second_language": "zh-Hans"}, "second_language"),
    ],
)
def test_a_second_language_is_asked_for_and_is_another_one(fields, place):
    city = City(name="Port", slug="port", content_language="zh-Hans", **fields)
    with pytest.raises(ValidationError) as refused:
        city.clean_second_language()
    assert list(refused.value.error_dict) == [place]


def test_an_action_needs_the_second_language_of_its_city():
    city = City(name="Port", slug="port")
    with pytest.raises(ValidationError) as refused:
        Action(city=city, second_summary=EN).clean()
    assert list(refused.value.error_dict) == ["second_summary"]
