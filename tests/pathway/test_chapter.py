"""Chapter 3: every step with its state."""

import pytest

from catalogue.texts import Texts
from pathway.chapter import build
from pathway.models import Step, StepItem
from tests.factories import make_city, writing

pytestmark = pytest.mark.usefixtures("catalogue")


def steps_of(city):
    return {step.number: step for phase in build(city, Texts()).phases for step in phase.steps}


def put(city, number, title):
    with writing():
        StepItem.objects.create(
            city=city,
            step=Step.objects.get(number=number),
            title=title,
            url=f"https://example.org/{title}",
        )


def test_all_nine_steps_stand_in_three_phases_with_their_empty_state():
    chapter = build(make_city(), Texts())
    assert [phase.title.value for phase in chapter.phases] == [
        "I. Analyze",
        "II. Act",
        "III. Accelerate",
    ]
    assert [len(phase.steps) for phase in chapter.phases] == [3, 3, 3]
    assert {step.empty.value for phase in chapter.phases for step in phase.steps} == {
        "No uploads or resources have been linked"
    }


def test_a_step_lists_what_the_city_put_on_it_in_the_citys_language():
    city = make_city(content_language="ar")
    put(city, 4, "plan")
    step = steps_of(city)[4]
    assert [(link.title.value, link.title.language) for link in step.items] == [("plan", "ar")]
    assert step.empty is None


def test_a_retired_step_is_shown_only_with_what_is_on_it():
    city = make_city()
    put(city, 9, "appeal")
    Step.objects.filter(number__in=(8, 9)).update(retired=True)
    assert sorted(steps_of(city)) == [1, 2, 3, 4, 5, 6, 7, 9]
