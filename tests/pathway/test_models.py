"""What may stand on a step, and what may be said about it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pathway.models import Step, StepItem, StepProgress
from tests.factories import make_city, make_item, make_progress, make_resource, make_upload

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = datetime.date


def faults(row):
    try:
        row.full_clean()
    except ValidationError as error:
        return [message for messages in error.message_dict.values() for message in messages]
    return []


def test_an_item_is_a_link_a_file_or_a_resource_and_one_of_them():
    city = make_city()
    targets = {
        "url": "https://example.org/",
        "upload": make_upload(city),
        "resource": make_resource(city),
    }
    for name, target in targets.items():
        item = StepItem(city=city, step=Step.objects.first(), title="Plan", **{name: target})
        assert faults(item) == []
        for other in set(targets) - {name}:
            setattr(item, other, targets[other])
            assert faults(item) == ["Give a link, a file or a resource of the hub: exactly one."]
            setattr(item, other, "" if other == "url" else None)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_item(city, 1, url="", upload=None)


def test_an_item_takes_no_file_of_another_city():
    item = StepItem(
        city=make_city(), step=Step.objects.first(), title="Plan", upload=make_upload(make_city())
    )
    assert faults(item) == ["This file belongs to another city."]


def test_a_set_of_versions_has_one_in_each_language():
    city = make_city()
    make_item(city, 4, language="en", version_set="plan")
    make_item(city, 4, language="zh-Hans", version_set="plan")
    make_item(city, 4, language="en")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_item(city, 4, language="en", version_set="plan")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"state": "not-started", "started_on": DAY(2026, 1, 1)}, "has no day of its start"),
        ({"state": "under-way", "done_on": DAY(2026, 1, 1)}, "Only a step that is done"),
        (
            {"state": "done", "started_on": DAY(2026, 2, 1), "done_on": DAY(2026, 1, 1)},
            "cannot be done before",
        ),
        ({"state": "under-way", "started_on": DAY(2100, 1, 1)}, "still to come"),
    ],
)
def test_states_and_dates_agree(fields, fault):
    row = StepProgress(city=make_city(), step=Step.objects.first(), **fields)
    [told] = faults(row)
    assert fault in told


def test_a_step_has_one_state():
    city = make_city()
    make_progress(city, 3, "done", started_on=DAY(2025, 1, 1), done_on=DAY(2025, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_progress(city, 3)


def test_questions_are_told_in_the_readers_language():
    step = Step.objects.get(number=1)
    assert step.question_texts()[0].language == "en"
    step.translations = {"fr": {"questions": ["Qui mène le travail ?"]}}
    asked = step.text("questions", "fr")
    assert (asked.value, asked.language) == (["Qui mène le travail ?"], "fr")
