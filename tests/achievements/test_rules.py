"""The rules of the achievements: each has a city on either side of it."""

import datetime
from decimal import Decimal
from itertools import cycle

import pytest

from achievements.facts import facts_of
from achievements.models import Fact, Rule
from achievements.section import build
from actions.models import Commitment
from catalogue.models import Topic
from catalogue.texts import Texts
from cbi.models import Indicator
from pathway.models import Step, StepItem
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_item,
    make_progress,
    make_resource,
    make_result,
    make_statement,
    make_upload,
    writing,
)

pytestmark = pytest.mark.usefixtures("catalogue")


def section_of(city):
    return build(city, Texts())


def percents(city, category):
    found = next(c for c in section_of(city).categories if c.code == category)
    return [level.share.percent for level in found.levels]


def put_on_steps(city, count):
    with writing():
        for step in Step.objects.order_by("number")[:count]:
            StepItem.objects.create(
                city=city, step=step, title="Plan", url=f"https://example.org/{step.number}"
            )


def finish_steps(city, count):
    for number in range(1, count + 1):
        make_progress(city, number, "done")


def share_resources(city, count, topics=0, kinds=("guide",), **fields):
    with writing():
        for number, kind in zip(range(count), cycle(kinds), strict=False):
            resource = make_resource(city, f"Guide {number}", kind=kind, **fields)
            resource.topics.set(Topic.objects.all()[:topics])


def assess(city, scored, year=2025, edition="2021"):
    """An assessment with points for so many indicators, in the order of their numbers."""
    made = make_assessment(city, year, edition)
    own = Indicator.objects.filter(component__edition__code=edition, needs_earlier=False)
    with writing():
        for indicator in own.order_by("number")[:scored]:
            make_result(made, indicator.code, points=2, reason="Two of four.").save()
    return made


def full_city():
    """A city that meets every rule of the profile awards."""
    return make_city(
        "Full",
        about="x" * 200,
        population=1,
        population_year=2025,
        latitude=1,
        longitude=1,
        area_km2=1,
        head_name="A",
        head_title="Mayor",
        head_statement="Welcome.",
        website="https://example.org",
    )


def facts_by_city():
    """Cities with little and with much of everything."""
    much = full_city()
    for commitment in Commitment.objects.prefetch_related("action_types"):
        for action_type in commitment.action_types.all():
            action = make_action(much, action_type.code, baseline={})
    make_statement(action, "target", text="More.")
    make_statement(action, "progress", text="Some.", date=datetime.date(2026, 1, 1))
    put_on_steps(much, 9)
    finish_steps(much, 9)
    share_resources(much, 9, topics=5, kinds=("guide", "map"))
    make_resource(much, file=make_upload(much))
    assess(much, 25)
    assess(much, 1, year=2021)
    return facts_of(make_city("Bare")), facts_of(much)


def test_every_rule_has_a_city_on_each_side():
    little, much = facts_by_city()
    for rule in Rule.objects.all():
        assert little[rule.fact] < rule.threshold <= much[rule.fact], rule.code


def test_every_fact_that_a_rule_may_name_is_counted():
    _, much = facts_by_city()
    assert set(much) == set(Fact.values)


def test_every_level_of_every_category_has_rules():
    groups = {(rule.category, rule.level) for rule in Rule.objects.current()}
    assert groups == {(c, level) for c in Rule.Category.values for level in Rule.Level.values}


def test_a_complete_city_is_complete_and_an_empty_one_is_not():
    assert percents(full_city(), "profile") == [100, 100, 100]
    assert percents(make_city("Bare"), "profile") == [0, 0, 0]


@pytest.mark.parametrize(
    ("steps", "done", "expected"),
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
def test_the_pathway_levels_follow_the_steps(steps, done, expected):
    city = make_city()
    put_on_steps(city, steps)
    finish_steps(city, done)
    assert percents(city, "pathway") == expected


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
    city = make_city()
    share_resources(city, resources, topics, kinds)
    assert percents(city, "hub") == expected


def test_a_file_of_its_own_completes_the_star_of_the_hub():
    city = make_city()
    share_resources(city, 9, 4, ["guide", "map"])
    make_resource(city, file=make_upload(city))
    assert percents(city, "hub") == [100, 100, 100]


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_what_is_not_published_is_shared_with_nobody(state):
    city = make_city()
    share_resources(city, 5, 2, ["guide", "map"], state=state)
    make_resource(city, file=make_upload(city), state=state)
    assert percents(city, "hub") == [0, 0, 0]
    assert facts_of(city)["resources_with_file"] == 0


def test_an_item_that_nobody_sees_is_not_linked():
    city = make_city()
    make_item(city, 1, resource=make_resource(city, state="draft"))
    assert facts_of(city)["steps_with_items"] == facts_of(city)["step_items"] == 0
    make_item(city, 1, resource=make_resource(city))
    assert facts_of(city)["steps_with_items"] == facts_of(city)["step_items"] == 1


def test_a_step_that_is_under_way_is_not_done():
    city = make_city()
    make_progress(city, 1)
    make_progress(city, 2, "done")
    assert facts_of(city)["steps_done"] == 1


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
    city = make_city()
    for year, number in enumerate(scored, start=2021):
        assess(city, number, year)
    assert percents(city, "cbi") == expected


def test_what_has_no_points_starts_no_component():
    city = make_city()
    made = assess(city, 6)
    with writing():
        make_result(made, "2021-public-consultation", consultation_status="Each year.").save()
    facts = facts_of(city)
    assert (facts["indicators_scored"], facts["components_started"]) == (6, 1)


def test_the_index_appears_only_with_an_assessment():
    """The official document prints four categories, and so does a city without an assessment."""
    city, other = make_city(), make_city()
    assess(other, 1)
    make_assessment(city, 2025)
    printed = ["profile", "pathway", "hub", "actions"]
    assert [category.code for category in section_of(city).categories] == printed
    assert [category.code for category in section_of(other).categories] == [*printed, "cbi"]


def test_a_resource_with_many_topics_counts_once():
    city = make_city()
    share_resources(city, 2, topics=4)
    assert (facts_of(city)["resources"], facts_of(city)["resource_topics"]) == (2, 4)


def test_an_action_with_many_statements_counts_once():
    city = make_city()
    action = make_action(city, "urban-heat", baseline={"green_cover": Decimal(1)})
    make_statement(action, "target", due_year=2030)
    make_statement(action, "target", due_year=2040)
    facts = facts_of(city)
    assert (facts["actions"], facts["baselines"], facts["targets"]) == (1, 1, 2)


def test_a_level_says_what_is_missing():
    city = make_city(about="Words.", population=1)
    level = section_of(city).categories[0].levels[0]
    assert level.state.value == "67% complete"
    assert level.missing_text.value == "Still to do: give the location on the map"


def test_no_sentence_claims_what_did_not_happen():
    bare, full = make_city("Bare"), full_city()
    put_on_steps(full, 1)
    share_resources(full, 1)
    sentences = {c.code: c.sentence.value for c in section_of(bare).categories}
    assert "has updated" not in sentences["profile"]
    assert "has engaged" not in sentences["pathway"]
    assert "has made uploads" not in sentences["hub"]
    sentences = {c.code: c.sentence.value for c in section_of(full).categories}
    assert sentences["profile"].startswith("The city has updated their profile")
    assert sentences["pathway"].startswith("The city has engaged with the Nature Pathway")
    assert sentences["hub"].startswith("The city has made uploads")


def test_a_rule_that_staff_change_counts_at_once():
    city = make_city(about="Words.")
    Rule.objects.filter(category="profile", level="starter").exclude(fact="about").update(
        retired=True
    )
    assert percents(city, "profile")[0] == 100
