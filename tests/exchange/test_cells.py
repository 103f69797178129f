"""Each kind of cell that is taken or asked back, at its address and in plain words."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from django.core.management import call_command
from django.db.models import TextField
from django.db.models import Value as Untidied

from actions.models import Action, ActionType, Commitment, Statement, Value
from exchange import cells
from profiles.models import ChangeSet, City
from tests.factories import make_city

pytestmark = pytest.mark.django_db

CITY = ["City", "Name", "Country"]
BASELINE = ["City", "Action number", "Measure", "Value"]


def test_problem_gives_sheet_cell_value_and_what_is_expected(anji, problem):
    said = problem(Cities=[["City", "Population"], ["anji-county", "many"]])
    assert said == {
        "sheet": "Cities",
        "cell": "B2",
        "column": "Population",
        "value": "many",
        "message": "This is text, not a number.",
        "expected": "a whole number such as 12",
    }


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (0.1 + 0.2, "0.3"),
        (123456789012345.0, "123456789012345"),
        (9007199254740993.0, "9007199254740990"),  # a cell keeps 15 digits
        (1e23, "1" + "0" * 23),
    ],
)
def test_number_is_what_the_cell_shows(value, seen):
    assert f"{cells.exact_number(value):f}" == seen


@pytest.mark.parametrize(
    ("sheet", "header", "row"),
    [
        ("Cities", "Contact e-mail", {"City": "anji-county", "Contact e-mail": "nobody"}),
        (
            "Pathway",
            "Link",
            {"City": "anji-county", "Step": "set-baseline", "Title": "Plan", "Link": "plan"},
        ),
        (
            "Resources",
            "Link",
            {"City": "anji-county", "Title": "Plan", "Kind": "plan", "Link": "plan"},
        ),
    ],
)
def test_an_address_is_asked_for_with_an_example(anji, problem, sheet, header, row):
    said = problem(**{sheet: [list(row), list(row.values())]})
    assert (said["column"], said["expected"].partition(" such as ")[1]) == (header, " such as ")


@pytest.mark.parametrize(
    ("header", "value", "words"),
    [
        ("Population", "1.234,5", "not a whole number"),
        ("Population", "600 00", "more than one number"),
        ("Population", "600.000", "This could be 600000 or 600: write 600000 or 600."),
        ("Population", "60\u200b0", "a zero-width space (U+200B)"),
        ("Population", "about 600", "Only the number is kept here"),
        ("Population", "600 degrees", "“degrees” is no unit"),
        ("Area (km²)", "1,886", "This could be 1886 or 1.886: write 1886 or 1.8860."),
        ("Area (km²)", "0.0004", "too small"),
        ("Population year", 2567, "Is 2024 meant (2567 of the Buddhist calendar)?"),
        ("Population year", datetime.date(1905, 7, 16), "Is the year 2024 meant?"),
        ("Population", 12.5, "whole number"),
        ("Population", -3, "greater than or equal to 0"),
        ("Population", True, "not a plain number"),
        ("Population", datetime.date(2024, 1, 1), "not a plain number"),
        ("Population year", 21019, "still to come"),
        ("Area (km²)", 0, "greater than or equal to 0.001"),
        ("Website", "example", "valid URL"),
        ("Contact e-mail", "nobody", "valid email address"),
        ("Language", "Chinese", "language tag"),
        ("State", "publishd", "Did you mean “published”?"),
        ("Sample", "perhaps", "neither yes nor no"),
        ("Country", "Chna", "Did you mean “China”?"),
        ("About", datetime.date(2024, 1, 1), "format it as text"),
        ("Name", "x" * 201, "at most 200 characters"),
        ("About", "x" * 30_001, "shorten it by 1 character "),
        ("Latitude", 91, "less than or equal to 90"),
        ("Name", "Zalgo" + "\u0301" * 31, "has 31 marks on it: at most 30"),
        ("About", "क" + "ा" * 256, "has 256 marks on it: at most 30"),
    ],
)
def test_cell_of_a_city_is_asked_back(anji, problem, header, value, words):
    said = problem(Cities=[["City", header], ["anji-county", value]])
    assert (said["sheet"], said["cell"], said["column"]) == ("Cities", "B2", header)
    assert words in said["message"]


def test_a_name_that_shows_nothing_is_missing(anji, problem):
    said = problem(Cities=[CITY, ["new-town", "\u2060\u00ad\u202e", "CN"]])
    assert (said["cell"], said["message"]) == ("B2", "Nothing in this cell can be seen.")


def test_a_name_is_tidied_as_in_the_form(anji, workbook, answer):
    rows = [["City", "Name", "About"], ["anji-county", "\u202eAnji\r\nTown", "One.\r\n\tTwo."]]
    assert answer(workbook(Cities=rows))["status"] == 0
    anji.refresh_from_db()
    assert (anji.name, anji.about) == ("Anji Town", "One.\n Two.")
    as_before = {"name": "\u202eAnji\r\nTown", "about": "One.\r\n\tTwo."}
    before = {name: Untidied(text, TextField()) for name, text in as_before.items()}
    City.objects.filter(pk=anji.pk).update(**before)
    assert answer(workbook(Cities=rows))["sheets"]["Cities"]["unchanged"] == 1


@pytest.mark.parametrize(
    "value",
    [
        *("08.04.2026", "31/02/2026", "2026-02-31", "yesterday", "2024", 12, 2024),
        *(datetime.date(1899, 1, 1), datetime.date(1905, 7, 16)),
    ],
)
def test_date_is_asked_back(anji, problem, value):
    said = problem(
        Commitments=[["City", "Commitment", "Made on"], ["anji-county", "climate", value]]
    )
    assert said["cell"] == "C2"


@pytest.mark.parametrize("value", [datetime.date(2026, 4, 8), "2026-04-08", " 2026-04-08 ", 46120])
def test_date_is_read(anji, workbook, answer, value):
    rows = [["City", "Commitment", "Made on"], ["anji-county", "climate", value]]
    assert answer(workbook(Commitments=rows))["status"] == 0
    assert anji.commitments.get(commitment__code="climate").made_on == datetime.date(2026, 4, 8)


def test_half_a_location_breaks_the_rule_of_the_model(anji, problem):
    said = problem(Cities=[["City", "Latitude"], ["anji-county", 30.5]])
    assert said["message"] == "Give both latitude and longitude, or neither."


def test_a_cell_that_is_named_in_place_of_a_missing_column_shows_its_text(anji, problem):
    said = problem(
        Actions=[
            ["City", "Number", "Action type", "Description"],
            ["anji-county", 31, "natural-areas", "More of them"],
        ],
        Baselines=[["City", "Action number", "Measure"], ["anji-county", 31, "total_area"]],
    )
    assert (said["cell"], said["value"]) == ("A2", "anji-county")
    assert said["message"] == "The value is missing."


@pytest.mark.parametrize(
    ("number", "measure", "value", "cell", "words"),
    [
        (1, "total_areas", 5, "C2", "Did you mean “total_area”?"),
        (3, "total_area", 5, "C2", "no such measure"),
        (1, None, 5, "C2", "no measure that it belongs to"),
        (1, "total_area", "5 tatami", "D2", "“tatami” is no unit"),
        (1, "total_area", "1,886", "D2", "1886 or 1.886"),
        (1, "total_area", "at least 5", "D2", "cannot be kept"),
        (1, "total_area", -5, "D2", "below zero"),
        (1, "total_area", "#REF!", "D2", "text, not a number"),
        (14, "green_cover", 101, "D2", "between 0 and 100"),
        (30, "officials", 1.5, "D2", "whole number"),
        (9, "status", "perhaps", "D2", "not one of the words"),
        (99, "status", "yes", "B2", "The city has no action 99; the last one is 30."),
    ],
)
def test_value_is_asked_back(anji, problem, number, measure, value, cell, words):
    said = problem(Baselines=[BASELINE, ["anji-county", number, measure, value]])
    assert (said["sheet"], said["cell"]) == ("Baselines", cell)
    assert words in said["message"]


def test_unit_that_does_not_fit_is_asked_back(anji, problem):
    said = problem(Baselines=[[*BASELINE, "Unit"], ["anji-county", 1, "total_area", 5, "tatami"]])
    assert said["cell"] == "E2"
    assert said["message"] == "Use one of these units: km2, ha, m2, mu, acre, dunam, rai, feddan."


def test_percent_cell_is_the_number_that_it_shows(anji, tmp_path, answer):
    path = tmp_path / "percent.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, share = book.add_worksheet("Baselines"), book.add_format({"num_format": "0.00%"})
        page.write_row(0, 0, BASELINE)
        page.write_row(1, 0, ["anji-county", 14, "green_cover"])
        page.write_number(1, 3, 0.757, share)
    assert answer(path)["status"] == 0
    assert str(Value.objects.get(measure__code="urban-heat.green_cover").number) == "75.700000"


def test_percent_cell_where_no_share_is_meant_is_asked_back(anji, tmp_path, answer):
    path = tmp_path / "percent.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, share = book.add_worksheet("Cities"), book.add_format({"num_format": "0%"})
        page.write_row(0, 0, ["City", "Population"])
        page.write_string(1, 0, "anji-county")
        page.write_number(1, 1, 0.12, share)
    said = answer(path)
    assert said["problems"][0]["cell"] == "B2"
    assert said["problems"][0]["value"] == "12%"


def test_error_and_uncalculated_formula_are_asked_back(anji, tmp_path, answer):
    book = openpyxl.Workbook()
    book.active.title = "Cities"
    book.active.append(["City", "Population", "Area (km²)", "Website"])
    book.active.append(["anji-county", "=1+1", "#REF!", '=""'])
    book.active["C2"].data_type = "e"
    book.save(tmp_path / "formulas.xlsx")
    said = answer(tmp_path / "formulas.xlsx")
    assert [problem["cell"] for problem in said["problems"]] == ["B2", "C2", "D2"]
    assert all("shows an error or was not calculated" in p["message"] for p in said["problems"])


def test_calculated_formula_is_its_value(anji, tmp_path, answer):
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Cities")
        page.write_row(0, 0, ["City", "Area (km²)"])
        page.write_string(1, 0, "anji-county")
        page.write_formula(1, 1, "=0.1+0.2", value=0.30000000000000004)
    assert answer(path)["status"] == 0
    anji.refresh_from_db()
    assert str(anji.area_km2) == "0.300"


def test_references_take_code_or_official_name(anji, workbook, answer):
    rows = [
        ["City", "Number", "Action type", "Description"],
        ["anji-county", 31, "carbon", "One"],
        ["Anji County", 32, "INCREASE the carbon sequestration potential  of urban nature", "Two"],
    ]
    assert answer(workbook(Actions=rows))["sheets"]["Actions"]["new"] == 2
    assert anji.actions.filter(action_type__code="carbon", number__gt=30).count() == 2


def test_all_problems_are_collected_and_nothing_is_written(anji, workbook, answer):
    before = ChangeSet.objects.count(), City.history.count(), Action.objects.count()
    said = answer(
        workbook(
            Cities=[CITY, ["new-town", "New Town", "Nowhere"], ["anji-county", None, "CN"]],
            Actions=[
                ["City", "Number", "Action type", "Description"],
                ["new-town", 1, "carbon", "Refers to a city whose row is wrong: no second error."],
                ["anji-county", 31, "carbon", "Good"],
                ["anji-county", None, "carbon", "No number"],
                ["anji-conty", 1, "carbon", "No such city"],
                ["anji-county", 33, None, "No type"],
                ["anji-county", 31, "carbon", "Again"],
            ],
        )
    )
    assert said["status"] == 1
    assert [(p["sheet"], p["cell"]) for p in said["problems"]] == [
        ("Cities", "C2"),
        ("Actions", "B4"),
        ("Actions", "A5"),
        ("Actions", "C6"),
        ("Actions", "A7"),
    ]
    messages = [p["message"] for p in said["problems"]]
    assert messages[1] == "This cell is empty. The next free number of the city is 32."
    assert "Did you mean “anji-county”?" in messages[2]
    assert messages[4] == "This row says the same as row 3."
    assert said["sheets"]["Cities"] == {"new": 0, "changed": 0, "unchanged": 1, "wrong": 1}
    assert said["sheets"]["Actions"] == {"new": 2, "changed": 0, "unchanged": 0, "wrong": 4}
    assert before == (ChangeSet.objects.count(), City.history.count(), Action.objects.count())


def test_what_is_wrong_or_doubtful_is_said_of_every_row_that_has_it(catalogue, port, plan):
    head = ["City", "Number", "Action type", "Description", "Language", "Last update"]
    rows = [
        ["port-trial", 1, "carbon", "\ua807", "english", "3026-04-08"],
        ["port-trial", 2, "natural-areas", "\ua807", "english", "3026-04-08"],
    ]
    made = plan(Actions=[head, *rows])
    assert [problem.cell for problem in made.problems] == ["E2", "F2", "E3", "F3"]
    made = plan(Actions=[head[:4], *(row[:4] for row in rows)])
    glyphs = [doubt.cell for doubt in made.doubts if "cannot print" in doubt.message]
    assert glyphs == ["D2", "D3"]


def test_rows_of_one_statement_must_agree(anji, problem):
    said = problem(
        Baselines=[
            [*BASELINE, "Source"],
            ["anji-county", 1, "total_area", 1886, "Survey"],
            ["anji-county", 1, "natural_area", 1499.18, None],
            ["anji-county", 1, "converted_area", 386.82, "Other"],
        ]
    )
    assert said["cell"] == "E4"
    assert said["message"] == "Row 2 says something else about the same starting point."


def test_value_twice_is_a_problem(anji, problem):
    rows = [BASELINE, ["anji-county", 1, "total_area", 1], ["anji-county", 1, "total_area", 2]]
    assert problem(Baselines=rows)["cell"] == "A3"


def test_number_of_a_removed_action_is_never_used_again(anji, problem, recorded):
    with recorded():
        anji.actions.get(number=30).delete()
    said = problem(
        Actions=[
            ["City", "Number", "Action type", "Description"],
            ["anji-county", 30, "carbon", "Text"],
        ]
    )
    assert "action that was removed" in said["message"]


def test_type_of_an_action_with_values_stays(anji, problem):
    said = problem(Actions=[["City", "Number", "Action type"], ["anji-county", 1, "carbon"]])
    assert "has values of its present type" in said["message"]


def test_retired_row_cannot_be_chosen(anji, problem):
    ActionType.objects.filter(code="carbon").update(retired=True)
    said = problem(Actions=[["City", "Number", "Action type"], ["anji-county", 2, "carbon"]])
    assert "no longer offered" in said["message"]


def test_target_without_values_and_progress(anji, workbook, answer):
    said = answer(
        workbook(
            Targets=[
                ["City", "Action number", "Measure", "Value", "Due year", "Text"],
                ["anji-county", 5, None, None, 2030, "In words only"],
                ["anji-county", 14, "Total green cover, share of the city", 80, 2030, None],
                ["anji-county", 14, "green_cover", 85, 2035, None],
            ],
            Progress=[
                ["City", "Action number", "Measure", "Value", "Precision", "Date"],
                ["anji-county", 14, "green_cover", 76, "more than", datetime.date(2026, 5, 1)],
            ],
        )
    )
    assert said["status"] == 0, said
    action = anji.actions.get(number=14)
    assert [s.due_year for s in action.statements.targets().order_by("due_year")] == [2030, 2035]
    progress = action.statements.progress().get()
    assert progress.values.get().precision == "more-than"
    assert Statement.objects.get(text="In words only").values.count() == 0


def test_numbers_are_read_as_people_write_them_and_what_differs_is_said(anji, workbook, answer):
    cities = ["City", "Latitude", "Longitude", "Population", "Population year", "Area (km²)"]
    said = answer(
        workbook(
            Cities=[
                cities,
                [
                    "anji-county",
                    "42.967",
                    -30.46204821234,
                    "\u200e1,886,000",
                    datetime.date(2024, 5, 1),
                    "500.25 ha",
                ],
            ],
            Baselines=[
                [*BASELINE, "Year"],
                ["anji-county", 1, "total_area", "> 5 ha", "２０２４"],
                ["anji-county", 14, "green_cover", "75,125 %", None],
                ["anji-county", 30, "officials", "1,886", None],
                ["anji-county", 1, "natural_area", 100 / 3, None],
                ["anji-county", 1, "converted_area", "8万余亩", None],
            ],
        )
    )
    assert said["status"] == 0, said
    anji.refresh_from_db()
    assert (anji.population, anji.population_year) == (1_886_000, 2024)
    kept = str(anji.latitude), str(anji.longitude), str(anji.area_km2)
    assert kept == ("42.96700", "-30.46205", "5.003")
    values = {v.measure.key: v for v in Value.objects.filter(statement__action__city=anji)}
    total = values["total_area"]
    assert (total.number, total.unit, total.precision) == (5, "ha", "more-than")
    mu = values["converted_area"]
    assert (mu.number, mu.unit, mu.precision) == (80_000, "mu", "more-than")
    assert values["green_cover"].number == Decimal("75.125")
    assert values["officials"].number == 1886
    assert str(values["natural_area"].number) == "33.333333"
    assert [(note["cell"], note["message"]) for note in said["notes"]] == [
        ("C2", "-30.46204821234 is rounded to -30.46205: 5 decimals are kept."),
        ("D2", "An invisible character is left out: a left-to-right mark (U+200E)."),
        ("E2", "Only the year of 2024-05-01 is kept: 2024."),
        ("F2", "500.25 ha is kept as 5.0025 km²."),
        ("F2", "5.0025 is rounded to 5.003: 3 decimals are kept."),
        ("D2", "“> 5 ha” is read as: more than 5 ha."),
        ("D5", "33.3333333333333 is rounded to 33.333333: 6 decimals are kept."),
        ("D6", "“8万余亩” is read as: more than 80000 mu (1/15 ha)."),
    ]


def test_unit_and_precision_in_the_value_must_agree_with_their_cells(anji, problem):
    header = [*BASELINE, "Unit", "Precision"]
    for value, unit, precision in (("5 ha", "km2", None), ("> 5", None, "about")):
        row = ["anji-county", 1, "total_area", value, unit, precision]
        assert problem(Baselines=[header, row])["cell"] == "D2"


def test_the_numbers_of_our_own_csv_come_in_again_as_a_new_row(catalogue, tmp_path, answer):
    spot = {"latitude": Decimal("1.234"), "longitude": Decimal("-100.001")}
    make_city("Port Trial", population=1886, area_km2=Decimal("12.345"), **spot)
    path = tmp_path / "cities.csv"
    call_command("export_workbook", sheet="Cities", output=path, stdout=io.StringIO())
    text = path.read_text(encoding="utf-8-sig").replace("port-trial", "other-town")
    path.write_text(text, encoding="utf-8")
    said = answer(path)
    assert (said["status"], said["notes"]) == (0, []), said
    made = City.objects.get(slug="other-town")
    assert (made.population, made.area_km2) == (1886, Decimal("12.345"))
    assert {"latitude": made.latitude, "longitude": made.longitude} == spot


def test_a_day_from_before_1950_comes_back_from_a_workbook(port, recorded, tmp_path, answer):
    day = datetime.date(1948, 5, 1)
    with recorded():
        made = port.commitments.create(commitment=Commitment.objects.first(), made_on=day)
    path = tmp_path / "all.xlsx"
    call_command("export_workbook", output=path, stdout=io.StringIO())
    with recorded():
        made.delete()
    said = answer(path)
    assert [note["message"] for note in said["notes"]] == ["1948-05-01 is long ago: is it right?"]
    assert port.commitments.get().made_on == day
