"""What a reviewer is asked to look at first."""

import datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from actions.models import Value
from actions.plan_record import PlanRecord
from actions.record import ActionRecord, StatementRecord, ValueRecord
from cbi.record import AssessmentRecord, ResultRecord
from publishing.doubts import find_doubts
from tests.records import make_record

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.sql]

DAY = datetime.date(2026, 6, 6)


def value(number, unit="km2", measure="natural-areas.total_area"):
    return ValueRecord(
        measure=measure,
        precision=Value.Precision.EXACTLY,
        number=Decimal(number),
        unit=unit,
        amount=Decimal(number),
    )


def action(*values, number=1, kind="baseline", source="Survey", text="Hedges."):
    statement = StatementRecord(
        id=7,
        kind=kind,
        updated_on=DAY,
        source={"en": source} if source else {},
        values=tuple(values),
    )
    return ActionRecord(
        number=number,
        action_type="natural-areas",
        description={"en": text},
        updated_on=DAY,
        statements=(statement,),
    )


def told(before, after):
    return [(one.path, one.message) for one in find_doubts(before, after)]


def of_actions(*actions):
    return make_record(actions=actions)


MEASURED = "actions.1.7.natural-areas.total_area"


def test_a_figure_ten_times_the_published_one_is_doubted_until_it_is_published():
    before, after = of_actions(action(value(12))), of_actions(action(value(120)))
    ((path, message),) = told(before, after)
    assert path == MEASURED
    assert "was 12\u00a0km² before and is 120\u00a0km² now" in message
    assert told(after, after) == []
    assert told(before, of_actions(action(value(30)))) == []


def test_another_unit_is_doubted():
    before, after = of_actions(action(value(12))), of_actions(action(value(12, "ha")))
    ((path, message),) = told(before, after)
    assert path == MEASURED
    assert "was km² and is ha now" in message


def test_a_target_that_is_due_before_its_plan_is_doubted():
    target = {"kind": "target", "updated_on": DAY, "due_year": 2089, "text": {"en": "More."}}
    statement = StatementRecord(id=7, plan=4, **target)
    plan = PlanRecord(id=4, title={"en": "Wetlands"}, year=2090)
    record = make_record(actions=[replace(action(), statements=(statement,))], plans=[plan])
    ((path, message),) = told(None, record)
    assert path == "actions.1.7.due_year" and "The plan is of 2090" in message
    assert told(record, record) == []


def test_new_figures_without_a_source_are_doubted():
    without = of_actions(action(value(12), source=""))
    assert told(None, without) == [("actions.1.7", "No source is given for these figures.")]
    assert told(without, of_actions(action(value(12), source="", text="Trees."))) == []
    assert told(without, of_actions(action(value(13), source=""))) != []


def test_a_repeated_action_is_doubted_once():
    before = of_actions(action(number=1))
    after = of_actions(action(number=1), action(number=3, text="Trees."))
    ((path, message),) = told(before, after)
    assert (path, message) == (
        "actions.3.action_type",
        "Action 1 of the city is of this type already.",
    )


def test_the_rules_of_the_forms_are_asked_of_city_and_index():
    before = make_record(city={"population": 50_000, "area_km2": Decimal(100)})
    after = make_record(city={"population": 500_000, "area_km2": Decimal(2)})
    assert [path for path, _ in told(before, after)] == [
        "city.area_km2",
        "city.population",
        "city.area_km2",
    ]
    assert [path for path, _ in told(None, before)] == []
    indexed = [index(100, evidence=""), index(2_000)]
    ((path, message),) = told(
        make_record(assessments=indexed[:1]), make_record(assessments=indexed[1:])
    )
    assert path == "cbi.2021.2024.2021-native-birds.inputs.species_baseline"
    assert told(None, make_record(assessments=indexed[:1]))


def index(species, evidence="Count"):
    result = ResultRecord(
        indicator="2021-native-birds",
        updated_on=DAY,
        inputs={"species_baseline": str(species)},
        evidence={"en": evidence} if evidence else {},
    )
    return AssessmentRecord(edition="2021", year=2024, updated_on=DAY, results=(result,))
