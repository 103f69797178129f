"""A form is saved once, however often its button is pressed."""

import pytest
from django.urls import reverse

from actions.models import Action, ActionType
from profiles.models import ChangeSet
from tests.admin.forms import errors_of, fields_of, filled, posted_at_once, save
from tests.clients import client_of, form_of_new_action, url_of, words_of
from tests.factories import make_action, make_city, make_user

pytestmark = pytest.mark.sql

DONE = "This is already saved: it has not been done twice."


def pages(ours):
    return {
        "city": (url_of(ours.city), {"about": "Anew."}),
        "action": (url_of(ours.action), {"description": "Anew."}),
        "item": (url_of(ours.item), {"title": "Anew."}),
        "pathway": (reverse("admin:pathway_city", args=[ours.city.pk]), {"step-1-state": "done"}),
    }


@pytest.mark.parametrize("kind", ["city", "action", "item", "pathway"])
def test_a_second_click_is_answered_by_the_page_and_saves_nothing(officer, ours, kind):
    url, texts = pages(ours)[kind]
    form = filled(officer, url, **texts)
    assert officer.post(url, form).status_code == 302
    before = ChangeSet.objects.count()
    second = officer.post(url, form, follow=True)
    assert second.redirect_chain == [(url, 302)]
    assert DONE in words_of(second)
    assert ChangeSet.objects.count() == before


def test_the_second_of_two_equal_new_rows_leads_to_the_first(officer, ours):
    url = form_of_new_action(ours.action.action_type)
    form = filled(officer, url, description="Twice.", confirmed="Two of a kind.")
    assert officer.post(url, form).status_code == 302
    made = Action.objects.get(description="Twice.")
    assert officer.post(url, form)["Location"] == url_of(made)
    assert Action.objects.filter(description="Twice.").count() == 1


def test_what_was_changed_after_saving_is_shown_and_can_be_saved(officer, ours):
    url = url_of(ours.city)
    form = filled(officer, url, about="First.")
    officer.post(url, form)
    shown = officer.post(url, {**form, "about": "Second."})
    assert any("You have saved this form before" in text for text in errors_of(shown))
    ours.city.refresh_from_db()
    assert ours.city.about == "First."
    assert officer.post(url, fields_of(shown.content.decode())).status_code == 302
    ours.city.refresh_from_db()
    assert ours.city.about == "Second."


def test_deleting_twice_leads_to_the_list(officer, ours):
    url = url_of(ours.action, "delete")
    form = filled(officer, url)
    assert officer.post(url, form).status_code == 302
    assert officer.post(url, form)["Location"] == reverse("admin:actions_action_changelist")


def test_ones_own_change_in_another_tab_is_not_somebody_elses(officer, ours):
    url = url_of(ours.city)
    form = filled(officer, url, about="In this tab.")
    save(officer, url, about="In the other tab.")
    shown = officer.post(url, form)
    assert errors_of(shown) == [
        "Nothing has been saved: you changed this meanwhile, on another page."
    ]


def test_the_token_of_another_person_hides_nothing(officer, as_, ours):
    form = filled(officer, url_of(ours.city), about="Mine.")
    officer.post(url_of(ours.city), form)
    shown = as_("colleague").post(url_of(ours.city), form)
    assert DONE not in words_of(shown)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["new", "stored"])
def test_two_clicks_at_once_save_once(catalogue, kind):
    city = make_city("Busy City")
    action = make_action(city)
    client = client_of(make_user(officer_of=city))
    texts = {"description": "Clicked twice.", "confirmed": "It is right."}
    url = url_of(action)
    if kind == "new":
        url = form_of_new_action(ActionType.objects.last())
    form = filled(client, url, **texts)
    before = ChangeSet.objects.count()
    assert posted_at_once(url, [client, client], [form, form]) == [302, 302]
    assert Action.objects.filter(description="Clicked twice.").count() == 1
    assert ChangeSet.objects.count() == before + 1
