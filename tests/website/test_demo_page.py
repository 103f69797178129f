"""`/demo/`: five tasks, each of which really begins; and nothing of it where demos may not be."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from exchange.applying import apply
from exchange.demo.people import OFFICER_OF_AL_WAHA, PASSWORD
from exchange.planning import make_plan
from exchange.reading import read
from profiles.models import City
from tests.exchange.test_demo import load_all
from tests.factories import make_city
from website.demo import TASKS

from .reading import html_of, text_of

DEMO, SIGN_IN, WORKBOOK = "/demo/", "/demo/sign-in/", "/demo/al-waha-changed.xlsx"


@pytest.fixture
def demo(catalogue, kept):
    return kept.get("samples", load_all)


@pytest.mark.parametrize("address", [DEMO, SIGN_IN, WORKBOOK])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_of_it_is_there_without_allow_demo(client, demo, settings, address, method):
    settings.ALLOW_DEMO = False
    assert getattr(client, method)(address, {"task": "review"}).status_code == 404
    assert "sessionid" not in client.cookies


@pytest.mark.django_db
def test_only_a_form_of_this_site_signs_in():
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(SIGN_IN, {"task": "review"}).status_code == 403
    assert careful.get(SIGN_IN).status_code == 405
    assert careful.post(SIGN_IN).status_code == 403


def test_the_page_names_tasks_and_sign_ins(client, demo):
    response = client.get(DEMO)
    page = text_of(response)
    for task in TASKS.values():
        assert task.who.email in page
    assert page.count(PASSWORD) == len(TASKS)
    assert "make reset-demo" in page and "older demo" not in page
    assert response["X-Robots-Tag"] == "noindex"
    for address in re.findall(r'class="btn btn-\w+" href="([^"]+)"', html_of(response)):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("name", TASKS)
def test_one_click_signs_in_and_leads_to_the_task(client, demo, name):
    response = client.post(SIGN_IN, {"task": name}, follow=True)
    assert response.status_code == 200
    assert response.context["user"].email == TASKS[name].who.email
    expected = {"target": "protected areas", "workbook": "Import a file", "review": "Three Otters"}
    assert expected[name] in response.content.decode()


def test_a_changed_password_closes_the_short_way(client, demo):
    email = TASKS["review"].who.email
    staff = User.objects.get(email=email)
    staff.set_password("another")
    staff.save()
    page = text_of(client.post(SIGN_IN, {"task": "review"}, follow=True))
    assert f"{email} cannot sign in with the password of the demo" in page
    assert "_auth_user_id" not in client.session
    assert client.post(SIGN_IN, {"task": "no such task"}).status_code == 404


def test_the_workbook_changes_three_cells_each_time_it_is_taken(client, demo, tmp_path):
    assert "Sign in as the officer of Al-Waha first" in text_of(client.get(WORKBOOK, follow=True))
    officer = User.objects.get(email=OFFICER_OF_AL_WAHA.email)
    client.force_login(officer)
    path = tmp_path / "changed.xlsx"
    for _time in range(2):
        path.write_bytes(b"".join(client.get(WORKBOOK)))
        plan = make_plan(read(path), officer)
        assert plan.is_sound, plan.problems
        assert (plan.totals["changed"], plan.totals["new"]) == (3, 0)
        assert apply(plan) is not None


@pytest.mark.django_db
def test_a_database_is_emptied_in_development_alone_and_after_a_yes(
    catalogue, settings, monkeypatch
):
    make_city("Ours")
    monkeypatch.setattr("builtins.input", lambda words: "no")
    with pytest.raises(CommandError, match="Nothing was deleted"):
        call_command("reset_demo")
    settings.ALLOW_DEMO = False
    with pytest.raises(CommandError, match="do not allow samples"):
        call_command("reset_demo", "--no-input")
    assert City.objects.filter(name="Ours").exists()
