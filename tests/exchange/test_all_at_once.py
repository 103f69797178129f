"""A row with several wrong cells says so of all of them at once."""

import pytest

from tests.factories import make_action, make_assessment

CITIES = ["City", "Name", "Country", "Latitude", "Longitude", "Population", "Website"]
RESULTS = ["City", "Edition", "Year", "Indicator", "Input 1", "Input 2", "Own points"]


def cells_of(plan):
    return [problem.cell for problem in plan.problems]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (["Not An Address", "X", "Nowhere", 95, 8, 5_000_000_000, "x"], "A2 C2 D2 F2 G2"),
        (["new-city", "", "", 95, 8, 1, "no link"], "B2 C2 D2 G2"),
        (["new-city", "X", "CN", 95, None, 1, None], "D2"),
        (["port-trial", "X", None, 95, 181, -1, None], "D2 E2 F2"),
        ([None, "X", "CN", 95, 8, None, None], "A2 D2"),
    ],
)
def test_a_city_says_all_that_is_wrong(plan, port, row, wrong):
    assert cells_of(plan(Cities=[CITIES, row])) == wrong.split()


def test_the_second_of_two_equal_rows_says_what_else_is_wrong(plan, port):
    row = ["port-trial", "X", "CN", 1, 1, 1, None]
    wrong = ["port-trial", "X", "CN", 95, 1, 1, None]
    assert cells_of(plan(Cities=[CITIES, row, wrong])) == ["A3", "D3"]


def test_a_rule_about_two_fields_is_told_beside_a_wrong_third(plan, port):
    said = plan(Cities=[CITIES, ["port-trial", "X", "Nowhere", 12, None, None, None]])
    assert [problem.message for problem in said.problems][0] == (
        "Give both latitude and longitude, or neither."
    )
    assert len(said.problems) == 2


def test_a_statement_says_all_that_is_wrong(plan, port):
    make_action(port, "natural-areas")
    header = ["City", "Action number", "Date", "Measure", "Value", "Unit", "Source link"]
    wrong = ["port-trial", 1, "2099-01-01", "total_area", "many", "acre-feet", "no link"]
    assert cells_of(plan(Progress=[header, wrong])) == ["C2", "E2", "G2"]
    unknown = ["port-trial", 77, "2020-01-01", "total_area", 1, "ha", "no link"]
    assert cells_of(plan(Progress=[header, unknown])) == ["B2", "G2"]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (["port-trial", "2021", 2024, "2021-connectivity", "few", "many", None, None], "E2 F2"),
        (["port-trial", "2021", 2024, "2021-connectivity", "few", 5, 9, None], "E2 G2 H2"),
        (["port-trial", "2021", 1999, "2021-connectivity", "few", 5, None, None], "C2 E2"),
        (["port-trial", "2021", 2024, "2021-connectivity", None, None, 9, None], "G2 H2 I2"),
    ],
)
def test_a_result_says_all_that_is_wrong(plan, port, row, wrong):
    make_assessment(port, 2024)
    sheet = [[*RESULTS, "Reason", "Evidence"], [*row, None]]
    assert cells_of(plan(Indicators=sheet)) == wrong.split()


def test_rows_are_read_beside_a_wrong_header_if_all_columns_are_there_that_they_need(plan, port):
    header = [*CITIES[:-1], "Web page"]
    row = ["port-trial", "X", "CN", 95, 8, 1, "https://example.org"]
    assert cells_of(plan(Cities=[header, row])) == ["G1", "D2"]
    header = ["City", "Nam", "Country", "Latitude"]
    assert cells_of(plan(Cities=[header, ["port-trial", "X", "CN", 95]])) == ["B1"]
