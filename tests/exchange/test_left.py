"""No number keeps the precision or the unit of before without a word."""

import pytest

from actions.models import Value
from exchange.applying import apply
from exchange.downloaded.reader import read_profile
from exchange.downloaded.stored import place_all
from exchange.downloaded.workbook import write_profiles
from tests.exchange import printed
from tests.exchange.workbooks import plan_of
from tests.factories import make_action, make_statement, writing

HEAD = ["City", "Action number", "Measure", "Value"]
BESIDE = ["Unit", "Precision"]


@pytest.fixture
def about(port):
    """An action with a share of about 40 and an area of 11,620 acres."""
    make_action(port, "carbon", baseline={"tree_cover": 40})
    make_action(port, "protected-areas", baseline={"protected_area": 11_620})
    with writing():
        Value.objects.filter(number=40).update(precision="about")
        acres = Value.objects.get(number=11_620)
        acres.unit = "acre"
        acres.save()


def test_a_new_number_says_what_stays_beside_it(about, plan):
    rows = [["port-trial", 1, "tree_cover", 41], ["port-trial", 2, "protected_area", 47]]
    made = plan(Baselines=[HEAD, *rows])
    changes = [change for row in made.sheets[0].rows for change in row.changes]
    assert changes == [
        ("Value", "about 40 %", "about 41 %"),
        ("Value", "11620 acres", "47 acres"),
    ]
    said = [(doubt.cell, doubt.message) for doubt in made.doubts if "from before" in doubt.message]
    assert [cell for cell, _message in said] == ["D2", "D3"]
    assert "“Precision” here, so “about” stays from before" in said[0][1]
    assert "“Unit” here, so “acres” stays from before" in said[1][1]
    whole = [[*rows[0], "percent", "exactly"], [*rows[1], "km2", "about"]]
    made = plan(Baselines=[[*HEAD, *BESIDE], *whole])
    assert not [doubt for doubt in made.doubts if "from before" in doubt.message]
    assert made.sheets[0].rows[0].changes[0] == ("Value", "about 40 %", "41 %")


def test_a_stored_text_beside_a_further_number_is_named(port, plan):
    action = make_action(port, "carbon")
    make_statement(action, "baseline", text="Tree cover: 40 to 50")
    rows = [["port-trial", 1, "tree_cover", 45]]
    (doubt,) = plan(Baselines=[HEAD, *rows]).doubts
    assert (doubt.cell, "beside this value: “Tree cover: 40 to 50”" in doubt.message) == (
        "D2",
        True,
    )
    assert not plan(Baselines=[[*HEAD, "Text"], [*rows[0], "In all parks."]]).doubts
    assert not plan(Baselines=[[*HEAD, "Text"], [*rows[0], ""]], clears=True).doubts


def test_the_figures_of_a_downloaded_profile_are_whole(about, port, tmp_path):
    """It prints 47 without a unit: that of the sentence, as its doubt says."""
    with writing():
        Value.objects.update(precision="more-than")
    start = port.actions.get(number=2)
    type_ = start.action_type
    blocks = [type_.name, "Description of how city is taking action", start.description]
    gaps = {one.key: "47" for one in type_.measures.all()}
    blocks += ["Baseline:", type_.baseline_template.format_map(gaps)]
    text = printed.text(blocks).replace("Anji County\n", "Port Trial\n", 1)
    profile = read_profile(text, "port.txt")
    place_all([profile])
    write_profiles([profile], tmp_path / "port.xlsx")
    plan = plan_of(tmp_path / "port.xlsx")
    assert plan.is_sound, plan.problems
    apply(plan)
    value = start.statements.get().values.get(measure__key="protected_area")
    assert (value.number, value.unit, value.precision) == (47, "km2", "exactly")
