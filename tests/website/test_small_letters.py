"""An address in capitals leads to the page in small letters."""

import pytest

from tests.factories import make_city

TYPE = "/actions/types/natural-areas/"
ADDRESSES = [
    ("/cities/Our-CITY/", "/cities/our-city/"),
    ("/cities/OUR-city/profile.pdf", "/cities/our-city/profile.pdf"),
    ("/cities/Our-city/profile.json", "/cities/our-city/profile.json"),
    ("/actions/types/Natural-Areas/?unit=ha&page=1", f"{TYPE}?unit=ha&page=1"),
    ("/actions/types/NATURAL-AREAS/data.csv", f"{TYPE}data.csv"),
    ("/pathway/Set-Baseline/", "/pathway/set-baseline/"),
    ("/cbi/indicators/2021-Connectivity/", "/cbi/indicators/2021-connectivity/"),
]


@pytest.fixture(autouse=True)
def city(catalogue):
    return make_city("Our City")


@pytest.mark.parametrize(("asked", "url"), ADDRESSES)
def test_capitals_lead_to_small_letters(client, asked, url):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, url)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("asked", ["/cities/nowhere/", "/resources/4711/", "/cbi/1999/"])
def test_small_letters_that_lead_nowhere_stay_where_they_are(client, asked):
    assert client.get(asked).status_code == 404


def test_capitals_tell_nothing_of_a_hidden_city(client):
    make_city("Hidden City", state="draft")
    answers = [client.get(f"/cities/{slug}/") for slug in ("Hidden-City", "No-City")]
    assert [answer.status_code for answer in answers] == [301, 301]
    assert [client.get(answer["Location"]).status_code for answer in answers] == [404, 404]
