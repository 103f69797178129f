"""What the public reads of resources follows what is written, in the same transaction."""

import pytest
from django.db import transaction

from hub.context import find_resources
from hub.models import Licence, PublicResource, Resource, ResourceReference
from hub.public_resources import refresh_all, resources_changed
from hub.record import collect
from pathway.models import PublicItem
from profiles.changes import create_in_bulk
from profiles.models import ChangeSet, PublicCity, State
from profiles.undo import undo
from tests.factories import (
    bring_back,
    make_city,
    make_item,
    make_resource,
    make_upload,
    request_publishing,
    withdraw,
    writing,
)
from tests.published import publish_all

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.sql]


def change(row, **fields):
    with writing():
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def public(resource):
    return PublicResource.objects.filter(pk=resource.pk).first()


def titles(**which):
    return sorted(PublicResource.objects.filter(**which).values_list("title", flat=True))


def test_a_published_resource_is_taken_over_as_it_is():
    city = make_city(content_language="zh-Hans")
    file, cover = make_upload(city, "plan.pdf"), make_upload(city, "a.png", width=40, height=30)
    resource = make_resource(
        city,
        "湿地规划",
        summary="如何",
        topics=["health-well-being", "business-finance"],
        targets=[12, 2],
        licence=Licence.objects.get(code="CC-BY-4.0"),
        file=file,
        cover=cover,
        year=2021,
    )
    row = public(resource)
    assert (row.city_id, row.title, row.language, row.year) == (city.pk, "湿地规划", "", 2021)
    assert row.topic_codes == ["business-finance", "health-well-being"]
    assert row.target_codes == ["GBF-TARGET-02", "GBF-TARGET-12"]
    assert (row.file.name, row.file.size, row.address) == ("plan.pdf", 15, file.get_absolute_url())
    assert (row.cover_address, row.cover_width) == (cover.get_absolute_url(), 40)
    assert (row.licence_code, row.search_text) == ("CC-BY-4.0", resource.search_text)
    assert row.published_on == resource.published_on


def test_an_edit_that_waits_leaves_what_was_approved():
    resource = make_resource(make_city(), "Approved")
    change(resource, title="Waiting", state="submitted")
    assert titles() == ["Approved"]
    change(resource, title="Better", state="published")
    assert titles() == ["Better"]
    change(resource, state="submitted")
    change(resource, state="returned", state_note="No.")
    assert titles() == []
    change(resource, state="submitted")
    assert titles() == [], "what was taken back does not come back by waiting"


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_what_was_never_approved_is_not_public(state):
    make_resource(make_city(), state=state)
    make_resource(None, state=state)
    assert titles() == []


def test_what_is_deleted_is_gone_also_with_its_city():
    city = make_city()
    one, _other, partners = make_resource(city), make_resource(city), make_resource(None)
    with writing():
        one.delete()
    assert set(PublicResource.objects.values_list("city", flat=True)) == {city.pk, None}
    with writing():
        city.delete()
        partners.delete()
    assert titles() == []


def test_an_undo_brings_the_older_one_back_and_takes_the_new_one_away():
    city = make_city()
    old, gone = make_resource(city, "Old"), make_resource(city, "Gone", topics=["business-finance"])
    with writing("to be undone"):
        old.title = "New"
        old.save()
        gone.delete()
        make_resource(city, "Added")
    assert titles() == ["Added", "New"]
    with writing():
        undo(ChangeSet.objects.get(reason="to be undone"))
    assert titles() == ["Gone", "Old"]
    assert PublicResource.objects.get(title="Gone").topic_codes == ["business-finance"]


def test_a_transaction_that_fails_leaves_it():
    resource = make_resource(make_city(), "Kept")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        change(resource, title="Lost")
        raise ZeroDivisionError
    assert titles() == ["Kept"]


def test_texts_follow_the_language_of_their_city():
    city = make_city(content_language="fr")
    plain, own = make_resource(city, "A"), make_resource(city, "B", language="de")
    change(city, content_language="es")
    publish_all()
    assert [public(one).text("title").language for one in (plain, own)] == ["es", "de"]


def test_a_resource_that_moves_has_its_new_city_and_language():
    resource = make_resource(make_city())
    other = make_city(content_language="fr")
    change(resource, city=other)
    publish_all()
    assert (public(resource).city_id, public(resource).text("title").language) == (other.pk, "fr")


def test_many_resources_take_few_queries(django_assert_max_num_queries):
    city = make_city()

    def rows(count):
        for number in range(count):
            url = f"https://example.org/many-{number}"
            yield Resource(city=city, title=f"R{number}", kind="map", url=url, state="published")

    # SQLite takes 999 parameters in a statement, which are 43 of these rows.
    with django_assert_max_num_queries(100), writing():
        create_in_bulk(Resource, list(rows(1200)))
    assert PublicResource.objects.count() == 1200
    with django_assert_max_num_queries(8):  # with those of the change set and the history
        change(city, about="More ponds.")


def test_all_can_be_rebuilt_and_again():
    kept, waiting = make_resource(make_city(), "Kept"), make_resource(None, "Approved")
    change(waiting, title="Waiting", state="submitted")
    expected = list(PublicResource.objects.order_by("pk").values())
    PublicResource.objects.filter(pk=kept.pk).delete()
    PublicResource.objects.create(id=10**6, title="Of nothing", language="en", kind="map")
    for _again in range(2):
        refresh_all()
        assert list(PublicResource.objects.order_by("pk").values()) == expected


def test_the_record_names_what_is_approved():
    city, other = make_city(), make_city()
    one, two = make_resource(city), make_resource(city)
    make_resource(city, state="draft")
    make_resource(None)
    change(two, state="submitted")
    assert collect([city, other]) == {city.pk: (one.pk, two.pk), other.pk: ()}


def test_a_profile_finds_what_its_readers_may_see_and_nothing_else():
    city, hidden = make_city(), make_city(state=State.DRAFT)
    own, theirs, partners = make_resource(city), make_resource(hidden), make_resource(None)
    drafts = [make_resource(city, state="draft"), make_resource(None, state="returned")]
    publish_all()
    ids = [row.pk for row in (own, theirs, partners, *drafts)]

    def found(home):
        resources = find_resources(home.pk, ids)
        return {pk for pk in ids if resources.link(pk)}

    assert found(city) == {own.pk, partners.pk}
    # A profile that is not public yet reads as it will: with its own.
    assert found(hidden) == {own.pk, theirs.pk, partners.pk}


def names(city):
    return set(ResourceReference.objects.filter(city=city.pk).values_list("resource_id", flat=True))


def versions(*cities):
    rows = PublicCity.objects.in_bulk([city.pk for city in cities])
    return [rows[city.pk].resources_version for city in cities]


@pytest.fixture
def sent():
    """What `resources_changed` has told: (keys of resources, keys of cities)."""
    told = []

    def note(sender, resource_ids, city_ids, **kwargs):
        told.append((resource_ids, city_ids))

    resources_changed.connect(note)
    yield told
    resources_changed.disconnect(note)


def test_a_change_is_told_to_the_cities_that_name_the_resource(sent):
    home, other, third = make_city(), make_city(), make_city()
    shared, hidden = make_resource(home, "Shared"), make_resource(None, state="draft")
    make_item(other, 1, resource=shared)
    make_item(third, 1, resource=hidden)
    publish_all()
    assert [names(city) for city in (home, other, third)] == [{shared.pk}, {shared.pk}, {hidden.pk}]
    before = versions(home, other, third)
    sent.clear()
    change(shared, title="Another title")
    change(shared, state_note="Nothing that the public reads.")
    change(hidden, state="published")
    assert sent == [([shared.pk], [home.pk, other.pk]), ([hidden.pk], [third.pk])]
    moved = [after - old for after, old in zip(versions(home, other, third), before, strict=True)]
    assert moved == [1, 1, 1]


def test_a_city_that_is_not_public_any_more_names_nothing(sent):
    city, partners = make_city(), make_resource(None)
    make_item(city, 1, resource=partners)
    publish_all()
    withdraw(city)
    publish_all()
    change(partners, title="Another title")
    assert sent[-1] == ([partners.pk], [])
    assert names(city) == set()


def test_profiles_follow_when_the_home_of_a_resource_appears_and_goes(
    django_capture_on_commit_callbacks,
):
    home, other = make_city(state=State.DRAFT), make_city()
    shared = make_resource(home)
    make_item(other, 1, resource=shared)
    publish_all()

    def shown_by_others():
        return PublicItem.objects.filter(city=other.pk, resource=shared.pk).exists()

    for move, is_shown in ((request_publishing, True), (withdraw, False), (bring_back, True)):
        before = versions(other)
        with django_capture_on_commit_callbacks(execute=True):
            move(home)
        assert versions(other) == [before[0] + 1]
        assert shown_by_others() == is_shown
