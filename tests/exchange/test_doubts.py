"""What looks wrong and may be right is shown and hinders nothing."""

import pytest
from django.core.files import File
from django.core.management import call_command

from actions.models import Commitment
from exchange import jobs
from tests.factories import make_action, make_city, make_statement, make_user

ACTIONS = ["City", "Number", "Action type", "Description", "Why it is right"]
BASELINES = ["City", "Action number", "Measure", "Value", "Unit", "Why it is right"]


@pytest.fixture
def port(catalogue):
    return make_city("Port Trial", area_km2=50)


@pytest.fixture
def doubts(plan):
    """A function that plans sheets and returns (cell, message) of what is doubted."""

    def run(**sheets):
        made = plan(**sheets)
        assert made.is_sound, made.problems
        assert made.doubt_count == len(made.doubts)
        return [(doubt.cell, doubt.message) for doubt in made.doubts]

    return run


def test_the_same_type_or_the_same_words_twice(port, doubts):
    make_action(port, "carbon", description="Trees are planted.")
    assert doubts(
        Actions=[
            ACTIONS,
            ["port-trial", 2, "carbon", "Peat is kept wet.", ""],
            ["port-trial", 3, "restoration", "Trees are planted.", ""],
            ["port-trial", 4, "connectivity", "Hedges.", ""],
            ["port-trial", 5, "connectivity", "Hedges.", "North and south of the river."],
        ]
    ) == [
        ("C2", "Action 1 of the city is of this type too."),
        ("D3", "Action 1 of the city has these words too."),
    ]


def test_many_actions_of_one_type_are_doubted_once(port, doubts):
    rows = [
        ["port-trial", number, "carbon", f"Trees, part {number}.", ""] for number in range(1, 9)
    ]
    assert doubts(Actions=[ACTIONS, *rows]) == [("C2", "8 rows of the city are of this type.")]


def test_keys_of_one_list_tell_actions_of_one_type_apart(port, doubts):
    headers = [*ACTIONS[:4], "Reference"]
    rows = [["port-trial", n, "carbon", f"Trees, part {n}.", f"Plan: A-{n}"] for n in (1, 2)]
    assert doubts(Actions=[headers, *rows]) == []
    by_hand = ["port-trial", 3, "carbon", "Trees, by hand.", ""]
    assert doubts(Actions=[headers, *rows, by_hand]) == [
        ("C2", "Action 3 of the city is of this type too."),
        ("C3", "Action 3 of the city is of this type too."),
        ("C4", "Action 1 of the city is of this type too."),
    ]
    other = ["port-trial", 3, "carbon", "Trees, part 1.", "Plan: A-3"]
    assert doubts(Actions=[headers, *rows, other]) == [
        ("D2", "Action 3 of the city has these words too."),
        ("D4", "Action 1 of the city has these words too."),
    ]


def test_a_stored_action_that_does_not_change_is_not_doubted_again(port, doubts):
    make_action(port, "carbon")
    make_action(port, "carbon")
    rows = [["port-trial", number, "carbon", "", ""] for number in (1, 2)]
    assert doubts(Actions=[ACTIONS, *rows]) == []


def test_parts_shares_and_areas(port, doubts):
    make_action(port, "natural-areas")
    make_action(port, "urban-heat")
    found = doubts(
        Baselines=[
            BASELINES,
            ["port-trial", 1, "total_area", 40, "", ""],
            ["port-trial", 1, "converted_area", 41, "", ""],
            ["port-trial", 1, "natural_area", 6000, "ha", ""],
            ["port-trial", 2, "tree_share", 40, "", ""],
            ["port-trial", 2, "other_share", 50, "", ""],
        ]
    )
    assert [cell for cell, _message in found] == ["D3", "D4", "D4", "D6"]
    assert "of which it is a part" in found[0][1]
    assert found[2][1].endswith("is larger than the city (50 km²).")
    assert "90 percent together" in found[3][1]


def test_what_the_pdf_cannot_print_is_said_at_its_cell(port, doubts):
    make_action(port, "natural-areas")
    said = doubts(
        Cities=[["City", "Local name", "About"], ["port-trial", "安吉 ꠀꠁ", "Дан"]],
        Actions=[ACTIONS, ["port-trial", 2, "carbon", "\U00010330", ""]],
        Baselines=[["City", "Action number", "Text"], ["port-trial", 1, "Peat\ue000"]],
    )
    assert [cell for cell, _message in said] == ["B2", "D2", "C2"]
    assert said[0][1].startswith("The PDF cannot print “\u2068ꠀ\u2069” (U+A800), ")


def test_a_reason_settles_the_doubt(port, doubts):
    make_action(port, "natural-areas")
    assert not doubts(
        Baselines=[
            BASELINES,
            ["port-trial", 1, "total_area", 40, "", "With the sea."],
            ["port-trial", 1, "natural_area", 41, "", ""],
        ]
    )


def test_a_stored_whole_counts_for_a_new_part(port, doubts):
    make_action(port, "natural-areas", baseline={"total_area": 12})
    rows = [BASELINES, ["port-trial", 1, "natural_area", 13, "", ""]]
    assert [cell for cell, _message in doubts(Baselines=rows)] == ["D2"]


def test_the_page_says_where_a_reason_settles_it(port, client, workbook):
    make_action(port, "carbon")
    staff = make_user("staff@example.org", is_staff=True)
    rows = [["port-trial", 2, "carbon", "Peat is kept wet.", ""]]
    with workbook(Actions=[ACTIONS, *rows]).open("rb") as file:
        job = jobs.receive(staff, File(file, "book.xlsx"))
    client.force_login(staff)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Action 1 of the city is of this type too." in page
    assert "“Why it is right” settles" in page


TARGETS = ["City", "Action number", "Measure", "Value", "Due year", "Text", "Why it is right"]
PROGRESS = ["City", "Action number", "Measure", "Value", "Date"]


def test_targets_and_progress_beside_what_is_stored_or_stands_in_the_file(port, doubts):
    make_action(port, "carbon", baseline={"tree_cover": 30}, description="Trees.")
    make_action(port, "other-pollution")
    found = doubts(
        Baselines=[BASELINES, ["port-trial", 2, "landfill_per_person", "0.5", "", ""]],
        Targets=[
            TARGETS,
            ["port-trial", 1, "tree_cover", 20, 2090, "", ""],
            ["port-trial", 1, "tree_cover", 40, 2020, "", ""],
            ["port-trial", 1, "tree_cover", 41, "", "trees.", ""],
            ["port-trial", 1, "tree_cover", 0.7443, 2091, "", "A fraction indeed."],
            ["port-trial", 2, "landfill_per_person", 0.6, 2090, "", ""],
        ],
        Progress=[
            PROGRESS,
            ["port-trial", 1, "tree_cover", 2, "2025-03-01"],
            ["port-trial", 1, "tree_cover", 25, "2025-04-01"],
        ],
    )
    assert [cell for cell, _message in found] == ["D2", "E3", "E4", "F4", "D6", "D2", "D3"]
    assert found[4][1].endswith("starts from 0.5\u00a0t/person/year; the target of "
                                "0.6\u00a0t/person/year is worse.")  # fmt: skip


def test_a_reason_that_is_stored_answers_only_what_it_was_given_for(port, doubts):
    action = make_action(port, "carbon")
    make_statement(
        action, "target", {"tree_cover": "0.5"}, due_year=2090, confirmed="Half a percent."
    )
    make_statement(action, "baseline", {"tree_cover": "0.4"})
    head = ["City", "Action number", "Measure", "Value", "Due year"]
    assert not doubts(Targets=[head, ["port-trial", 1, "tree_cover", "0.6", 2090]])
    ((cell, message),) = doubts(Targets=[head, ["port-trial", 1, "tree_cover", 4, 2090]])
    assert (cell, "Is the unit right?" in message) == ("D2", True)


def test_figures_of_a_city(port, doubts):
    head = ["City", "Population", "Why it is right"]
    ((cell, message),) = doubts(Cities=[head, ["port-trial", 5_000_000, ""]])
    assert (cell, message[:13]) == ("A2", "That makes 10")
    assert not doubts(Cities=[head, ["port-trial", 5_000_000, "Towers."]])


@pytest.mark.parametrize(
    ("sheet", "head", "value"),
    [
        ("Commitments", ["City", "Commitment", "Made on"], "2099-01-01"),
        ("Actions", ["City", "Number", "Action type", "Description", "Last update"], "2099-01-01"),
        ("Cities", ["City", "Population", "Population year"], 2099),
    ],
)
def test_days_to_come_are_wrong(port, plan, sheet, head, value):
    key = {"Commitments": [Commitment.objects.first().code], "Actions": [1, "carbon", "Trees."]}
    (problem,) = plan(**{sheet: [head, ["port-trial", *key.get(sheet, [7]), value]]}).problems
    assert (problem.column, problem.message[-18:]) == (head[-1], " is still to come.")


def test_the_command_prints_doubts_too(port, workbook, answer, capsys):
    path = workbook(Actions=[ACTIONS, *[["port-trial", n, "carbon", "Peat.", ""] for n in (1, 2)]])
    said = answer(path, "--check")
    assert (said["status"], said["written"], said["doubt_count"]) == (0, False, 2)
    assert said["doubts"][0]["cell"] == "C2"
    call_command("import_workbook", path, "--check")
    printed = capsys.readouterr().out
    assert "2 places look wrong and may be right:" in printed
    assert "Actions C2: Action 2 of the city is of this type too." in printed
