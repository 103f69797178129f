"""Action types are found by their own texts, by their commitments, and by other words for them."""

import pytest

from actions.models import ActionType
from actions.type_search import find_types
from catalogue.folding import search_words

pytestmark = pytest.mark.usefixtures("catalogue")


def found(typed, **under):
    return [row.code for row in find_types(search_words(typed), **under)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("heat island", "urban-heat"),
        ("HEAT-ISLANDS", "urban-heat"),
        ("wetlands", "restoration"),
        ("wetland", "restoration"),
        ("mangrove marsh", "restoration"),
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


@pytest.mark.parametrize("typed", ["", "eat", "total_area", "nowhere", "heat plastic"])
def test_nothing_is_found_without_reason(typed):
    assert found(typed) == []


def test_own_names_come_first():
    assert found("carbon")[0] == "carbon"
    assert found("pollution")[:3] == ["water-pollution", "other-pollution", "plastic"]


def test_translations_count_and_choices_narrow():
    row = ActionType.objects.get(code="urban-heat")
    row.translations = {"zh-hans": {"name": "缓解城市热岛效应"}}
    row.save()
    assert found("热岛") == ["urban-heat"]
    assert found("heat island", commitment=row.commitment, action_type=row) == ["urban-heat"]
    assert found("heat island", area=ActionType.objects.get(code="plastic").commitment.area) != []
    assert found("heat island", action_type=ActionType.objects.get(code="plastic")) == []
