"""The sheet Plans, and the plan of a target, which a cell names by its title."""

import io

import openpyxl
import pytest
from django.core.files import File

from actions.models import Action, Plan, Statement
from exchange import jobs
from exchange.writing.book import write_book
from exchange.writing.selection import Selection
from profiles.models import City
from tests.factories import make_action, make_city, make_plan, make_resource, make_statement

pytestmark = pytest.mark.django_db
PLANS = ["City", "Title", "Year", "Link", "Resource", "Language"]
TARGETS = ["City", "Action number", "Due year", "Text", "Plan"]
LINK = "https://example.org/guide"


@pytest.fixture
def action(port):
    return make_action(port, "carbon")


def target(title, year=2030, text="More."):
    return ["port-trial", 1, year, text, title]


def exported(sheet):
    """The cells of a sheet of all cities, as an export writes them."""
    selection = Selection.of_cities(None, City.objects.all()).with_sheets(sheet)
    [bound] = selection.bound_sheets()
    return list(selection.rows_of(bound))


def test_a_plan_is_written_with_the_targets_that_name_it_and_taken_back_with_them(
    action, staff, workbook, plan
):
    resource = make_resource(action.city, url=LINK)
    old = make_statement(action, Statement.Kind.TARGET, due_year=2025, text="Some.")
    row = ["port-trial", "Wetland plan", 2021, "https://example.org/p", LINK, "fr"]
    sheets = {
        "Plans": [PLANS, row],
        "Targets": [TARGETS, target("wetland PLAN"), target("Wetland plan", 2025, "Some.")],
    }
    with open(workbook(**sheets), "rb") as file:
        job = jobs.receive(staff, File(file, "cities.xlsx"))
    jobs.confirm(job, staff)
    made = Plan.objects.get()
    assert (made.year, made.resource, made.language) == (2021, resource, "fr")
    assert set(made.targets.values_list("due_year", flat=True)) == {2025, 2030}
    assert exported("Plans") == [row]
    assert [line[-1] for line in exported("Targets")] == ["Wetland plan"] * 2
    assert not any(sheet.batches()[0].instances for sheet in plan(staff, **sheets).sheets)
    jobs.undo(job, staff)
    old.refresh_from_db()
    assert (old.plan, Plan.objects.count(), Statement.objects.count()) == (None, 0, 1)


def test_an_unknown_title_is_told_with_the_nearest(action, plan, staff):
    make_plan(action.city, "Wetland plan")
    [problem] = plan(staff, Targets=[TARGETS, target("Wetlands plan")]).problems
    assert "no plan of this title" in problem.message and "“Wetland plan”" in problem.message
    assert problem.cell == "E2"


def test_an_empty_cell_takes_a_target_out_of_its_plan_where_such_cells_clear(action, plan, staff):
    stored = make_plan(action.city, "Wetland plan")
    old = make_statement(action, Statement.Kind.TARGET, due_year=2030, text="More.", plan=stored)
    made = plan(staff, clears=True, Targets=[TARGETS, target(None)])
    [sheet] = made.sheets
    assert [one.pk for one in sheet.statements.instances] == [old.pk]
    assert sheet.statements.changed[old.pk].plan is None


def test_a_workbook_offers_the_plans_of_its_cities(action):
    """Also one of chosen actions, and of the cities of these alone."""
    make_plan(action.city, "Wetland plan")
    other = make_city("Other Trial")
    make_plan(other, "Tree plan")
    chosen = (
        Selection.of_cities(None, City.objects.filter(pk=action.city.pk)),
        Selection.of_rows(None, Action, Action.objects.filter(pk=action.pk)),
    )
    for selection in chosen:
        file = io.BytesIO()
        write_book(selection, file)
        book = openpyxl.load_workbook(file)
        column = next(cell.column_letter for cell in book["Targets"][1] if cell.value == "Plan")
        [rule] = [
            rule
            for rule in book["Targets"].data_validations.dataValidation
            if f"{column}2" in str(rule.sqref)
        ]
        sheet, _mark, cells = rule.formula1.partition("!")
        offered = [row[0].value for row in book[sheet][cells.replace("$", "")]]
        assert offered == ["Wetland plan"]
