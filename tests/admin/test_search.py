"""The search of the admin's lists finds what the public search finds."""

import pytest
from django.contrib.admin.sites import site
from django.urls import reverse

from actions.models import CityCommitment
from catalogue.admin_search import FoldedSearch
from catalogue.models import Topic
from hub.models import Resource
from profiles.models import Assignment, ChangeSet, City
from tests.clients import client_of
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_item,
    make_resource,
    make_upload,
    make_user,
    writing,
)

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.sql]


@pytest.fixture
def staff():
    return client_of(make_user("staff@example.org", is_staff=True))


def found(client, model, typed):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    return list(client.get(reverse(name), {"q": typed}).context["cl"].queryset)


def test_all_lists_fold():
    searched = [one for one in site._registry.values() if one.search_fields]
    assert len(searched) > 20
    assert all(isinstance(one, FoldedSearch) for one in searched)


def test_rows_of_cities_are_found(staff):
    city = make_city("Łódź", slug="a", country="PL")
    make_city("Oslo", slug="b", country="NO")
    action = make_action(city, description="Cœur d’eau")
    commitment = CityCommitment.objects.get()
    rows = [
        (city, "lodz poland"),
        (action, "coeur d'eau"),
        (action, "١"),
        (commitment, f"lodz {commitment.commitment.name.split()[0]}"),
        (make_item(city, 1, title="Ærø–plan"), "aero-plan"),
        (make_resource(city, "Straße", url="https://example.org/"), "strasse lodz"),
        (make_upload(city, "Plan-für-Ø.pdf"), "planfuro"),
        (make_assessment(city, 2024), "lodz ٢٠٢٤"),
    ]
    for row, typed in rows:
        assert found(staff, type(row), typed) == [row], typed
    for model in (City, type(action), Resource):
        assert found(staff, model, "nowhere") == []


def test_people_change_sets_and_catalogues_are_found(staff):
    person = make_user("lukasz@example.org", full_name="Łukasz Żak", officer_of=make_city())
    assert found(staff, type(person), "lukasz ZAK") == [person]
    assert found(staff, Assignment, "żak") == list(Assignment.objects.all())
    with writing("Größe berichtigt"):
        make_city()
    assert found(staff, ChangeSet, "grosse") == [ChangeSet.objects.get(reason="Größe berichtigt")]
    topic = Topic.objects.first()
    topic.name = "Forêts d’ici"
    topic.save()
    assert found(staff, Topic, "forets d'ici") == [topic]
    assert found(staff, Topic, "%") == []


@pytest.mark.parametrize("typed", ["9" * 30, "²", "1.5", "\x00", "%", "_"])
def test_odd_words_find_nothing_and_break_nothing(staff, typed):
    make_action(make_city())
    name = reverse("admin:actions_action_changelist")
    assert staff.get(name, {"q": typed}).status_code == 200


def test_an_officer_finds_own_rows_only():
    ours, theirs = make_city("Łódź", slug="a"), make_city("Łódź-Zdrój", slug="b")
    client = client_of(make_user(officer_of=ours))
    for city in (ours, theirs):
        make_item(city, 1, title="Łąka")
    assert [row.city for row in found(client, type(ours.step_items.get()), "laka")] == [ours]
    assert found(client, City, "lodz") == [ours]
