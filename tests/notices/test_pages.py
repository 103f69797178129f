"""The pages on which people choose their mails, and developers read all of them."""

import pytest
from django.core.mail import send_mail
from django.test import Client
from django.urls import reverse

from accounts.models import PasswordRequest
from notices.kinds import KINDS
from notices.models import Mail
from notices.round import MailRound
from notices.sending import notify, stop_path
from tests.clients import client_of, words_of
from tests.factories import make_city, make_user

CHOICES = "/account/mails/"


@pytest.fixture
def city(db):
    return make_city("Port Trial")


@pytest.fixture
def officer(city):
    return make_user("officer@example.org", officer_of=city)


def muted(user):
    return set(user.muted_kinds.values_list("kind", flat=True))


def test_an_officer_chooses_among_the_mails_to_cities(officer):
    client = client_of(officer)
    page = client.get(CHOICES).content.decode()
    assert page.count('type="checkbox"') == page.count("checked") == 9
    assert f'href="{CHOICES}"' in client.get(reverse("admin:index")).content.decode()
    sent = {"kinds": ["returned", "published", "withdrawn"]}
    answer = client.post(CHOICES, sent, follow=True)
    assert "Your choice is saved." in words_of(answer)
    assert answer.content.decode().count("checked") == 3
    assert muted(officer) == {
        "unpublished",
        "resource-returned",
        "resource-published",
        "question",
        "answered",
        "message",
    }
    client.post(CHOICES, {"kinds": ["unpublished"]})
    assert muted(officer) == {
        "returned",
        "published",
        "withdrawn",
        "resource-returned",
        "resource-published",
        "question",
        "answered",
        "message",
    }
    assert client.post(CHOICES, {"kinds": ["password"]}).status_code == 200


def test_everybody_is_offered_the_mails_that_may_come(officer, city):
    staff = make_user(is_staff=True)
    coordinator = make_user(coordinator_of=city.country.region)
    expected = {staff: 2, coordinator: 1, make_user(): 0}
    for user, count in expected.items():
        page = client_of(user).get(CHOICES).content.decode()
        assert page.count('type="checkbox"') == count, user
    visitor = Client().get(CHOICES)
    assert visitor["Location"] == f"/sign-in/?next={CHOICES}"


def test_a_language_is_chosen_where_there_are_several(officer, settings):
    assert "language" not in client_of(officer).get(CHOICES).context["form"].fields
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    client_of(officer).post(CHOICES, {"language": "ar", "kinds": []})
    officer.refresh_from_db()
    assert officer.mail_language == "ar"


def test_a_mail_is_stopped_by_its_link_without_signing_in(officer, city):
    client = Client(enforce_csrf_checks=True)
    address = stop_path(officer, KINDS["withdrawn"])
    page = words_of(client.get(address))
    assert "Our profile has been withdrawn" in page
    assert muted(officer) == set()
    for _twice in range(2):
        answer = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert "You get no more mails of this kind" in words_of(answer)
        assert muted(officer) == {"withdrawn"}
    assert notify("withdrawn", [officer], city, note="") == []
    client.post(address, {"again": "1"})
    assert muted(officer) == set()


def test_a_link_that_nobody_here_wrote_stops_nothing(officer):
    written = stop_path(officer, KINDS["withdrawn"])
    for address in (f"{written[:-3]}x/", "/account/mails/stop/x/"):
        answer = Client().post(address)
        assert (answer.status_code, muted(officer)) == (404, set())
        assert "This link does not work" in words_of(answer)


def test_mails_about_passwords_cannot_be_stopped(officer):
    assert Client().post(stop_path(officer, KINDS["password"])).status_code == 404


def test_staff_see_what_was_not_sent_and_no_words_of_it(officer):
    Mail.objects.create(
        kind="password",
        to=officer.email,
        subject="Set your password",
        message={"body": "http://testserver/password/new/secret/"},
        state=Mail.State.GIVEN_UP,
        error="ConnectionRefusedError: refused",
    )
    client = client_of(make_user(is_staff=True))
    assert "1 mail has not been sent" in words_of(client.get(reverse("admin:index")))
    page = words_of(client.get(reverse("admin:notices_mail_changelist"), {"state": "given-up"}))
    for words in (officer.email, "Set a password", "given up", "ConnectionRefusedError"):
        assert words in page
    row = words_of(client.get(reverse("admin:notices_mail_change", args=[Mail.objects.get().pk])))
    assert "secret" not in page + row


def test_in_development_mails_are_read_on_a_page(officer, city, client, settings):
    settings.EMAIL_BACKEND = "notices.queue.QueueBackend"
    PasswordRequest.objects.create(email_key=officer.email, site="http://testserver/")
    MailRound().run(lambda: True)
    notify("withdrawn", [officer], city, note="By mistake")
    send_mail("Plain", "No HTML", None, ["somebody@example.org"])
    page = words_of(client.get("/mails/"))
    assert page.index("Plain") < page.index("Withdrawn: Port Trial") < page.index("Set your pass")
    plain, _letter, password = Mail.objects.all()
    page = client.get(f"/mails/{password.pk}/").content.decode()
    assert 'href="http://testserver/password/new/' in page
    assert "List-" not in page
    frame = client.get(f"/mails/{password.pk}/html/")
    policy = frame["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "sandbox " in policy
    assert "allow-scripts" not in policy
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert "iframe" not in client.get(f"/mails/{plain.pk}/").content.decode()
    assert client.get(f"/mails/{plain.pk}/html/").status_code == 404


def test_elsewhere_there_is_no_such_page(officer, city, client, settings):
    settings.EMAIL_BACKEND = "notices.queue.QueueBackend"
    notify("withdrawn", [officer], city, note="")
    settings.SHOW_MAILS = False
    key = Mail.objects.get().pk
    for address in ("/mails/", f"/mails/{key}/", f"/mails/{key}/html/"):
        assert client.get(address).status_code == 404
