"""A reader asks a city on its public page: who gets it, what programs cannot do, what is kept."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from notices.delivery import deliver_due
from notices.models import Question
from notices.questions import MOST_OF_CLIENT, forget_questions, tell_cities
from tests.clients import client_of
from tests.factories import make_action, make_city, make_user
from website import ask

pytestmark = pytest.mark.django_db
ASKED = {"text": "Is the park of 2019 counted?", "email": "reader@example.org", "name": "Kim"}


@pytest.fixture
def city(catalogue):
    return make_city("Port Trial")


@pytest.fixture
def send(client, city, monkeypatch):
    """A function that fills in the form and sends it after `seconds`."""

    def run(seconds=10, **fields):
        address = reverse("website:ask", args=[city.slug])
        form = client.get(f"{address}?action=4").context["form"]
        given = {name: form[name].value() or "" for name in form.fields}
        now = timezone.now().timestamp() + seconds
        with monkeypatch.context() as patch:
            patch.setattr("django.core.signing.time.time", lambda: now)
            return client.post(address, {**given, **ASKED, **fields})

    return run


def test_the_citys_officer_gets_it_and_answers_the_reader(send, city):
    make_user("officer@example.org", officer_of=city)
    response = send()
    assert response.url == reverse("website:asked", args=[city.slug])
    tell_cities(lambda: True)
    deliver_due(lambda: True)
    [message] = mail.outbox
    assert (message.to, message.reply_to) == (["officer@example.org"], ["reader@example.org"])
    assert "Is the park of 2019 counted?" in message.body
    assert f"/cities/{city.slug}/actions/4/" in message.body
    assert "officer@example.org" not in response.content.decode()
    tell_cities(lambda: True)
    deliver_due(lambda: True)
    assert len(mail.outbox) == 1


def test_a_name_is_one_line_and_a_question_shows_something(send):
    send(name="Kim\r\nYour account\u202e is closed")
    assert Question.objects.get().name == "Kim Your account is closed"
    form = send(text="\u200b" * 20).context["form"]
    assert form.errors["text"] == ["This field is required."]


def test_platform_staff_get_it_where_a_city_has_nobody(send):
    make_user("staff@example.org", is_staff=True)
    send()
    tell_cities(lambda: True)
    deliver_due(lambda: True)
    assert [message.to for message in mail.outbox] == [["staff@example.org"]]


@pytest.mark.parametrize(
    ("given", "status", "stored"),
    [
        ({"website": "https://spam.example"}, 302, 0),
        ({"seconds": ask.LEAST_SECONDS - 2}, 200, 0),
        ({"seconds": ask.MOST_SECONDS + 10}, 200, 0),
        ({"stamp": "made up"}, 200, 0),
        ({"email": "no address"}, 200, 0),
        ({"text": "x" * (ask.MOST_LETTERS + 1)}, 200, 0),
        ({}, 302, 1),
    ],
)
def test_what_a_program_sends_is_not_stored(send, given, status, stored):
    assert send(**given).status_code == status
    assert Question.objects.count() == stored


@pytest.mark.parametrize("is_listed", [True, False])
def test_an_invented_city_is_asked_only_where_it_is_listed(client, catalogue, settings, is_listed):
    settings.SAMPLES_ARE_LISTED = is_listed
    city = make_city("Invented", is_sample=True)
    make_action(city, "natural-areas")
    address = reverse("website:ask", args=[city.slug])
    pages = [f"/cities/{city.slug}/", f"/cities/{city.slug}/actions/1/"]
    assert [address in client.get(page).text for page in pages] == [is_listed] * 2
    assert client.get(address).status_code == (200 if is_listed else 404)
    assert client.post(address, ASKED).status_code == (200 if is_listed else 404)


def test_one_address_asks_only_so_often(send):
    for _number in range(MOST_OF_CLIENT):
        assert send().status_code == 302
    response = send()
    assert response.status_code == 429
    assert ASKED["text"] in response.content.decode()
    assert Question.objects.count() == MOST_OF_CLIENT


def test_one_city_is_asked_only_so_often(send, city, monkeypatch):
    monkeypatch.setattr("notices.questions.MOST_OF_CITY", 1)
    Question.objects.create(city=city, client="10.9.9.9", email="other@example.org", page="/")
    assert send().status_code == 429


def test_questions_sent_at_one_moment_do_not_pass_together(send, monkeypatch):
    save = Question.save

    def save_after_others(question):
        same = {"city_id": question.city_id, "client": question.client}
        Question.objects.bulk_create(Question(**same) for _number in range(MOST_OF_CLIENT))
        save(question)

    monkeypatch.setattr(Question, "save", save_after_others)
    assert send().status_code == 429
    assert Question.objects.count() == MOST_OF_CLIENT


def test_only_its_officers_read_it_and_mark_it(send, city):
    send()
    question = Question.objects.get()
    stranger = client_of(make_user(officer_of=make_city("Elsewhere")))
    officer = client_of(make_user(officer_of=city))
    address = reverse("notices:questions")
    answered = {"question": question.pk, "answered": "1"}
    assert ASKED["email"] not in stranger.get(address).content.decode()
    assert stranger.post(address, answered).status_code == 404
    assert ASKED["email"] in officer.get(address).content.decode()
    officer.post(address, answered)
    assert Question.objects.unanswered().count() == 0


def test_staff_see_how_many_cities_leave_unanswered(send):
    send()
    staff = client_of(make_user(is_staff=True))
    Question.objects.update(asked_at=timezone.now() - timedelta(days=15))
    assert "1 question has waited for two weeks" in staff.get("/admin/").content.decode()


def test_old_questions_and_addresses_are_forgotten(city):
    old, recent = (
        Question.objects.create(
            city=city,
            email="r@example.org",
            text="?",
            page="/",
            client="10.0.0.1",
            asked_at=timezone.now() - timedelta(days=days),
        )
        for days in (181, 2)
    )
    forget_questions()
    assert [one.client for one in Question.objects.all()] == [""]
    assert not Question.objects.filter(pk=old.pk).exists()
    assert Question.objects.filter(pk=recent.pk).exists()


def test_a_city_that_is_not_public_cannot_be_asked(client, catalogue):
    make_city("Draft", state="draft")
    assert client.get("/cities/draft/ask/").status_code == 404
