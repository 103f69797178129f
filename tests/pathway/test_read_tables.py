"""What the public pages of the Nature Pathway read of a published record."""

import datetime

import pytest

from catalogue import frozen
from hub.models import PublicResource, Resource
from pathway.models import PublicItem, PublicStep, Step, StepItem
from pathway.read_tables import item_rows, step_rows
from pathway.record import ItemRecord, ProgressRecord
from profiles.models import City, PublicCity, State
from profiles.read_tables import Published, differences
from publishing.record import collect
from tests.factories import (
    bring_back,
    make_city,
    make_item,
    make_progress,
    make_resource,
    request_publishing,
    withdraw,
    writing,
)
from tests.published import publish_all
from tests.records import make_record

pytestmark = pytest.mark.usefixtures("catalogue")

STEPS = {
    1: "commit-mobilize",
    2: "research-assess",
    4: "develop-strategy",
    5: "detail-finance-projects",
}
DAY = datetime.date(2024, 6, 6)


def published(*parts, pk=1):
    items = [part for part in parts if isinstance(part, ItemRecord)]
    progress = [part for part in parts if isinstance(part, ProgressRecord)]
    return Published(PublicCity(pk=pk), make_record(items=items, progress=progress), None)


def item(pk, number, **target):
    target = target or {"url": f"https://example.org/{pk}"}
    return ItemRecord(id=pk, step=STEPS[number], title={"en": "Plan"}, position=pk, **target)


def said(number, state, **days):
    return ProgressRecord(step=STEPS[number], state=state, **days)


def make_public_resource(pk, city=None):
    return PublicResource.objects.create(
        id=pk, city_id=city and city.pk, title="Guide", language="en", kind=Resource.Kind.GUIDE
    )


def test_a_step_has_a_row_if_it_has_begun_or_has_items():
    one = published(
        said(1, "done", done_on=DAY),
        said(2, "not-started"),
        said(4, "not-started"),
        item(7, 4),
        item(8, 5),
    )
    numbers = dict(Step.objects.values_list("pk", "number"))
    found = [
        (numbers[row.step_id], row.state, row.is_said, row.done_on) for row in step_rows([one])
    ]
    assert sorted(found) == [
        (1, "done", True, DAY),
        (4, "not-started", True, None),
        (5, "under-way", False, None),
    ]


@pytest.mark.parametrize(
    ("home", "is_shown"),
    [("own", True), ("partner", True), ("other", True), ("hidden", False), ("unknown", False)],
)
def test_an_item_counts_while_its_resource_is_public(home, is_shown):
    own, other, hidden = make_city(), make_city(), make_city()
    publish_all()
    PublicCity.objects.filter(pk=hidden.pk).update(publication=None)
    if home != "unknown":
        make_public_resource(7, {"own": own, "other": other, "hidden": hidden}.get(home))
    one = published(item(1, 4, resource=7), pk=own.pk)
    shown = [7] if is_shown else []
    assert [row.resource_id for row in item_rows([one])] == shown
    assert [row.state for row in step_rows([one])] == ["under-way" for _ in shown]


def test_items_stand_in_their_places_without_those_that_are_hidden():
    one = published(item(1, 4), item(2, 4, resource=7), item(3, 5), item(4, 4))
    places = {row.pk: row.place for row in item_rows([one])}
    assert places == {1: 0, 4: 1, 3: 0}


@pytest.mark.parametrize("rows", [step_rows, item_rows])
def test_many_cities_take_as_many_queries_as_one(rows, django_assert_num_queries):
    cities = [
        published(item(2 * pk, 4), item(2 * pk + 1, 5, resource=pk), pk=pk) for pk in range(1, 6)
    ]
    for number in (1, 5):
        with django_assert_num_queries(2):
            list(rows(cities[:number]))


def test_the_tables_follow_what_the_city_publishes():
    city = make_city()
    make_progress(city, 1, "done")
    first, second = make_item(city, 4, "first"), make_item(city, 4, "second")
    publish_all()
    with writing():
        StepItem.objects.get(pk=first.pk).delete()
    publish_all()
    [row] = PublicItem.objects.all()
    assert (row.pk, row.place, row.record["title"]) == (second.pk, 0, {"en": "second"})
    public = PublicCity.objects.get(pk=city.pk)
    record = collect([City.objects.select_related("country").get(pk=city.pk)])[city.pk]
    assert list(differences([Published(public, record, frozen.current())])) == []
    assert PublicStep.objects.count() == 2
    withdraw(city)
    publish_all()
    assert not PublicItem.objects.exists() and not PublicStep.objects.exists()


def test_an_item_comes_and_goes_with_the_city_that_shares_its_resource():
    city, home = make_city(), make_city(state=State.DRAFT)
    make_item(city, 4, resource=make_resource(home))
    publish_all()
    for move, number in ((request_publishing, 1), (withdraw, 0), (bring_back, 1)):
        move(home)
        publish_all()
        assert PublicItem.objects.count() == PublicStep.objects.count() == number
