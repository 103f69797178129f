"""What looks wrong and may be right, with its edges; what is impossible is in test_values.py."""

import datetime
from decimal import Decimal

import pytest

from actions.models import Action, ActionType, Plan, Statement, Value
from actions.plausibility import doubts_about, doubts_about_statement
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


# A statement beside the others of its action


def told(kind, type_code, area=None, action=None, **given):
    """(statement, its values), unsaved: values by the keys of measures, the rest are its fields."""
    action_type = ActionType.objects.get(code=type_code)
    city = City(name="Doubtful", area_km2=area)
    action = action or Action(city=city, action_type=action_type, description="Trees are planted.")
    measures = {measure.key: measure for measure in action_type.measures.all()}
    values = []
    for key in measures.keys() & given.keys():
        field = "status" if measures[key].kind == "status" else "number"
        number = given.pop(key)
        value = Value(
            measure=measures[key], **{field: number if field == "status" else Decimal(number)}
        )
        value.fill_amount()
        values.append(value)
    return Statement(action=action, kind=kind, **given), values


def kinds(pair, *others, new_fields=()):
    statement, values = pair
    doubts = doubts_about_statement(statement, values, (), others, new_fields=new_fields)
    return [(doubt.kind, doubt.measure or doubt.field) for doubt in doubts]


@pytest.mark.parametrize(
    ("share", "expected"),
    [("0.7443", ["fraction"]), ("0.9999", ["fraction"]), ("1", []), ("0", []), ("74.43", [])],
)
def test_a_bare_fraction_may_be_meant_as_percent(share, expected):
    found = kinds(told("baseline", "carbon", tree_cover=share))
    assert found == [(kind, "tree_cover") for kind in expected]
    if found:
        assert "Write 74.43" in doubts("carbon", tree_cover="0.7443")[0][1]


@pytest.mark.parametrize(
    ("type_code", "key", "before", "after", "is_worse"),
    [
        ("carbon", "tree_cover", "30", "29.9", True),
        ("carbon", "tree_cover", "30", "30", False),
        ("carbon", "tree_cover", "30", "35", False),
        ("other-pollution", "landfill_per_person", "0.5", "0.6", True),  # less is better
        ("other-pollution", "landfill_per_person", "0.5", "0.4", False),
        ("wild-species-trade", "status", "yes", "partly", True),
        ("wild-species-trade", "status", "no", "yes", False),
        ("urban-heat", "tree_share", "60", "55", False),  # another share rises by it
    ],
)
def test_a_target_is_not_worse_than_its_baseline(type_code, key, before, after, is_worse):
    baseline = told("baseline", type_code, **{key: before})
    found = kinds(told("target", type_code, due_year=2090, **{key: after}), baseline)
    assert found == ([("wrong-side", key)] if is_worse else [])


@pytest.mark.parametrize("kind", ["baseline", "target", "progress"])
def test_no_statement_covers_more_than_the_city(kind):
    area = Decimal(1886)
    assert kinds(told(kind, "access-to-nature", area, green_blue_area="5000")) == [
        ("above-city", "green_blue_area")
    ]


def progress(year, number):
    return told("progress", "carbon", date=datetime.date(year, 3, 1), tree_cover=number)


@pytest.mark.parametrize(
    ("after", "is_jump"),
    [("20", True), ("19.9", False), ("0", True), ("2", False)],
)
def test_a_value_does_not_jump_from_the_one_before(after, is_jump):
    others = [
        told("baseline", "carbon", tree_cover="40", year=2020),
        progress(2022, "2"),
        progress(2025, "90"),  # later than the one that is looked at
        told("target", "carbon", tree_cover="99", due_year=2030),
    ]
    assert kinds(progress(2024, after), *others) == ([("jump", "tree_cover")] if is_jump else [])


def test_nothing_is_a_target_for_what_is_to_fall():
    start = told("baseline", "other-pollution", year=2020, landfill_per_person="0.5")
    aim = told("target", "other-pollution", due_year=2030, landfill_per_person="0")
    assert kinds(aim, start) == []


def test_a_target_is_compared_with_what_was_measured_last():
    others = [told("baseline", "carbon", tree_cover="4"), progress(2022, "8"), progress(2021, "5")]
    target = told("target", "carbon", tree_cover="80", due_year=2090)
    assert kinds(target, *others) == [("jump", "tree_cover")]
    assert kinds(target, others[0], progress(2023, "9")) == []
    (doubt,) = doubts_about_statement(*target, (), others)
    assert "was 8%, and the target is 80%. Is the unit right?" in doubt.message


@pytest.mark.parametrize(
    ("year", "new_fields", "expected"),
    [
        (2020, ["due_year"], [("past-due-year", "due_year")]),
        (2020, [], []),  # it stood there before
        (None, ["due_year"], [("no-due-year", "due_year")]),
        (2090, ["due_year"], []),
    ],
)
def test_a_new_target_is_due_in_a_year_to_come(year, new_fields, expected):
    target = told("target", "carbon", due_year=year, text="More trees.")
    assert kinds(target, new_fields=new_fields) == expected


@pytest.mark.parametrize(("year", "is_asked"), [(2089, True), (2090, False), (None, False)])
def test_a_target_is_not_due_before_its_plan(year, is_asked):
    target = told("target", "carbon", due_year=year, text="More.", plan=Plan(year=2090))
    assert kinds(target) == ([("before-plan", "due_year")] if is_asked else [])


def test_a_target_says_more_than_the_description():
    target = told("target", "carbon", due_year=2090, text=" trees  are PLANTED. ")
    assert kinds(target, new_fields=["text"]) == [("description", "text")]
    assert kinds(target) == []
    assert kinds(told("baseline", "carbon", text="Trees are planted."), new_fields=["text"]) == []


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
