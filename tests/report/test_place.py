"""The line below the name of a city: where it lies and how large it is."""

import pytest

from report import place
from tests.records import make_action_record, make_context, make_record, make_statement_record

MEASURED = make_action_record(
    "natural-areas", make_statement_record("baseline", {"natural-areas.total_area": "1886"})
)


@pytest.mark.parametrize(
    ("city", "actions", "words"),
    [
        ({}, [], "China"),
        ({"population": 600_000}, [], "China · 600,000 people (year not given)"),
        ({"population": 600_000, "population_year": 2024}, [], "China · 600,000 people (2024)"),
        ({"area_km2": "310.5"}, [MEASURED], "China · 310.5\u00a0km²"),
        ({}, [MEASURED], "China · 1,886\u00a0km²"),
    ],
)
def test_a_place_says_what_the_city_gives(city, actions, words):
    found = place.build(make_record(city=city, actions=actions), make_context())
    assert found.words.value == words
    assert found.country == "CN"
