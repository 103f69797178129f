"""Two people edit one row: the later one sees the other's changes before overwriting them."""

import pytest
from django.urls import reverse

from actions.models import Action, ActionType
from tests.admin.forms import errors_of, fields_of, filled, posted_at_once, save
from tests.clients import client_of, form_of_new_action, url_of
from tests.factories import make_city, make_user, writing

TOLD = "Nothing has been saved: somebody else changed this while you were editing."
TOTAL = "baseline-0-value_total_area_1"


@pytest.fixture
def colleague(as_):
    return as_("colleague")


def test_the_later_one_is_told_what_changed_and_may_replace_it(officer, colleague, ours):
    url = url_of(ours.action)
    form = filled(officer, url, description="Mine.")
    save(colleague, url, description="Theirs.", change_reason="A slip")
    response = officer.post(url, form)
    assert errors_of(response) == [TOLD]
    page = response.content.decode()
    for words in ("Mo Our", "Theirs.", "Hedges have been planted.", "Mine.", "A slip"):
        assert words in page
    ours.action.refresh_from_db()
    assert ours.action.description == "Theirs."
    assert officer.post(url, fields_of(page)).status_code == 302
    ours.action.refresh_from_db()
    assert ours.action.description == "Mine."


def test_a_change_of_a_value_is_a_change_of_its_action(officer, colleague, ours):
    url = url_of(ours.action)
    form = filled(officer, url, description="Mine.")
    save(colleague, url, **{TOTAL: "13"})
    page = officer.post(url, form).content.decode()
    assert "Starting point, Total area of land under the city jurisdiction" in page
    assert "<del" in page and ">12<" in page and ">13<" in page


def test_what_was_typed_for_a_deleted_baseline_is_kept(officer, colleague, ours):
    url = url_of(ours.action)
    form = filled(officer, url, **{TOTAL: "99"})
    save(colleague, url, **{"baseline-0-DELETE": "on"})
    response = officer.post(url, form)
    assert errors_of(response) == [TOLD]
    again = fields_of(response.content.decode())
    assert again[TOTAL] == "99"
    assert officer.post(url, again).status_code == 302
    assert ours.action.statements.baselines().get().values.get(number=99)


def test_two_who_add_a_baseline_do_not_block_each_other(officer, colleague, ours):
    url = url_of(ours.action)
    save(officer, url, **{"baseline-0-DELETE": "on"})
    form = filled(officer, url, **{TOTAL: "99"})
    save(colleague, url, **{TOTAL: "55"})
    response = officer.post(url, form)
    assert errors_of(response) == [TOLD]
    assert officer.post(url, fields_of(response.content.decode())).status_code == 302
    assert ours.action.statements.baselines().get().values.get().number == 99


def test_an_untouched_empty_baseline_does_not_empty_a_new_one(officer, colleague, ours):
    url = url_of(ours.action)
    save(officer, url, **{"baseline-0-DELETE": "on"})
    form = filled(officer, url, description="Mine.")
    save(colleague, url, **{TOTAL: "55", "baseline-0-year": "2024"})
    again = fields_of(officer.post(url, form).content.decode())
    assert officer.post(url, again).status_code == 302
    baseline = ours.action.statements.baselines().get()
    assert (baseline.year, baseline.values.get().number) == (2024, 55)


def test_another_row_of_the_city_is_no_conflict(officer, colleague, ours):
    form = filled(officer, url_of(ours.action), description="Mine.")
    save(colleague, url_of(ours.city), about="Anew.")
    assert officer.post(url_of(ours.action), form).status_code == 302


def test_a_form_without_its_version_is_not_taken(officer, ours):
    form = filled(officer, url_of(ours.city), about="Anew.")
    for version in ("", "x", "1-2-3-4", "9" * 40):
        response = officer.post(url_of(ours.city), {**form, "seen_version": version})
        assert response.status_code == (302 if version == "9" * 40 else 200)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_row_deleted_meanwhile_is_told_with_what_was_typed(officer, colleague, ours, method):
    url = url_of(ours.action)
    form = filled(officer, url, description="Mine, at length.")
    colleague.post(url_of(ours.action, "delete"), filled(colleague, url_of(ours.action, "delete")))
    response = getattr(officer, method)(url, form)
    assert response.status_code == 410
    page = response.content.decode()
    assert "Mo Our" in page
    assert ("Mine, at length." in page) == (method == "post")


def test_a_deleted_row_of_another_city_stays_unknown(as_, ours, theirs):
    url = url_of(theirs.action)
    other = as_("other")
    other.post(url_of(theirs.action, "delete"), filled(other, url_of(theirs.action, "delete")))
    assert not Action.objects.filter(pk=theirs.action.pk).exists()
    assert as_("officer").get(url).status_code == 404
    assert as_("officer").post(url, {}).status_code == 404


def test_deleting_asks_again_after_a_change(officer, colleague, ours):
    url = url_of(ours.action, "delete")
    form = filled(officer, url)
    save(colleague, url_of(ours.action), description="Theirs.")
    response = officer.post(url, form)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Theirs." in page
    assert officer.post(url, fields_of(page)).status_code == 302
    assert not Action.objects.filter(pk=ours.action.pk).exists()


def test_an_open_form_is_worth_nothing_once_the_role_is_gone(people, ours):
    client = client_of(people["officer"])
    form = filled(client, url_of(ours.action), description="Mine.")
    with writing():
        people["officer"].assignments.get().delete()
    assert client.post(url_of(ours.action), form).status_code == 302
    ours.action.refresh_from_db()
    assert ours.action.description != "Mine."


@pytest.mark.django_db(transaction=True)
def test_two_who_add_at_once_get_two_numbers(catalogue):
    city = make_city("Busy City")
    kinds = ActionType.objects.all()[:2]
    add = form_of_new_action(kinds[0])
    clients = [client_of(make_user(officer_of=city)) for _person in range(2)]
    forms = [
        filled(client, add, action_type=kind.pk, description=f"Done by {kind}")
        for kind, client in zip(kinds, clients, strict=True)
    ]
    assert posted_at_once(add, clients, forms) == [302, 302]
    assert sorted(city.actions.values_list("number", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_at_once_one_is_told(catalogue):
    city = make_city("Busy City")
    add = reverse("admin:cbi_assessment_add")
    clients = [client_of(make_user(officer_of=city)) for _person in range(2)]
    forms = [filled(client, add, year="2024") for client in clients]
    assert posted_at_once(add, clients, forms) == [200, 302]
    assert city.assessments.count() == 1
