"""What was typed survives a session that ends and a token that is stale; nothing of it is saved."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import typed
from accounts.models import User
from catalogue.models import Topic
from cbi.models import Assessment
from profiles.models import ChangeSet, City
from tests.admin.forms import errors_of, fields_of, filled
from tests.clients import client_of, form_of_new_action, url_of, words_of
from tests.factories import PASSWORD, make_assessment

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
BACK = "You had been signed out. Nothing is saved yet: look through it and save."
STALE = "The page was older than your sign-in. Nothing is saved yet"


def signed_in_again(client, response, email="officer@example.org"):
    """Fill in the sign-in page that answered, and go where it leads."""
    page = response.content.decode()
    action = unescape(re.search(r'<form[^>]*action="([^"]+)"', page)[1])
    data = {**fields_of(page), "username": email, "password": PASSWORD}
    return client.post(action, data, follow=True)


def address_of(ours, kind):
    if kind == "pathway":
        return reverse("admin:pathway_city", args=[ours.city.pk])
    if kind == "component":
        assessment = Assessment.objects.filter(city=ours.city).first()
        assessment = assessment or make_assessment(ours.city)
        return reverse("admin:cbi_assessment_part", args=[assessment.pk, "2021-governance"])
    if kind == "new action":
        return form_of_new_action("carbon") + "&language=fr"
    return url_of(getattr(ours, kind))


TYPED = [
    ("city", {"about": "An hour of typing."}),
    ("action", {"description": "An hour of typing.", "baseline-0-value_total_area_1": "4321"}),
    ("new action", {"description": "An hour of typing.", "baseline-0-text": "Much of it."}),
    ("resource", {"title": "An hour of typing."}),
    ("component", {"i15-evidence": "An hour of typing."}),
    ("pathway", {"step-1-state": "done", "step-1-done_on": "2020-05-06"}),
]


@pytest.mark.parametrize(("kind", "texts"), TYPED, ids=[kind for kind, _texts in TYPED])
def test_a_form_comes_back_after_signing_in_and_is_not_saved(officer, ours, kind, texts):
    url = address_of(ours, kind)
    form = filled(officer, url, **texts)
    client, before = Client(), ChangeSet.objects.count()
    asked = client.post(url, form)
    assert "the form then comes back with what you typed" in words_of(asked)
    shown = signed_in_again(client, asked)
    assert shown.redirect_chain == [(url, 302)]
    assert BACK in words_of(shown)
    again = fields_of(shown.content.decode())
    assert again | texts == again
    assert ChangeSet.objects.count() == before
    assert BACK not in words_of(client.get(url)), "it is shown once"
    if kind != "new action":
        assert client.post(url, again).status_code == 302
        assert ChangeSet.objects.count() == before + 1


def test_a_wrong_password_loses_nothing(officer, ours):
    form = filled(officer, url_of(ours.city), about="An hour of typing.")
    client = Client()
    page = client.post(url_of(ours.city), form).content.decode()
    data = {**fields_of(page), "username": "officer@example.org", "password": "wrong"}
    page = client.post("/sign-in/", data).content.decode()
    shown = client.post("/sign-in/", {**fields_of(page), "password": PASSWORD}, follow=True)
    assert "An hour of typing." in words_of(shown)


def test_somebody_else_gets_nothing_of_it(officer, people, ours):
    form = filled(officer, url_of(ours.city), about="An hour of typing.")
    client = Client()
    shown = signed_in_again(client, client.post(url_of(ours.city), form), "other@example.org")
    assert shown.status_code == 404
    assert "An hour of typing." not in words_of(shown)


def test_another_button_says_that_nothing_was_done_and_leads_back_to_its_page(officer, ours):
    page = reverse("admin:actions_action_changelist") + "?q=hedges"
    chosen = {"action": "delete_selected", "_selected_action": ours.action.pk}
    asked = Client().post(page, chosen, follow=True, HTTP_REFERER=f"http://testserver{page}")
    assert "not signed in any more: nothing has been done" in words_of(asked)
    assert asked.request["QUERY_STRING"].startswith("next=%2Fadmin%2Factions%2Faction%2F%3Fq")
    elsewhere = Client().post(page, chosen, HTTP_REFERER="https://evil.example/")
    assert "evil" not in elsewhere["Location"]


def test_what_was_changed_meanwhile_is_told(officer, as_, ours):
    form = filled(officer, url_of(ours.city), about="Mine.")
    as_("colleague").post(url_of(ours.city), {**form, "about": "Theirs.", "form_token": ""})
    client = Client()
    shown = signed_in_again(client, client.post(url_of(ours.city), form))
    for words in (BACK, "somebody else changed this", "Mine.", "Theirs."):
        assert words in words_of(shown)


def test_a_file_is_asked_for_again(officer, ours):
    url = reverse("admin:exchange_job_add")
    file = SimpleUploadedFile("cities.csv", b"City")
    client = Client()
    asked = client.post(url, {"file": file, "sheet": "Cities", "clears": "on"})
    shown = signed_in_again(client, asked)
    assert "Please choose the file “cities.csv” once more." in words_of(shown)
    assert fields_of(shown.content.decode())["sheet"] == "Cities"


def test_a_catalogue_row_comes_back_too(staff, people):
    url = url_of(Topic.objects.first())
    form = filled(staff, url, name="An hour of typing.")
    client = Client()
    shown = signed_in_again(client, client.post(url, form), "staff@example.org")
    assert BACK in words_of(shown)
    assert fields_of(shown.content.decode())["name"] == "An hour of typing."
    assert not Topic.objects.filter(name="An hour of typing.").exists()


def test_what_is_too_long_is_said_at_once(rf, monkeypatch):
    monkeypatch.setattr(typed, "MOST_CHARACTERS", 10)
    assert typed.Typed.in_post(rf.post("/x/", {"about": "long"})).sign() == ""


def test_passwords_and_forged_texts_are_not_carried(rf):
    request = rf.post("/x/?y=1", {"password1": "p", "csrfmiddlewaretoken": "t", "name": "n"})
    found = typed.Typed.in_post(request)
    assert (found.address, found.texts) == ("/x/?y=1", {"name": ["n"]})
    assert typed.Typed.read(found.sign()) == found
    assert typed.Typed.read(found.sign()[:-1]) is None
    assert typed.Typed.read("") is None


# A stale token


@pytest.fixture
def strict(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["officer"], MODEL_BACKEND)
    return client


def stale_form(client, url, **texts):
    """The form as another tab has it after somebody has signed in here."""
    page = client.get(url).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    client.cookies["csrftoken"] = "x" * 32
    return {**fields_of(page), "csrfmiddlewaretoken": token, **texts}


@pytest.mark.parametrize(("kind", "texts"), TYPED, ids=[kind for kind, _texts in TYPED])
def test_a_stale_token_shows_the_form_again_and_saves_nothing(strict, ours, kind, texts):
    url = address_of(ours, kind)
    form, before = stale_form(strict, url, **texts), ChangeSet.objects.count()
    shown = strict.post(url, form)
    assert shown.status_code == 200
    assert STALE in words_of(shown)
    page = shown.content.decode()
    assert fields_of(page) | texts == fields_of(page)
    assert ChangeSet.objects.count() == before
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    if kind != "new action":
        answer = strict.post(url, {**fields_of(page), "csrfmiddlewaretoken": token})
        assert answer.status_code == 302
        assert ChangeSet.objects.count() == before + 1


@pytest.mark.parametrize("row", ["city", "topic"])
def test_even_a_form_that_forgets_to_refuse_writes_nothing(as_, ours, row, monkeypatch):
    monkeypatch.setattr("profiles.admin_base.safe_forms.shown_again", lambda form, request: form)
    row = {"city": ours.city, "topic": Topic.objects.first()}[row]
    form = filled(as_("staff"), url_of(row), name="Forged.")
    shown = signed_in_again(Client(), Client().post(url_of(row), form), "staff@example.org")
    assert shown.status_code == 200
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(email="staff@example.org"), MODEL_BACKEND)
    strict.post(url_of(row), stale_form(strict, url_of(row), name="Forged."))
    row.refresh_from_db()
    assert row.name != "Forged."


@pytest.mark.parametrize("forged", [{"HTTP_ORIGIN": "https://evil.example"}, {}])
def test_what_was_not_sent_by_a_page_of_ours_is_refused(strict, ours, forged):
    form = stale_form(strict, url_of(ours.city), about="Forged.")
    if not forged:
        del form["csrfmiddlewaretoken"]
    for client in (strict, Client(enforce_csrf_checks=True)):
        answer = client.post(url_of(ours.city), form, **forged)
        assert answer.status_code == 403
        assert "Forged." not in words_of(answer)
    assert not City.objects.filter(about="Forged.").exists()


def test_a_stale_sign_in_page_is_shown_again_or_leads_on(people, ours):
    client = Client(enforce_csrf_checks=True)
    form = stale_form(client, "/sign-in/", username="officer@example.org", password=PASSWORD)
    assert "please sign in once more" in words_of(client.post("/sign-in/?next=/cities/", form))
    client.force_login(people["officer"], MODEL_BACKEND)
    client.cookies["csrftoken"] = "y" * 32
    assert client.post("/sign-in/?next=/cities/", form)["Location"] == "/cities/"


def test_signing_in_on_another_tab_meanwhile_brings_the_form_back_too(officer, people, ours):
    form = filled(officer, url_of(ours.city), about="An hour of typing.")
    asked = Client().post(url_of(ours.city), form)
    client = client_of(people["officer"])
    assert "An hour of typing." in words_of(signed_in_again(client, asked))


def test_the_sentence_is_in_the_summary_that_has_the_focus(officer, ours):
    client = Client()
    asked = client.post(url_of(ours.city), filled(officer, url_of(ours.city)))
    shown = signed_in_again(client, asked)
    assert BACK in errors_of(shown)
    summary = shown.content.decode().partition('class="error-summary"')[2].partition("</section>")
    assert "autofocus" in summary[0].partition(">")[0]
    assert BACK in unescape(summary[0])
