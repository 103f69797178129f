"""What looks wrong and may be right, with its edges; what is impossible is in test_values.py."""

from decimal import Decimal

import pytest

from actions.models import ActionType, Value
from actions.plausibility import doubts_about
from profiles.models import City
from tests.factories import make_action, make_city

pytestmark = pytest.mark.usefixtures("catalogue")


def doubts(type_code, area=None, **numbers):
    """(measure, message) of each doubt; a number is in the measure's unit, or ("250", "ha")."""
    measures = list(ActionType.objects.get(code=type_code).measures.order_by("position"))
    values = []
    for measure in measures:
        if measure.key in numbers:
            number, unit = numbers[measure.key], ""
            if isinstance(number, tuple):
                number, unit = number
            value = Value(measure=measure, number=Decimal(number), unit=unit)
            value.fill_amount()
            values.append(value)
    city = City(name="Doubtful", area_km2=area)
    return [(doubt.measure, doubt.message) for doubt in doubts_about(values, measures, city)]


def doubted(type_code, **given):
    return [measure for measure, _message in doubts(type_code, **given)]


@pytest.mark.parametrize(
    ("protected", "expected"),
    [
        ("40", []),
        ("40.000001", ["protected_area"]),
        (("4000", "ha"), []),
        (("4001", "ha"), ["protected_area"]),
        (("40000001", "m2"), ["protected_area"]),
    ],
)
def test_a_part_is_not_larger_than_its_whole(protected, expected):
    assert doubted("protected-areas", important_area="40", protected_area=protected) == expected


def test_a_part_without_its_whole_is_no_doubt():
    assert doubted("protected-areas", protected_area="40") == []


def test_each_part_that_is_too_large_is_told_by_name():
    found = doubts("natural-areas", total_area="10", converted_area="11", natural_area="12")
    assert [measure for measure, _message in found] == ["converted_area", "natural_area"]
    assert found[1][1] == (
        "“Area of natural and semi-natural land” is larger than “Total area of land under the "
        "city jurisdiction”, of which it is a part."
    )


@pytest.mark.parametrize(
    ("tree", "other", "is_doubted"),
    [
        ("60", "40", False),
        ("59.5", "39.5", False),
        ("59.5", "39.4", True),
        ("60.5", "40.5", False),
        ("60.5", "40.6", True),
        ("60", None, False),
        ("0", "0", True),
    ],
)
def test_shares_of_one_whole_make_a_hundred_but_for_rounding(tree, other, is_doubted):
    given = {"tree_share": tree, **({"other_share": other} if other else {})}
    assert doubted("urban-heat", **given) == (["other_share"] if is_doubted else [])


def test_what_the_shares_make_together_is_told():
    ((_measure, message),) = doubts("urban-heat", tree_share="62.5", other_share="62.5")
    assert message == (
        "“Tree cover, share of the green cover” + “Other vegetation, share of the green cover” "
        "make 125 percent together, not 100."
    )


@pytest.mark.parametrize(
    ("area", "given", "expected"),
    [
        ("100", "100", []),
        ("100", "100.5", ["green_blue_area"]),
        ("100", ("10000", "ha"), []),
        ("100", ("10001", "ha"), ["green_blue_area"]),
        (None, "1000000", []),
    ],
)
def test_an_area_is_not_larger_than_the_city(area, given, expected):
    area = area and Decimal(area)
    assert doubted("access-to-nature", area=area, green_blue_area=given) == expected


def test_a_share_is_no_area():
    assert doubted("access-to-nature", area=Decimal(5), share_with_access="64") == []


# Values of a stored statement


def doubts_of(city, action_type, **values):
    action = make_action(city, action_type, baseline=values)
    given = list(Value.objects.filter(statement__action=action).select_related("measure"))
    doubts = doubts_about(given, action.action_type.measures.all(), city)
    return [(doubt.measure, doubt.message) for doubt in doubts]


@pytest.fixture
def city():
    return make_city("Doubted", area_km2=Decimal(100))


def test_a_part_above_its_whole_is_doubted(city):
    ((measure, message),) = doubts_of(city, "protected-areas", important_area=3, protected_area=4)
    assert measure == "protected_area"
    assert message.startswith("“Protected area” is larger than “Area of particular importance")
    assert doubts_of(city, "protected-areas", important_area=4, protected_area=4) == []
    assert doubts_of(city, "protected-areas", protected_area=4) == []


@pytest.mark.parametrize(
    ("tree", "other", "is_doubted"),
    [
        (60, 40, False),
        (60, "39.2", False),  # rounded shares
        (60, 41, False),
        (60, 30, True),
        (60, 45, True),
        (60, None, False),  # the other one is not known
    ],
)
def test_shares_that_do_not_make_a_hundred_are_doubted(city, tree, other, is_doubted):
    values = {"tree_share": tree, "other_share": other}
    values = {key: value for key, value in values.items() if value is not None}
    doubts = doubts_of(city, "urban-heat", **values)
    assert bool(doubts) is is_doubted
    if doubts:
        assert "percent together, not 100." in doubts[0][1]


def test_an_area_larger_than_the_city_is_doubted(city):
    ((measure, message),) = doubts_of(city, "access-to-nature", green_blue_area="100.5")
    assert (measure, message.endswith("is larger than the city (100 km²).")) == (
        "green_blue_area",
        True,
    )
    assert doubts_of(city, "access-to-nature", green_blue_area=100) == []
    city.area_km2 = None
    assert doubts_of(city, "access-to-nature", green_blue_area=1_000_000) == []
