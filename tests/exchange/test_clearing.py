"""An empty cell clears what is stored, but only where the import says so."""

import pytest

from actions.models import Statement, Value
from exchange.applying import apply
from hub.models import Resource
from tests.factories import make_action, make_city, make_statement, writing

BASELINE = ["City", "Action number", "Measure", "Value", "Unit", "Source", "Year"]


@pytest.fixture
def port(catalogue):
    return make_city(
        "Port Trial", population=120_000, population_year=2020, about="A port.", website=""
    )


@pytest.fixture
def imported(plan):
    """A function that imports sheets and returns the plan."""

    def run(clears=True, **sheets):
        made = plan(clears=clears, **sheets)
        assert made.is_sound, made.problems
        apply(made)
        return made

    return run


def test_an_empty_cell_leaves_what_is_stored_unless_told_otherwise(port, imported):
    cities = [["City", "Name", "Population", "About"], ["port-trial", "Port Trial", 5, ""]]
    imported(clears=False, Cities=cities)
    port.refresh_from_db()
    assert (port.population, port.about) == (5, "A port.")


def test_empty_cells_clear_numbers_and_texts(port, imported):
    plan = imported(
        Cities=[
            ["City", "Population", "Population year", "About"],
            ["port-trial", None, None, ""],
        ]
    )
    port.refresh_from_db()
    assert (port.population, port.population_year, port.about) == (None, None, "")
    assert [header for header, _old, _new in plan.sheets[0].rows[0].changes] == [
        "Population",
        "Population year",
        "About",
    ]


def test_a_missing_column_stays_as_it_is(port, imported):
    imported(Cities=[["City", "About"], ["port-trial", ""]])
    port.refresh_from_db()
    assert port.population == 120_000


def test_what_always_has_a_value_keeps_it(port, imported):
    headers = ["City", "Name", "Country", "Language", "State", "Sample"]
    plan = imported(Cities=[headers, ["port-trial", "", "", "", "", ""]])
    assert plan.totals["unchanged"] == 1


def test_rules_of_the_row_hold_for_what_is_left(port, plan):
    made = plan(clears=True, Cities=[["City", "Population"], ["port-trial", None]])
    assert "A year of the population needs the population." in made.problems[0].message


def test_topics_of_a_resource_are_cleared(port, imported, catalogue):
    from catalogue.models import Topic

    with writing():
        resource = Resource.objects.create(city=port, title="Plan", url="https://example.org/plan")
        resource.topics.add(Topic.objects.first())
    imported(Resources=[["City", "Title", "Link", "Topics"], ["port-trial", "", resource.url, ""]])
    assert not resource.topics.exists()
    assert resource.history.latest().topics.count() == 0


def test_a_statement_keeps_what_one_of_its_rows_says(port, imported):
    action = make_action(port, "natural-areas", baseline={"total_area": 12, "natural_area": 3})
    with writing():
        Statement.objects.update(source="register", year=2020)
    imported(
        Baselines=[
            BASELINE,
            ["port-trial", action.number, "total_area", 12, "", "register", None],
            ["port-trial", action.number, "natural_area", 3, "", "", None],
        ]
    )
    statement = action.statements.get()
    assert (statement.source, statement.year) == ("register", None)


def test_a_value_goes_with_its_history(port, imported):
    action = make_action(port, "natural-areas", baseline={"total_area": 12, "natural_area": 3})
    plan = imported(
        Baselines=[
            ["City", "Action number", "Measure", "Value"],
            ["port-trial", action.number, "total_area", None],
        ]
    )
    assert plan.totals["changed"] == 1
    assert [value.measure.key for value in action.statements.get().values.all()] == ["natural_area"]
    assert Value.history.filter(history_type="-").count() == 1


def test_a_target_without_year_is_not_taken_for_cleared(port, imported):
    action = make_action(port, "natural-areas")
    make_statement(action, Statement.Kind.TARGET, due_year=2030, text="More of it.")
    imported(
        Targets=[
            ["City", "Action number", "Due year", "Text"],
            ["port-trial", action.number, None, "Some day."],
        ]
    )
    assert set(action.statements.values_list("due_year", "text")) == {
        (2030, "More of it."),
        (None, "Some day."),
    }
