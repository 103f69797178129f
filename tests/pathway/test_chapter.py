"""Chapter 3: every step with its state, and what is on it."""

import datetime
from itertools import count

import msgspec
import pytest
from django.utils.translation import override

from hub.models import PublicResource, Resource
from hub.record import FileRecord
from pathway.chapter import build
from pathway.record import ItemRecord, ProgressRecord, collect
from profiles.models import PublicCity
from tests.factories import make_city, make_item
from tests.records import changed_catalogue, make_context, make_record, shipped_catalogue

OWN_CITY = 1
TOKEN = "0b0ad7a5-9d5c-4b9c-8b7e-0a9a4d1b1d4e"

_ids = count(1)


def code_of(number):
    steps = shipped_catalogue().steps.values()
    return next(step.code for step in steps if step.number == number)


def item(number, title="Plan", language="en", **fields):
    """An item on the step of this number; without a target it gets a link of its own."""
    made = next(_ids)
    if not fields.keys() & {"file", "resource"}:
        fields.setdefault("url", f"https://example.org/item-{made}")
    return ItemRecord(id=made, step=code_of(number), title={language: title}, **fields)


def said(number, state, **days):
    return ProgressRecord(step=code_of(number), state=state, **days)


def resource(pk, *, home=OWN_CITY, kind=Resource.Kind.GUIDE, organisation=""):
    """A public resource of the city with the key `home`, or of a partner organisation."""
    city = home and PublicCity(pk=home, name="Elsewhere")
    return PublicResource(id=pk, city=city, title="Guide", kind=kind, organisation=organisation)


def chapter_of(*parts, **context):
    """The chapter of a city with these items and states of steps."""
    items = [part for part in parts if isinstance(part, ItemRecord)]
    progress = [part for part in parts if isinstance(part, ProgressRecord)]
    record = make_record(items=items, progress=progress)
    return build(record, make_context(pk=OWN_CITY, **context))


def steps_of(*parts, **context):
    phases = chapter_of(*parts, **context).phases
    return {step.number: step for phase in phases for step in phase.steps}


def titles(step):
    return [[version.title.value for version in item.versions] for item in step.items]


def test_all_nine_steps_stand_in_three_phases_with_their_empty_state():
    chapter = chapter_of()
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
    chapter = chapter_of()
    assert (chapter.summary, chapter.key, chapter.assumed_note) == (None, (), None)
    assert {step.state_text for phase in chapter.phases for step in phase.steps} == {None}


# States


def test_a_state_is_what_the_city_says_else_what_its_items_say():
    steps = steps_of(said(1, "done"), said(2, "not-started"), item(2), item(3))
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
    done = [said(number, "done") for number in (1, 2, 3)]
    chapter = chapter_of(*done, said(4, "under-way"), item(5))
    assert chapter.summary.value == "3 of 9 steps done, 2 under way"
    assert (chapter.step_count, chapter.done_count, chapter.under_way_count) == (9, 3, 2)
    assert [state.name.value for state in chapter.key] == ["Done", "Under way", "Not started"]
    assert chapter.assumed_note.value.startswith("Assumed: ")


def test_nothing_is_assumed_where_the_city_has_said_it_all():
    chapter = chapter_of(*(said(number, "not-started") for number in range(1, 10)))
    assert chapter.assumed_note is None
    assert chapter.summary.value == "0 of 9 steps done, 0 under way"


def test_days_stand_in_words_and_as_days():
    start, end = datetime.date(2023, 5, 1), datetime.date(2024, 6, 6)
    steps = steps_of(
        said(1, "done", started_on=start, done_on=end),
        said(2, "under-way", started_on=start),
        said(3, "done"),
    )
    assert [day.value for day in steps[1].days] == [
        "started on 01 May 2023",
        "finished on 06 June 2024",
    ]
    assert [day.value for day in steps[2].days] == ["started on 01 May 2023"]
    assert (steps[2].started.date, steps[2].done, steps[3].days) == (start, None, ())


# Items


@pytest.mark.usefixtures("catalogue")
def test_a_step_lists_what_the_city_put_on_it_in_the_citys_language_and_order():
    city = make_city(content_language="ar")
    make_item(city, 4, "second", position=2)
    make_item(city, 4, "first", position=1, language="zh-Hans")
    make_item(make_city(), 4, "of another city")
    step = steps_of(*collect([city])[city.pk].items)[4]
    assert titles(step) == [["first"], ["second"]]
    languages = [item.versions[0].title.language for item in step.items]
    assert languages == ["zh-Hans", "ar"]
    assert step.empty is None


def test_versions_of_one_thing_are_one_entry_each_with_its_language():
    steps = steps_of(
        item(4, "规划", "zh-Hans", version_set="plan"),
        item(4, "Map"),
        item(4, "Plan", version_set="plan"),
        item(4, "خطة", "ar", version_set="plan"),
        item(5, "Elsewhere", version_set="plan"),
    )
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
    tags = ("ar", "zh-Hans", "zh-Hant", "en-GB")
    with override(reader):
        [entry] = steps_of(*(item(1, f"In {tag}", tag, version_set="all") for tag in tags))[1].items
    assert entry.versions[0].title.language == first
    assert len(entry.versions) == 4


def test_an_item_says_what_is_behind_it():
    file = FileRecord(
        token=TOKEN, name="plan.pdf", media_type="application/pdf", size=2_411_724, sha256=""
    )
    link = "https://www.example.org/plan?x=1"
    steps = steps_of(
        item(1, url=link),
        item(1, file=file),
        *(item(1, resource=pk) for pk in (7, 8, 9)),
        resources=[
            resource(7),
            resource(8, home=2, kind=Resource.Kind.MAP),
            resource(9, home=None, organisation="Friends of Rivers"),
        ],
    )
    versions = [entry.versions[0] for entry in steps[1].items]
    assert [(one.kind, one.detail.value.replace("\xa0", " ")) for one in versions] == [
        ("link", "example.org"),
        ("file", "PDF, 2.3 MB"),
        ("resource", "guide in the Tools & resources hub"),
        ("resource", "map by Elsewhere, in the Tools & resources hub"),
        ("resource", "guide by Friends of Rivers, in the Tools & resources hub"),
    ]
    assert [one.url for one in versions] == [
        link,
        f"/files/{TOKEN}/",
        *(f"/resources/{pk}/" for pk in (7, 8, 9)),
    ]


def test_a_resource_that_is_not_public_is_not_shown_and_says_nothing():
    chapter = chapter_of(item(2, "Secret", resource=7), resources=[resource(8)])
    assert "Secret" not in repr(chapter)
    step = chapter.phases[0].steps[1]
    assert (step.state, step.items, chapter.summary) == ("not-started", (), None)
    assert step.empty.value == "No uploads or resources have been linked"


def test_a_hidden_version_leaves_the_others():
    steps = steps_of(
        item(1, "Plan", version_set="plan", resource=7), item(1, "Plano", "pt", version_set="plan")
    )
    assert titles(steps[1]) == [["Plano"]]


# Steps that are retired


def without_steps(*numbers):
    """The catalogue with the steps of these numbers retired."""
    steps = shipped_catalogue().steps
    retired = [msgspec.structs.replace(steps[code_of(n)], retired=True) for n in numbers]
    return changed_catalogue(steps=retired)


def test_a_retired_step_is_shown_only_with_what_is_on_it():
    catalogue = without_steps(4, 6, 7, 8, 9)
    states = said(4, "not-started"), said(6, "not-started"), said(7, "under-way")
    found = steps_of(item(4, "not begun"), item(9, "appeal"), *states, catalogue=catalogue)
    assert sorted(found) == [1, 2, 3, 4, 5, 7, 9]
    assert (found[9].url, found[5].url) == ("", "/pathway/detail-finance-projects/")
    assert sorted(steps_of(*states, catalogue=catalogue)) == [1, 2, 3, 5, 7]


def test_a_city_that_speaks_of_a_retired_step_alone_has_spoken():
    chapter = chapter_of(said(6, "not-started"), catalogue=without_steps(6))
    assert chapter.summary.value == "0 of 8 steps done, 0 under way"
