"""Action types are found by their own names, by those of their commitments, and by other words."""

import pytest

from actions.models import ActionType
from actions.type_search import codes_with
from catalogue import frozen
from profiles.terms import terms_of

pytestmark = pytest.mark.usefixtures("catalogue")


def found(typed):
    catalogue = frozen.current()
    return set.intersection(*(codes_with(term, catalogue) for term in terms_of(typed)))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("heat island", "urban-heat"),
        ("HEAT-ISLANDS", "urban-heat"),
        ("wetlands", "restoration"),
        ("wetland", "restoration"),
        ("restoring marsh", "restoration"),
        ("biocide", "water-pollution"),
        ("by-laws", "local-policies"),
        ("policies", "ecosystem-policies"),
        ("policy", "ecosystem-policies"),
        ("climate", "carbon"),
        ("co2", "carbon"),
    ],
)
def test_a_type_is_found(typed, code):
    assert code in found(typed)


@pytest.mark.parametrize("typed", ["eat", "total_area", "jurisdiction", "nowhere", "heat plastic"])
def test_nothing_is_found_without_reason(typed):
    assert found(typed) == set()


def test_translations_count():
    row = ActionType.objects.get(code="urban-heat")
    row.translations = {"zh-hans": {"name": "缓解城市热岛效应"}}
    row.save()
    assert found("热岛") == {"urban-heat"}
