"""What looks wrong and may be right is shown and hinders nothing."""

import pytest
from django.core.files import File

from exchange import jobs
from tests.factories import make_action, make_city, make_user

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
        Cities=[["City", "Local name", "About"], ["port-trial", "安吉 ᠮᠣ", "Дан"]],
        Actions=[ACTIONS, ["port-trial", 2, "carbon", "\U00010330", ""]],
        Baselines=[["City", "Action number", "Text"], ["port-trial", 1, "Peat\ue000"]],
    )
    assert [cell for cell, _message in said] == ["B2", "D2", "C2"]
    assert said[0][1].startswith("The PDF cannot print “\u2068ᠮ\u2069” (U+182E), ")


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
