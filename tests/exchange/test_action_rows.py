"""An action with everything in a workbook: led from baseline to target in one file, and back."""

import datetime
from decimal import Decimal

import pytest

from actions.models import Action, ActionType, Measure, OwnFigure, Statement, Value
from exchange.applying import apply
from exchange.writing.templates import export
from profiles.models import City
from report.sources import working_document
from tests.exchange.workbooks import plan_of, save_by_libreoffice
from tests.factories import make_action, make_city, writing

CELLS = ["City", "Action number", "Measure", "Value", "Unit", "Precision"]
ORIGIN = ["Text", "Source", "Source link", "Language", "Why it is right", "Last update"]
LINK = "https://example.org/register?year=2020&of=land"
DAY = datetime.date(2026, 3, 2)
OF_ACTIONS = ["City", "Number", "Action type", "Description", "Language", "Key figure"]

ACTIONS = [
    [*OF_ACTIONS, "Why it is right", "Last update"],
    ["port-trial", 1, "protected-areas", "受保护的湿地。", "zh-Hans", "protected_area", "", DAY],
    ["port-trial", 2, "protected-areas", "The dunes.", "", "", "Another place.", DAY],
    ["port-trial", 3, "monitoring-learning", "A plan is written.", "", "", "", DAY],
    ["port-trial", 4, "ecosystem-policies", "Policies are read.", "", "", "", DAY],
]
OWN_FIGURES = [
    [
        *("City", "Action number", "Figure number", "What is counted", "Kind", "Unit"),
        *("Less is better", "Key figure", "Language"),
    ],
    ["port-trial", 3, 1, "Land surveyed", "area", "ha", "no", "yes", "en"],
    ["port-trial", 3, 2, "Gaps in the survey", "count", "", "yes", "no", ""],
]
BASELINES = [
    [*CELLS, "Year", *ORIGIN, "Confirmed unchanged"],
    *(
        [
            *("port-trial", 1, *value, 2020, "", "Land register", LINK, "en", "With the sea.", DAY),
            on,
        ]
        for value, on in (
            (("important_area", 42, "km2", "about"), "2025-03-01"),
            (("protected_area", 860.25, "ha", "less-than"), ""),
        )
    ),
    ["port-trial", 3, "status", "partly", "", "", None, "", "", LINK, "", "", DAY],
    ["port-trial", 3, "Land surveyed", 12.5, "km2", "about", None, *[""] * 5, DAY],
    ["port-trial", 4, "extent_or_names", "Two of five.", "", "", 2021, *[""] * 5, DAY],
]
WHY = ("", "", "", "Of the first plan.", DAY)
TARGETS = [
    [*CELLS, "Due year", *ORIGIN],
    ["port-trial", 1, "protected_area", 10, "km2", "more-than", 2025, "Banks.", *WHY],
    ["port-trial", 1, "protected_area", 1500, "ha", "exactly", 2030, *[""] * 5, DAY],
    ["port-trial", 1, "", "", "", "", None, "And quiet nights.", *WHY],
    ["port-trial", 3, "status", "yes", "", "", 2030, *[""] * 5, DAY],
    ["port-trial", 3, "own-2", 0, "", "", 2030, *[""] * 5, DAY],
]
PROGRESS = [
    [*CELLS, "Date", *ORIGIN],
    *(
        [
            "port-trial",
            1,
            "protected_area",
            area,
            "ha",
            how,
            day,
            words,
            "Survey",
            LINK,
            "",
            "",
            DAY,
        ]
        for area, how, day, words in (
            (990, "about", "2023-06-30", ""),
            (1300.5, "exactly", "2025-06-30", "The bridge is built."),
        )
    ),
    ["port-trial", 3, "status", "no", "", "", "2025-01-31", *[""] * 5, DAY],
]


@pytest.fixture
def city(catalogue, workbook):
    """Made by one file from its first baseline to its newest progress."""
    make_city("Port Trial", area_km2=Decimal(100))
    sheets = {"Actions": ACTIONS, "Own figures": OWN_FIGURES}
    sheets |= {"Baselines": BASELINES, "Targets": TARGETS, "Progress": PROGRESS}
    plan = plan_of(workbook(**sheets))
    assert plan.is_sound, plan.problems
    assert plan.doubts == []
    apply(plan)
    return City.objects.get(slug="port-trial")


def rows():
    """Everything of the actions but their keys."""
    mine = {"id", "history_date", "action_id", "statement_id", "city_id", "own_figure_id"}
    tables = (
        Action.objects.order_by("number"),
        OwnFigure.objects.order_by("number"),
        Statement.objects.order_by("action__number", "kind", "due_year", "date"),
        Value.objects.order_by("statement__action__number", "statement__kind", "measure", "number"),
    )
    return [[{k: v for k, v in row.items() if k not in mine} for row in t.values()] for t in tables]


def test_one_file_leads_an_action_from_baseline_to_target_and_progress(city):
    (action,) = [a for a in working_document(city, DAY).actions.actions if a.number == 1]
    said = [
        [value.text.value.replace("\xa0", " ") for value in s.values] for s in action.statements
    ]
    assert said == [
        ["about 42 square km", "less than 860.25 hectares"],
        ["more than 10 square km"],
        ["1,500 hectares"],
        [],
        ["about 990 hectares"],
        ["1,300.5 hectares"],
    ]
    states = [(target.due_year, target.tracked.state) for target in action.targets]
    assert states == [(2025, "reached"), (2030, "on-track"), (None, "no-data")]
    assert action.baseline.source_link.url == LINK
    assert [str(report.date.date) for report in action.progress] == ["2023-06-30", "2025-06-30"]


def test_the_way_out_and_back_changes_nothing(city, tmp_path):
    before = rows()
    assert [len(one) for one in before] == [4, 2, 10, 12]
    export(City.objects.all(), tmp_path / "all.xlsx")
    plan = plan_of(tmp_path / "all.xlsx")
    assert plan.is_sound and not plan.changes_anything
    with writing():
        city.delete()
    apply(plan_of(tmp_path / "all.xlsx"))
    assert rows() == before


def test_an_own_figure_that_a_measure_is_called_like_keeps_its_values(city, tmp_path):
    """Staff have made a measure of its like, and it was left."""
    code = "monitoring-learning.surveyed"
    own_type = ActionType.objects.get(code="monitoring-learning")
    Measure.objects.create(
        **{"action_type": own_type, "code": code, "key": "surveyed", "name": "Land Surveyed"},
        **{"kind": "area", "unit": "km2", "origin": "ours", "position": 999},
    )
    export(City.objects.all(), tmp_path / "all.xlsx")
    plan = plan_of(tmp_path / "all.xlsx")
    assert plan.is_sound and not plan.changes_anything


def test_a_changed_value_is_confirmed_no_more(city, workbook):
    head = ["City", "Action number", "Measure", "Value", "Confirmed unchanged"]
    same = ["port-trial", 1, "protected_area", 860.25, "2025-04-01"]
    other = ["port-trial", 1, "important_area", 43, "2025-03-01"]
    apply(plan_of(workbook(Baselines=[head, same, other])))
    days = Value.objects.filter(statement__kind="baseline", statement__action__number=1)
    assert dict(days.values_list("measure__key", "unchanged_on")) == {
        "protected_area": datetime.date(2025, 4, 1),
        "important_area": None,
    }


@pytest.mark.libreoffice
def test_saved_by_libreoffice_nothing_has_changed_either(city, tmp_path):
    export(City.objects.all(), tmp_path / "all.xlsx")
    plan = plan_of(save_by_libreoffice(tmp_path / "all.xlsx", tmp_path))
    assert plan.is_sound, plan.problems
    assert not plan.changes_anything
    assert plan.totals["unchanged"]


def test_a_doubtful_value_is_shown_until_a_reason_stands_beside_it(city, workbook):
    header = [*CELLS, "Why it is right"]
    row = ["port-trial", 2, "protected_area", 101, "km2", ""]
    plan = plan_of(workbook(Baselines=[header, [*row, ""]]))
    assert plan.is_sound and plan.changes_anything  # it hinders nothing …
    (doubt,) = plan.doubts  # … and is said at its cell
    assert (doubt.sheet, doubt.cell) == ("Baselines", "D2")
    assert doubt.message == "“Protected area” is larger than the city (100 km²)."
    settled = plan_of(workbook(Baselines=[header, [*row, "With the sea."]]))
    assert settled.doubts == []


# Key figures.

CHOICE = ["City", "Number", "Action type", "Description", "Key figure"]
TYPES = {
    "urban-heat": "green_cover",
    "carbon": "tree_cover",
    "water-pollution": "share_good_quality",
    "protected-areas": "protected_area",
    "nature-experiences": "campaigns",
}


def choices(*chosen):
    """The sheet Actions with the numbers of those actions of `TYPES` that are a key figure."""
    kinds = enumerate(TYPES.items(), start=1)
    return [
        CHOICE,
        *(
            ["bay-trial", number, kind, f"Words {number}.", key if number in chosen else ""]
            for number, (kind, key) in kinds
        ),
    ]


@pytest.fixture
def bay(catalogue, workbook):
    """A city that has chosen the first four of five actions."""
    bay = make_city("Bay Trial")
    apply(plan_of(workbook(Actions=choices(1, 2, 3, 4))))
    return bay


def chosen_of(city):
    return [one.number for one in Action.objects.filter(city=city).key_figures().order_by("number")]


def test_a_fifth_key_figure_is_refused_at_its_cell(bay, workbook):
    plan = plan_of(workbook(Actions=choices(1, 2, 3, 4, 5)))
    [problem] = plan.problems
    assert (problem.cell, problem.value) == ("E6", "campaigns")
    assert problem.message == (
        "A city has at most 4 key figures, and these are chosen already: action 1, “Total green "
        "cover, share of the city”; action 2, “Tree cover, share of the city”; action 3, “Water "
        "bodies of good ambient quality”; action 4, “Protected area”. Take one of them out first."
    )


def test_one_is_taken_out_and_another_chosen_in_one_file(bay, workbook):
    with writing():
        Action.objects.update(updated_on=DAY)
    plan = plan_of(workbook(Actions=choices(2, 3, 4, 5)), clears=True)
    assert plan.is_sound, plan.problems
    assert plan.counts["Actions"]["changed"] == 2
    apply(plan)
    assert chosen_of(bay) == [2, 3, 4, 5]
    # A choice is no news of the actions.
    assert {*Action.objects.values_list("updated_on", flat=True)} == {DAY}


@pytest.mark.parametrize(
    ("kind", "key", "message", "expected"),
    [
        ("carbon", "treecover", "Did you mean “tree_cover”?", "one of: tree_cover"),
        ("carbon", "green_cover", "has no such figure", "one of: tree_cover"),
        (
            "monitoring-learning",
            "status",
            "has no such figure",
            "nothing: this type has no figures",
        ),
    ],
)
def test_a_key_figure_that_the_type_does_not_have_is_refused(
    catalogue, workbook, kind, key, message, expected
):
    make_city("Bay Trial")
    plan = plan_of(workbook(Actions=[CHOICE, ["bay-trial", 1, kind, "Words.", key]]))
    [problem] = plan.problems
    assert problem.cell == "E2" and message in problem.message and problem.expected == expected


def test_another_type_takes_no_key_figure_along(bay, workbook):
    row = ["bay-trial", 1, "carbon", "Words 1.", ""]
    [problem] = plan_of(workbook(Actions=[CHOICE, row])).problems
    assert problem.cell == "E2" and "is no figure of this action type" in problem.message


# Own figures.

OWN = ["City", "Action number", "Figure number", "What is counted", "Kind", "Unit", "Key figure"]
VALUES = ["City", "Action number", "Measure", "Value"]


@pytest.mark.parametrize(
    ("row", "cell", "message"),
    [
        ((1, 4, "Trees", "count", "", "no"), "C2", "at most three"),
        ((1, 1, "Trees", "area", "", "no"), "F2", "In which unit is the area shown?"),
        ((1, 1, "Trees", "trees", "", "no"), "E2", "not one of the words for it"),
        ((1, 1, "Trees", "count", "", "yes"), "G2", "An action has one key figure"),
        ((5, 1, "Trees", "count", "", "yes"), "G2", "A city has at most 4 key figures"),
        ((9, 1, "Trees", "count", "", "no"), "B2", "The city has no action 9; the last one is 5."),
    ],
)
def test_a_wrong_own_figure_is_told_at_its_cell(bay, workbook, row, cell, message):
    [problem] = plan_of(workbook(**{"Own figures": [OWN, ["bay-trial", *row]]})).problems
    assert problem.cell == cell and message in problem.message


def test_a_figure_that_changes_its_name_and_unit_keeps_its_values(city, workbook):
    in_m2 = [OWN_FIGURES[0][:6], [*OWN_FIGURES[1][:5], "m2"]]
    apply(plan_of(workbook(**{"Own figures": in_m2})))
    assert Value.objects.get(own_figure__number=1).amount == 12_500_000
    own = [*OWN_FIGURES[1][:3], "Area surveyed", "area", "km2"]
    baseline = [VALUES, ["port-trial", 3, "Land surveyed", 14]]
    plan = plan_of(workbook(**{"Own figures": [OWN_FIGURES[0][:6], own], "Baselines": baseline}))
    assert plan.is_sound, plan.problems
    apply(plan)
    value = Value.objects.get(own_figure__number=1)
    assert (str(value), value.amount) == ("Area surveyed: 14 km2", 14)
    other = [[*OWN_FIGURES[1][:3], "Land surveyed", "count", ""]]
    [problem] = plan_of(workbook(**{"Own figures": [OWN_FIGURES[0][:6], *other]})).problems
    assert (problem.cell, "has values already, as area" in problem.message) == ("E2", True)


def test_a_name_that_goes_from_one_figure_to_another_means_the_one_that_has_it_now(city, workbook):
    first, second = OWN_FIGURES[1][:6], OWN_FIGURES[2][:6]
    names = [[*first[:3], "Gaps in the survey", *first[4:]], [*second[:3], "Holes", *second[4:]]]
    baseline = [VALUES, ["port-trial", 3, "Gaps in the survey", 14]]
    sheets = {"Own figures": [OWN_FIGURES[0][:6], *names], "Baselines": baseline}
    plan = plan_of(workbook(**sheets))
    assert plan.is_sound, plan.problems
    apply(plan)
    start = Value.objects.filter(statement__kind="baseline", statement__action__number=3)
    assert start.get(own_figure__number=1).number == 14
    assert not start.filter(own_figure__number=2).exists()


def test_a_name_that_reads_like_that_of_another_figure_is_refused(city, workbook):
    again = ["port-trial", 3, 3, "Land - surveyed", "area", "ha"]
    [problem] = plan_of(workbook(**{"Own figures": [OWN_FIGURES[0][:6], again]})).problems
    assert (problem.cell, "a figure of this name already" in problem.message) == ("D2", True)


def test_a_measure_that_an_action_does_not_have_is_told_with_its_own_figures(city, workbook):
    row = ["port-trial", 3, "Land surveied", 14]
    [problem] = plan_of(workbook(Baselines=[VALUES, row])).problems
    assert "no such measure or own figure. Did you mean “Land surveyed”?" in problem.message
    assert problem.expected == "one of: Land surveyed, Gaps in the survey, status"


def test_a_statement_without_value_and_text_is_refused(bay, workbook):
    moments = {
        "Baselines": ("Year", 2024),
        "Targets": ("Due year", 2030),
        "Progress": ("Date", DAY),
    }
    for sheet, (header, moment) in moments.items():
        rows = [[*VALUES, header, "Text"], ["bay-trial", 1, "", "", moment, ""]]
        [problem] = plan_of(workbook(**{sheet: rows})).problems
        assert (problem.sheet, problem.cell) == (sheet, "D2")
        rows[1][-1] = "In words."
        assert plan_of(workbook(**{sheet: rows})).is_sound


def test_a_reference_names_one_action_of_a_city(port, plan):
    make_action(port, "protected-areas", reference="Plan: A-1", updated_on=DAY)
    head = ["City", "Number", "Action type", "Description", "Reference"]
    new = ["port-trial", 2, "carbon", "Trees."]
    renamed = ["port-trial", 1, "", "", "Plan: A-0"]
    for rows in (
        [[*new, "Plan: A-1"]],
        [renamed, [*new, "Plan: A-1"]],
        [[*new, "Plan: A-0"], renamed],
    ):
        found = plan(Actions=[head, *rows])
        assert {problem.column for problem in found.problems} == {"Reference"}
    sound = plan(Actions=[head, renamed, [*new, "Plan: A-2"]])
    assert sound.is_sound
    apply(sound)
    assert list(port.actions.values_list("reference", flat=True)) == ["Plan: A-0", "Plan: A-2"]
    assert port.actions.get(number=1).updated_on == DAY
