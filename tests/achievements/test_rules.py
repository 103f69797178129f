"""The rules of the achievements: each has a city on either side of it. No test asks a database."""

import datetime
from itertools import cycle
from uuid import UUID

import msgspec
import pytest

from achievements.facts import facts_of
from achievements.models import Fact, Rule
from achievements.section import build
from actions.record import ActionRecord, CommitmentRecord, StatementRecord
from cbi.record import AssessmentRecord, ResultRecord
from hub.models import PublicResource
from hub.record import FileRecord
from pathway.record import ItemRecord, ProgressRecord
from tests.records import changed_catalogue, make_context, make_record, shipped_catalogue

DAY = datetime.date(2026, 1, 1)
TOKEN = UUID(int=1)

FULL_CITY = {
    "about": {"en": "x" * 200},
    "population": 1,
    "population_year": 2025,
    "latitude": 1,
    "longitude": 1,
    "area_km2": 1,
    "head_name": "A",
    "head_title": "Mayor",
    "head_statement": {"en": "Welcome."},
    "website": "https://example.org",
}
"""Meets every rule of the profile awards."""


def percents(category, record, context=None):
    section = build(record, context or make_context())
    found = next(c for c in section.categories if c.code == category)
    return [level.share.percent for level in found.levels]


def steps():
    return list(shipped_catalogue().steps)


def items(count):
    return [
        ItemRecord(id=number, step=code, title={"en": "Plan"}, url="https://example.org/")
        for number, code in enumerate(steps()[:count], start=1)
    ]


def done(count):
    return [ProgressRecord(step=code, state="done") for code in steps()[:count]]


def share(count, topics=0, kinds=("guide",), **fields):
    """(their ids, as a record has them; so many resources that readers may see)."""
    codes = list(shipped_catalogue().topics)[:topics]
    shared = [
        PublicResource(id=number, kind=kind, topic_codes=codes, **fields)
        for number, kind in zip(range(1, count + 1), cycle(kinds), strict=False)
    ]
    return [resource.pk for resource in shared], shared


def assess(scored, year=2025, edition="2021"):
    """An assessment with points for so many indicators, in the order of their numbers."""
    catalogue = shipped_catalogue()
    own = [
        indicator
        for indicator in catalogue.indicators.values()
        if catalogue.components[indicator.component].edition == edition
        and not indicator.needs_earlier
    ]
    own.sort(key=lambda indicator: indicator.number)
    results = [
        ResultRecord(indicator=indicator.code, updated_on=DAY, own_points=2)
        for indicator in own[:scored]
    ]
    return AssessmentRecord(edition=edition, year=year, updated_on=DAY, results=tuple(results))


def make_action(number, action_type, *statements):
    return ActionRecord(
        number=number,
        action_type=action_type,
        description={"en": "Hedges have been planted."},
        updated_on=DAY,
        statements=statements,
    )


def make_statement(kind, **fields):
    return StatementRecord(id=1, kind=kind, updated_on=DAY, **fields)


def facts_by_city():
    """Cities with little and with much of everything."""
    catalogue = shipped_catalogue()
    kinds = list(catalogue.action_types)
    actions = [
        make_action(number, code, make_statement("baseline"))
        for number, code in enumerate(kinds, start=1)
    ]
    further = (make_statement("target"), make_statement("progress", date=DAY))
    actions.append(make_action(len(actions) + 1, kinds[-1], *further))
    ids, shared = share(9, topics=5, kinds=("guide", "map"))
    shared.append(PublicResource(id=10, kind="guide", file_token=TOKEN))
    much = make_record(
        city=FULL_CITY,
        commitments=[CommitmentRecord(commitment=code) for code in catalogue.commitments],
        actions=actions,
        items=items(9),
        progress=done(9),
        resources=[*ids, 10],
        assessments=[assess(25), assess(1, year=2021)],
    )
    return facts_of(make_record(), make_context()), facts_of(much, make_context(resources=shared))


def test_every_rule_has_a_city_on_each_side():
    little, much = facts_by_city()
    for rule in shipped_catalogue().rules.values():
        assert little[rule.fact] < rule.threshold <= much[rule.fact], rule.code


def test_every_fact_that_a_rule_may_name_is_counted():
    _, much = facts_by_city()
    assert set(much) == set(Fact.values)


def test_every_level_of_every_category_has_rules():
    groups = {(rule.category, rule.level) for rule in shipped_catalogue().rules.values()}
    assert groups == {(c, level) for c in Rule.Category.values for level in Rule.Level.values}


def test_a_complete_city_is_complete_and_an_empty_one_is_not():
    assert percents("profile", make_record(city=FULL_CITY)) == [100, 100, 100]
    assert percents("profile", make_record()) == [0, 0, 0]


@pytest.mark.parametrize(
    ("steps", "finished", "expected"),
    [
        (0, 0, [0, 0, 0]),
        (1, 0, [50, 0, 0]),
        (3, 2, [100, 0, 0]),
        (6, 0, [100, 50, 0]),
        (6, 3, [100, 100, 0]),
        (9, 6, [100, 100, 50]),
        (9, 7, [100, 100, 100]),
    ],
)
def test_the_pathway_levels_follow_the_steps(steps, finished, expected):
    record = make_record(items=items(steps), progress=done(finished))
    assert percents("pathway", record) == expected


@pytest.mark.parametrize(
    ("resources", "topics", "kinds", "expected"),
    [
        (0, 0, ["guide"], [0, 0, 0]),
        (1, 0, ["guide"], [100, 0, 0]),
        (5, 1, ["guide"], [100, 33, 0]),
        (5, 2, ["guide"], [100, 67, 0]),
        (5, 2, ["guide", "map"], [100, 100, 0]),
        (10, 3, ["guide", "map"], [100, 100, 33]),
        (10, 4, ["guide", "map"], [100, 100, 67]),
    ],
)
def test_the_hub_levels_follow_the_resources(resources, topics, kinds, expected):
    ids, shared = share(resources, topics, kinds)
    record, context = make_record(resources=ids), make_context(resources=shared)
    assert percents("hub", record, context) == expected


def test_a_file_of_its_own_completes_the_star_of_the_hub():
    ids, shared = share(9, 4, ["guide", "map"])
    shared.append(PublicResource(id=10, kind="guide", file_token=TOKEN))
    record, context = make_record(resources=[*ids, 10]), make_context(resources=shared)
    assert percents("hub", record, context) == [100, 100, 100]


def test_what_readers_may_not_see_is_shared_with_nobody():
    ids, _shared = share(5, 2, ["guide", "map"], file_token=TOKEN)
    record = make_record(resources=ids)
    assert percents("hub", record) == [0, 0, 0]
    assert facts_of(record, make_context())["resources_with_file"] == 0


def test_a_resource_of_somebody_else_is_not_shared_by_the_city():
    item = ItemRecord(id=1, step=steps()[0], title={"en": "Guide"}, resource=1)
    _ids, shared = share(1)
    facts = facts_of(make_record(items=[item]), make_context(resources=shared))
    assert (facts["step_items"], facts["resources"]) == (1, 0)


def test_an_item_that_nobody_sees_is_not_linked():
    item = ItemRecord(id=1, step=steps()[0], title={"en": "Plan"}, resource=1)
    record = make_record(items=[item])
    facts = facts_of(record, make_context())
    assert facts["steps_with_items"] == facts["step_items"] == 0
    facts = facts_of(record, make_context(resources=share(1)[1]))
    assert facts["steps_with_items"] == facts["step_items"] == 1


def test_an_item_that_is_a_file_is_linked():
    file = FileRecord(token=str(TOKEN), name="a.pdf", media_type="a/b", size=1, sha256="0")
    item = ItemRecord(id=1, step=steps()[0], title={"en": "Plan"}, file=file)
    assert facts_of(make_record(items=[item]), make_context())["step_items"] == 1


def test_a_step_that_is_under_way_is_not_done():
    first, second = steps()[:2]
    progress = [
        ProgressRecord(step=first, state="under-way"),
        ProgressRecord(step=second, state="done"),
    ]
    assert facts_of(make_record(progress=progress), make_context())["steps_done"] == 1


@pytest.mark.parametrize(
    ("scored", "expected"),
    [
        ([1], [50, 0, 0]),
        ([5], [100, 0, 0]),
        ([5, 5], [100, 0, 50]),
        ([12], [100, 100, 0]),
        ([20, 1], [100, 100, 100]),
        ([1, 20], [100, 100, 100]),
    ],
)
def test_the_levels_of_the_index_follow_the_fullest_assessment(scored, expected):
    assessments = [assess(number, year) for year, number in enumerate(scored, start=2021)]
    assert percents("cbi", make_record(assessments=assessments)) == expected


def test_what_has_no_points_starts_no_component():
    without = ResultRecord(indicator="2021-public-consultation", updated_on=DAY)
    made = assess(6)
    made = msgspec.structs.replace(made, results=(*made.results, without))
    facts = facts_of(make_record(assessments=[made]), make_context())
    assert (facts["indicators_scored"], facts["components_started"]) == (6, 1)


def test_points_of_the_platform_count_as_those_of_the_city_do():
    scored = ResultRecord(indicator="2021-natural-areas", updated_on=DAY, computed_points=0)
    made = AssessmentRecord(edition="2021", year=2025, updated_on=DAY, results=(scored,))
    facts = facts_of(make_record(assessments=[made]), make_context())
    assert (facts["indicators_scored"], facts["components_started"]) == (1, 1)


def test_the_index_appears_only_with_an_assessment():
    """The official document prints four categories, and so does a city without an assessment."""
    printed = ["profile", "pathway", "hub", "actions"]
    for scored, expected in ((0, printed), (1, [*printed, "cbi"])):
        section = build(make_record(assessments=[assess(scored)]), make_context())
        assert [category.code for category in section.categories] == expected


def test_a_resource_with_many_topics_counts_once():
    ids, shared = share(2, topics=4)
    facts = facts_of(make_record(resources=ids), make_context(resources=shared))
    assert (facts["resources"], facts["resource_topics"]) == (2, 4)


def test_an_action_with_many_statements_counts_once():
    statements = (
        make_statement("baseline"),
        make_statement("target", due_year=2030),
        make_statement("target", due_year=2040),
    )
    record = make_record(actions=[make_action(1, "urban-heat", *statements)])
    facts = facts_of(record, make_context())
    assert (facts["actions"], facts["baselines"], facts["targets"]) == (1, 1, 2)


def test_a_level_says_what_is_missing():
    record = make_record(city={"about": {"en": "Words."}, "population": 1})
    level = build(record, make_context()).categories[0].levels[0]
    assert level.state.value == "67% complete"
    assert level.missing_text.value == "Still to do: give the location on the map"


def test_no_sentence_claims_what_did_not_happen():
    ids, shared = share(1)
    full = make_record(city=FULL_CITY, items=items(1), resources=ids)
    sentences = {c.code: c.sentence.value for c in build(make_record(), make_context()).categories}
    assert "has updated" not in sentences["profile"]
    assert "has engaged" not in sentences["pathway"]
    assert "has made uploads" not in sentences["hub"]
    section = build(full, make_context(resources=shared))
    sentences = {c.code: c.sentence.value for c in section.categories}
    assert sentences["profile"].startswith("The city has updated their profile")
    assert sentences["pathway"].startswith("The city has engaged with the Nature Pathway")
    assert sentences["hub"].startswith("The city has made uploads")


def test_a_rule_that_staff_retire_counts_no_longer():
    retired = [
        msgspec.structs.replace(rule, retired=True)
        for rule in shipped_catalogue().rules.values()
        if (rule.category, rule.level) == ("profile", "starter") and rule.fact != "about"
    ]
    record = make_record(city={"about": {"en": "Words."}})
    assert percents("profile", record)[0] == 33
    context = make_context(catalogue=changed_catalogue(rules=retired))
    assert percents("profile", record, context)[0] == 100
