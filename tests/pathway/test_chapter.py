"""Chapter 3: every step with its state, and what is on it."""

import datetime

import pytest
from django.utils.translation import override

from catalogue.texts import Texts
from hub.models import Resource
from pathway.chapter import build
from pathway.models import Step, StepItem
from profiles.models import State
from tests.factories import (
    make_city,
    make_item,
    make_progress,
    make_resource,
    make_upload,
    writing,
)

pytestmark = pytest.mark.usefixtures("catalogue")

HIDDEN = (Resource.State.DRAFT, Resource.State.SUBMITTED, Resource.State.RETURNED)


def steps_of(city):
    return {step.number: step for phase in build(city, Texts()).phases for step in phase.steps}


def titles(step):
    return [[version.title.value for version in item.versions] for item in step.items]


def test_all_nine_steps_stand_in_three_phases_with_their_empty_state():
    chapter = build(make_city(), Texts())
    assert [phase.title.value for phase in chapter.phases] == [
        "I. Analyze",
        "II. Act",
        "III. Accelerate",
    ]
    assert [len(phase.steps) for phase in chapter.phases] == [3, 3, 3]
    steps = [step for phase in chapter.phases for step in phase.steps]
    assert {step.empty.value for step in steps} == {"No uploads or resources have been linked"}
    assert {step.state for step in steps} == {"not-started"}


def test_of_a_city_that_has_not_begun_nothing_is_said_but_that():
    chapter = build(make_city(), Texts())
    assert (chapter.summary, chapter.key, chapter.assumed_note) == (None, (), None)
    assert {step.state_text for phase in chapter.phases for step in phase.steps} == {None}


# States


def test_a_state_is_what_the_city_says_else_what_its_items_say():
    city = make_city()
    make_progress(city, 1, "done")
    make_progress(city, 2, "not-started")
    make_item(city, 2)
    make_item(city, 3)
    steps = steps_of(city)
    found = {number: (steps[number].state, steps[number].is_said) for number in (1, 2, 3, 4)}
    assert found == {
        1: ("done", True),
        2: ("not-started", True),
        3: ("under-way", False),
        4: ("not-started", False),
    }
    words = [steps[number].state_text.value for number in (1, 2, 3, 4)]
    assert words == ["Done", "Not started", "Under way (assumed)", "Not started (assumed)"]


def test_the_chapter_counts_steps():
    city = make_city()
    for number in (1, 2, 3):
        make_progress(city, number, "done")
    make_progress(city, 4, "under-way")
    make_item(city, 5)
    make_item(make_city(), 6)
    chapter = build(city, Texts())
    assert chapter.summary.value == "3 of 9 steps done, 2 under way"
    assert (chapter.step_count, chapter.done_count, chapter.under_way_count) == (9, 3, 2)
    assert [state.name.value for state in chapter.key] == ["Done", "Under way", "Not started"]
    assert chapter.assumed_note.value.startswith("Assumed: ")


def test_nothing_is_assumed_where_the_city_has_said_it_all():
    city = make_city()
    for number in range(1, 10):
        make_progress(city, number, "not-started")
    chapter = build(city, Texts())
    assert chapter.assumed_note is None
    assert chapter.summary.value == "0 of 9 steps done, 0 under way"


def test_days_stand_in_words_and_as_days():
    city = make_city()
    start, end = datetime.date(2023, 5, 1), datetime.date(2024, 6, 6)
    make_progress(city, 1, "done", started_on=start, done_on=end)
    make_progress(city, 2, "under-way", started_on=start)
    make_progress(city, 3, "done")
    steps = steps_of(city)
    assert [day.value for day in steps[1].days] == [
        "started on 01 May 2023",
        "finished on 06 June 2024",
    ]
    assert [day.value for day in steps[2].days] == ["started on 01 May 2023"]
    assert (steps[2].started.date, steps[2].done, steps[3].days) == (start, None, ())


# Items


def test_a_step_lists_what_the_city_put_on_it_in_the_citys_language_and_order():
    city = make_city(content_language="ar")
    make_item(city, 4, "second", position=2)
    make_item(city, 4, "first", position=1, language="zh-Hans")
    step = steps_of(city)[4]
    assert titles(step) == [["first"], ["second"]]
    languages = [item.versions[0].title.language for item in step.items]
    assert languages == ["zh-Hans", "ar"]
    assert step.empty is None


def test_versions_of_one_thing_are_one_entry_each_with_its_language():
    city = make_city(content_language="zh-Hans")
    make_item(city, 4, "规划", version_set="plan", position=1)
    make_item(city, 4, "Map", language="en", position=2)
    make_item(city, 4, "Plan", language="en", version_set="plan", position=3)
    make_item(city, 4, "خطة", language="ar", version_set="plan", position=4)
    make_item(city, 5, "Elsewhere", language="en", version_set="plan")
    steps = steps_of(city)
    assert titles(steps[4]) == [["Plan", "规划", "خطة"], ["Map"]]
    names = [str(version.language) for version in steps[4].items[0].versions]
    assert names == ["English", "简体中文", "العربية"]
    tags = [version.language.language for version in steps[4].items[0].versions]
    assert tags == ["en", "zh-Hans", "ar"]
    assert titles(steps[5]) == [["Elsewhere"]]


@pytest.mark.parametrize(
    ("reader", "first"), [("en", "en-GB"), ("zh-hant", "zh-Hant"), ("zh-hans", "zh-Hans")]
)
def test_the_version_in_the_readers_language_comes_first(reader, first):
    city = make_city()
    for tag in ("ar", "zh-Hans", "zh-Hant", "en-GB"):
        make_item(city, 1, f"In {tag}", language=tag, version_set="all")
    with override(reader):
        [item] = steps_of(city)[1].items
    assert item.versions[0].title.language == first
    assert len(item.versions) == 4


def test_an_item_says_what_is_behind_it():
    city, other = make_city("Port Trial"), make_city("Elsewhere")
    upload = make_upload(city, "plan.pdf", b"x" * 2_411_724)
    own, others, partners = (
        make_resource(city),
        make_resource(other, kind=Resource.Kind.MAP),
        make_resource(None, organisation="Friends of Rivers"),
    )
    make_item(city, 1, url="https://www.example.org/plan?x=1")
    make_item(city, 1, upload=upload)
    for resource in (own, others, partners):
        make_item(city, 1, resource=resource)
    versions = [item.versions[0] for item in steps_of(city)[1].items]
    assert [(one.kind, one.detail.value.replace("\xa0", " ")) for one in versions] == [
        ("link", "example.org"),
        ("file", "PDF, 2.3 MB"),
        ("resource", "guide in the Tools & resources hub"),
        ("resource", "map by Elsewhere, in the Tools & resources hub"),
        ("resource", "guide by Friends of Rivers, in the Tools & resources hub"),
    ]
    assert [one.url for one in versions][1:3] == [
        upload.get_absolute_url(),
        own.get_absolute_url(),
    ]


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("home", ["own", "other", "partner"])
def test_a_resource_that_is_not_published_is_not_shown_and_says_nothing(home, state):
    city = make_city()
    owner = {"own": city, "other": make_city(), "partner": None}[home]
    make_item(city, 2, "Secret", resource=make_resource(owner, state=state))
    chapter = build(city, Texts())
    assert "Secret" not in repr(chapter)
    step = steps_of(city)[2]
    assert (step.state, step.items, chapter.summary) == ("not-started", (), None)
    assert step.empty.value == "No uploads or resources have been linked"


def test_a_resource_of_a_city_that_is_not_public_is_shown_by_that_city_only():
    city, hidden = make_city(), make_city(state=State.DRAFT)
    resource = make_resource(hidden)
    make_item(city, 1, "Of another", resource=resource)
    make_item(hidden, 1, "Of its own", resource=resource)
    assert steps_of(city)[1].items == ()
    assert titles(steps_of(hidden)[1]) == [["Of its own"]]


def test_a_hidden_version_leaves_the_others():
    city = make_city()
    draft = make_resource(city, state=Resource.State.DRAFT)
    make_item(city, 1, "Plan", language="en", version_set="plan", resource=draft)
    make_item(city, 1, "Plano", language="pt", version_set="plan")
    assert titles(steps_of(city)[1]) == [["Plano"]]


# Steps that are retired


def test_a_retired_step_is_shown_only_with_what_is_on_it():
    city = make_city()
    make_item(city, 9, "appeal")
    make_progress(city, 7, "under-way")
    make_progress(city, 6, "not-started")
    Step.objects.filter(number__in=(6, 7, 8, 9)).update(retired=True)
    steps = steps_of(city)
    assert sorted(steps) == [1, 2, 3, 4, 5, 7, 9]
    assert (steps[9].url, steps[5].url) == ("", "/pathway/detail-finance-projects/")
    with writing():
        StepItem.objects.all().delete()
    assert 9 not in steps_of(city)


def test_the_number_of_queries_is_two_whatever_the_city_has(django_assert_num_queries):
    city, texts = make_city(), Texts()
    with django_assert_num_queries(2):
        build(city, texts)
    for number in range(1, 10):
        make_progress(city, number, "done")
        make_item(city, number, upload=make_upload(city, f"{number}.pdf"))
        make_item(city, number, resource=make_resource(city))
        make_item(city, number, resource=make_resource(make_city()))
    with django_assert_num_queries(2):
        build(city, texts)
