"""Whatever people do in whatever order, the public reads what was published, whole."""

import random
from collections import defaultdict
from contextlib import suppress

import pytest
from django.db import transaction
from django.db.models import RestrictedError

from actions.models import ActionType
from hub.models import Resource
from profiles.changes import recording
from profiles.lagging import lagging
from profiles.models import (
    ChangeSet,
    City,
    Publication,
    PublicCity,
    PublishRequest,
    State,
    Submission,
)
from profiles.undo import NotUndone, undo
from publishing import publish
from publishing.checks import faults_of
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_item,
    make_progress,
    make_resource,
    make_submission,
    writing,
)

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.sql]

ACTS = 40


class Officers:
    """Everybody who may write, drawn by lot from one generator."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 (nothing secret)
        self.acts = [
            getattr(self, name) for name in sorted(vars(Officers)) if not name.startswith("_")
        ]

    def _city(self):
        cities = list(City.objects.order_by("pk"))
        return self.random.choice(cities) if cities else make_city()

    def _word(self):
        return f"word-{self.random.randrange(10_000)}"

    def _one_of(self, rows):
        rows = list(rows.order_by("pk"))
        return self.random.choice(rows) if rows else None

    def _change(self, row, **fields):
        with writing():
            for name, value in fields.items():
                setattr(row, name, value)
            row.save()

    def add_a_city(self):
        make_city(state=self.random.choice([State.DRAFT, State.PUBLISHED]))

    def edit_a_city(self):
        self._change(self._city(), about=self._word(), local_name=self._word())

    def rename_a_city(self):
        self._change(self._city(), slug=f"{self._word()}-{self.random.randrange(10_000)}")

    def withdraw_or_bring_back(self):
        city = self._city()
        self._change(city, is_withdrawn=not city.is_withdrawn and self.random.random() < 0.4)

    def change_how_it_publishes(self):
        self._change(self._city(), publishing=self.random.choice(City.Publishing.values))

    def ask_for_publishing(self):
        PublishRequest.objects.get_or_create(city=self._city())

    def publish_by_hand(self):
        with suppress(publish.NotPublished):
            publish.publish(self._city().pk)

    def send_for_review(self):
        city = self._city()
        city.submissions.filter(state="waiting").delete()
        make_submission(city)

    def approve_what_was_sent(self):
        if submission := self._one_of(Submission.objects.filter(state="waiting")):
            with suppress(publish.NotPublished):
                publish.publish_submission(submission)
            submission.delete()

    def mark_a_sample(self):
        city = self._city()
        self._change(city, is_sample=not city.is_sample)

    def delete_a_city(self):
        if self.random.random() < 0.3:
            # Refused where another city uses one of its resources.
            with suppress(RestrictedError), transaction.atomic(), writing():
                self._city().delete()

    def add_an_action(self):
        make_action(self._city(), baseline={})

    def delete_an_action(self):
        if action := self._one_of(self._city().actions):
            with writing():
                action.delete()

    def assess(self):
        city = self._city()
        if not city.assessments.exists():
            make_assessment(city, natural_areas={"natural_area": "10", "city_area": "100"})

    def take_a_step(self):
        city = self._city()
        if not city.steps.exists():
            make_progress(city, 1)
        # A step has a resource once.
        others = Resource.objects.exclude(step_items__city=city)
        make_item(city, 1, self._word(), resource=self._one_of(others))

    def share_a_resource(self):
        make_resource(self.random.choice([self._city(), None]), self._word())

    def move_a_resource(self):
        if resource := self._one_of(Resource.objects.all()):
            state = self.random.choice(Resource.State.values)
            self._change(resource, title=self._word(), state=state, state_note="Why")

    def change_the_catalogue(self):
        kind = self._one_of(ActionType.objects.all())
        kind.name = self._word()
        kind.save()

    def take_something_back(self):
        change_set = self._one_of(ChangeSet.objects.filter(kind=ChangeSet.Kind.ADMIN))
        try:
            with transaction.atomic(), recording(None, ChangeSet.Kind.UNDO):
                undo(change_set)
        except NotUndone:
            pass

    def stop_while_publishing(self):
        point = self.random.choice(["_store", "_write", "_keep_addresses"])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(publish, point, lambda *given, **options: 1 / 0)
            for pk in lagging():
                with suppress(ZeroDivisionError):
                    publish.bring_up_to_date(pk)

    def publish_what_lags(self):
        for pk in lagging():
            publish.bring_up_to_date(pk)

    def write_one_anew(self):
        publish.refresh_public(self._city().pk)


def assert_whole():
    """Every city that does not lag reads as its publication says, and all others as before."""
    in_step = PublicCity.objects.public().exclude(pk__in=list(lagging()))
    assert list(faults_of(in_step.values_list("pk", flat=True))) == []
    numbers = defaultdict(list)
    for city, number in Publication.objects.order_by("number").values_list("city", "number"):
        numbers[city].append(number)
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())


@pytest.mark.parametrize("seed", range(2))
def test_what_the_public_reads_is_what_was_published(seed):
    officers = Officers(seed)
    make_city(), make_city()
    for _act in range(ACTS):
        officers.random.choice(officers.acts)()
        assert_whole()
        if officers.random.random() < 0.5:
            officers.publish_what_lags()
    officers.publish_what_lags()
    assert list(lagging()) == []
    assert_whole()
    assert Publication.objects.count() > 1
