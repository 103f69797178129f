"""What a shared cache may keep: nothing that names who is signed in."""

import pytest

from tests.clients import client_of
from tests.factories import make_city, make_user

PAGES = ["/", "/cities/", "/actions/", "/search/", "/cbi/", "/pathway/", "/resources/"]


@pytest.mark.parametrize("address", [*PAGES, "/nowhere/", "/cities/our-city/"])
def test_a_page_of_who_is_signed_in_is_private(catalogue, address):
    make_city("Our City")
    response = client_of(make_user()).get(address)
    assert "private" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


# The home page is kept, as that of a city is.
@pytest.mark.parametrize("address", PAGES[1:])
def test_a_page_for_everybody_stays_as_it_was(catalogue, client, address):
    assert not client.get(address).has_header("Cache-Control")
