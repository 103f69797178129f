"""What was deleted comes back whole, and its history can be read meanwhile."""

import pytest
from django.urls import reverse

from actions.models import (
    Action,
    ActionType,
    CityCommitment,
    Commitment,
    OwnFigure,
    Statement,
    Value,
)
from actions.services import next_number
from catalogue.models import Topic
from profiles.models import ChangeSet, City
from report.sources import working_document
from tests.admin.forms import fields_of, filled, save
from tests.clients import url_of, words_of
from tests.factories import make_action, make_own_figure, make_statement, make_upload, writing

LIST = "admin:actions_action_deleted"


def rows_of(action):
    """All fields of all rows of an action."""
    return {
        model: list(model.objects.filter(**{path: action.pk}).order_by("pk").values())
        for model, path in (
            (Action, "pk"),
            (OwnFigure, "action"),
            (Statement, "action"),
            (Value, "statement__action"),
        )
    }


def delete(client, row):
    url = url_of(row, "delete")
    assert client.post(url, filled(client, url)).status_code == 302


def bring_back(client, row):
    url = url_of(row, "bring_back")
    return client.post(url, fields_of(client.get(url).content.decode()), follow=True)


@pytest.fixture
def full(ours):
    """An action with rows of every kind, and a target that had been deleted before it."""
    action = ours.action
    trees = make_own_figure(action, "Trees")
    make_statement(action, "target", {trees: 5000, "natural_area": 9}, due_year=2030)
    gone = make_statement(action, "target", {trees: 7000}, due_year=2035)
    with writing():
        gone.delete()
    return action


def test_an_action_comes_back_whole(officer, ours, full):
    before, document = rows_of(full), working_document(ours.city).actions
    delete(officer, full)
    assert not Statement.objects.filter(action=full.pk).exists()
    assert "Deleted (1)" in words_of(officer.get(reverse("admin:actions_action_changelist")))
    first = words_of(officer.get(reverse("admin:index")))
    assert "Actions (1)" in first and "(0)" not in first
    page = words_of(officer.get(url_of(full, "bring_back")))
    assert "1 own figure" in page and "2 statements" in page and "4 values" in page
    assert "Lin Our" in words_of(officer.get(reverse(LIST)))
    response = bring_back(officer, full)
    assert response.redirect_chain[-1][0] == url_of(full)
    assert rows_of(full) == before
    assert working_document(City.objects.get(pk=ours.city.pk)).actions == document
    change = ChangeSet.objects.latest("pk")
    assert (change.kind, change.user.email) == ("admin", "officer@example.org")
    assert change.reason.startswith(f"Brought back action “Our City {full.number}: ")
    assert "Nothing has been deleted" in words_of(officer.get(reverse(LIST)))


def test_the_history_of_a_deleted_row_is_read(officer, as_, full):
    save(officer, url_of(full), description="Said once.")
    delete(officer, full)
    page = words_of(officer.get(url_of(full, "history")))
    assert "Said once." in page and "It has been deleted." in page
    assert "This version" not in page
    assert as_("other").get(url_of(full, "history")).status_code == 404


@pytest.mark.parametrize(
    ("person", "status"),
    [("other", 404), ("reviewer", 404), ("nobody", 302), ("colleague", 302), ("staff", 302)],
)
def test_who_may_bring_back(as_, officer, ours, full, person, status):
    delete(officer, full)
    url = url_of(full, "bring_back")
    assert as_(person).post(url).status_code == status
    assert ours.city.actions.exists() == (person in ("colleague", "staff"))


def test_what_stands_in_the_way_is_said(officer, ours):
    """Somebody has made the commitment anew meanwhile."""
    delete(officer, ours.commitment)
    with writing():
        CityCommitment.objects.create(city=ours.city, commitment=ours.commitment.commitment)
    page = words_of(officer.get(url_of(ours.commitment, "bring_back")))
    assert "It cannot be brought back" in page and "Bring it back" not in page
    before = CityCommitment.history.count()
    response = officer.post(url_of(ours.commitment, "bring_back"))
    assert (response.status_code, CityCommitment.history.count()) == (200, before)


def test_a_number_given_anew(officer, ours, full):
    delete(officer, full)
    with writing():
        Action.objects.create(
            city=ours.city, number=full.number, action_type_id=full.action_type_id
        )
    page = words_of(officer.get(url_of(full, "bring_back")))
    assert "The city has an action of this number already." in page


def test_a_type_that_is_gone(officer, ours):
    kind = ActionType.objects.create(
        code="fleeting", name="Fleeting", commitment=Commitment.objects.first()
    )
    action = make_action(ours.city, "fleeting")
    delete(officer, action)
    kind.delete()
    page = words_of(officer.get(url_of(action, "bring_back")))
    assert f"Action {action.number}: what it had as “action type” has been deleted." in page
    assert f"Action {action.number}" in words_of(officer.get(reverse(LIST)))
    assert officer.get(url_of(action, "history")).status_code == 200


def test_no_more_rows_than_fit(officer, ours, full, settings):
    delete(officer, full)
    settings.CITY_MAX_ACTIONS = 0
    assert "at most 0 fit" in words_of(officer.get(url_of(full, "bring_back")))


def test_the_list_has_pages(officer, ours, monkeypatch):
    monkeypatch.setattr("profiles.admin_base.deleted_pages.ROWS_PER_PAGE", 2)
    for number in range(3):
        action = make_action(ours.city, description=f"No {number}.")
        with writing():
            action.delete()
    first, second = (officer.get(f"{reverse(LIST)}?p={page}").text for page in (1, 2))
    assert [page.count('class="entry"') for page in (first, second)] == [2, 1]
    assert "p=2" in first and "p=0" not in first and "p=1" in second and "p=3" not in second


def test_its_number_is_not_given_again(officer, ours, full):
    """Not even where the import that made it was taken back before it came back by hand."""
    delete(officer, full)
    City.objects.filter(pk=ours.city.pk).update(last_action_number=0)
    bring_back(officer, full)
    with writing():
        assert next_number(ours.city) == full.number + 1


def test_links_of_a_resource_come_back(officer, ours):
    topics = list(Topic.objects.order_by("pk")[:2])
    with writing():
        ours.resource.topics.set(topics)
        ours.resource.save()
    delete(officer, ours.resource)
    bring_back(officer, ours.resource)
    assert list(ours.resource.topics.order_by("pk")) == topics


def test_a_file_comes_back_as_long_as_it_is_kept(officer, ours):
    upload = make_upload(ours.city)
    delete(officer, upload)
    assert "Bring it back" in words_of(officer.get(url_of(upload, "bring_back")))
    upload.file.storage.delete(upload.file.name)
    page = words_of(officer.get(url_of(upload, "bring_back")))
    assert "Its file is no longer kept." in page and "Bring it back" not in page
