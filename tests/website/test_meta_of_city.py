"""What the pages of a city tell search engines, and who shows a link to them."""

import json

import pytest

from tests.records import make_action_record
from website.meta_of_city import LONGEST, meta_of_city, shortened

from .documents import make_document, make_public_city

SITE = "https://nature.example.org/"
URL = f"{SITE}cities/port-trial/"


def meta_with(city=None, place=(), **page):
    return meta_of_city(make_public_city(*place), make_document(city=city), URL, SITE, **page)


def data_of(meta):
    return json.loads(meta.data)


def test_a_city_is_described_by_its_own_sentence():
    meta = meta_of_city(
        make_public_city(), make_document(actions=[make_action_record("natural-areas")]), URL, SITE
    )
    assert meta.title == "Nature profile of Port Trial"
    assert meta.description.startswith("Port Trial: One action under one commitment.")
    assert meta.picture == f"{URL}share.png"
    assert meta.locale == "en_GB"


def test_data_name_the_city_its_country_and_its_files_but_no_licence():
    data = data_of(meta_with({"local_name": {"en": "Tryal"}}))
    assert data["url"] == URL
    assert data["dateModified"] == "2026-11-26"
    place = data["mainEntity"]
    assert (place["name"], place["alternateName"]) == ("Port Trial", "Tryal")
    assert place["containedInPlace"]["name"] == "China"
    files = [file["contentUrl"] for file in data["subjectOf"]["distribution"]]
    names = ["profile.pdf", "at-a-glance.pdf", "profile.docx", "profile.json"]
    assert files == [f"{URL}{name}" for name in names]
    assert data["subjectOf"]["version"] == "3"
    assert "license" not in json.dumps(data)


@pytest.mark.parametrize(
    ("place", "geo"),
    [((), None), (("30.5", "119.25"), (30.5, 119.25)), (("0", "0"), (0, 0))],
)
def test_only_coordinates_that_the_city_gives_are_told(place, geo):
    told = data_of(meta_with(place=place))["mainEntity"].get("geo")
    assert (told and (told["latitude"], told["longitude"])) == geo


def test_a_page_below_is_about_the_city_and_says_how_one_gets_there():
    trail = (("Port Trial", "/cities/port-trial/"), ("Actions", "/cities/port-trial/actions/"))
    data = data_of(meta_with(title="Actions", description="All.", trail=trail))
    assert "mainEntity" not in data and data["about"]["name"] == "Port Trial"
    steps = data["breadcrumb"]["itemListElement"]
    assert [step["item"] for step in steps] == [URL, f"{URL}actions/"]


def test_no_text_ends_the_element_in_which_the_data_stand():
    name = "</script><script>alert('&')"
    meta = meta_with({"name": {"en": name}})
    assert not {"<", ">", "&"} & set(meta.data)
    assert data_of(meta)["mainEntity"]["name"] == name


def test_long_descriptions_are_cut_in_every_script():
    assert len(shortened("安吉县扎实推进" * 40)) == LONGEST
    assert shortened(" one\n two ") == "one two"
