"""Signing in and out, the lockout, and a password set by mail."""

import re

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.urls import reverse

from tests.factories import PASSWORD, make_city, make_user

SIGN_IN = "/sign-in/"


@pytest.fixture
def user(db):
    return make_user("officer@example.org", full_name="Lin Yun", officer_of=make_city())


def sign_in(client, email="officer@example.org", password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"username": email, "password": password, **extra})


def test_an_officer_signs_in_by_mail_address_in_any_case(client, user):
    response = sign_in(client, "Officer@Example.org")
    assert response.status_code == 302
    assert response["Location"] == reverse("admin:index")
    assert get_user(client) == user


def test_after_signing_in_one_arrives_where_one_wanted(client, user):
    assert sign_in(client, next="/cities/")["Location"] == "/cities/"


def test_nobody_is_sent_to_another_site(client, user):
    assert sign_in(client, next="https://evil.example/")["Location"] == reverse("admin:index")


def test_who_is_signed_in_already_goes_on(client, user):
    client.force_login(user)
    assert client.get(SIGN_IN, {"next": "/cities/"})["Location"] == "/cities/"


@pytest.mark.parametrize("address", [SIGN_IN, f"{SIGN_IN}?next=/sign-in/", f"{SIGN_IN}#top"])
def test_signing_in_does_not_lead_to_signing_in(client, user, address):
    assert sign_in(client, next=address)["Location"] == reverse("admin:index")
    assert client.get(SIGN_IN, {"next": address})["Location"] == reverse("admin:index")


def test_the_admin_sends_strangers_to_this_page_and_back(client, user):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/sign-in/?next=/admin/"
    back = client.post(
        response.redirect_chain[-1][0], {"username": user.email, "password": PASSWORD}
    )
    assert back["Location"] == "/admin/"


def test_an_account_without_a_task_is_told_so(client, db):
    client.force_login(make_user())
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "Your account may not open this page." in response.content.decode()


@pytest.mark.parametrize("email", ["officer@example.org", "stranger@example.org"])
def test_a_refusal_does_not_tell_whether_there_is_an_account(client, user, email):
    response = sign_in(client, email, "wrong")
    assert response.status_code == 200
    assert "do not belong together" in response.content.decode()


def test_a_closed_account_is_refused_like_a_wrong_password(client, user):
    user.is_active = False
    user.save()
    assert "do not belong together" in sign_in(client).content.decode()


def test_five_wrong_passwords_close_the_door_and_a_new_one_opens_it(client, user):
    for _attempt in range(4):
        assert sign_in(client, password="wrong").status_code == 200
    locked = sign_in(client, password="wrong")
    assert (locked.status_code, locked["Retry-After"]) == (429, "900")
    assert "Try again in 15 minutes" in locked.content.decode()
    assert sign_in(client).status_code == 429
    set_password(client, link_in_mail(client), "otters-swim-at-dawn")
    assert sign_in(client, password="otters-swim-at-dawn").status_code == 302


def test_what_a_proxy_writes_of_the_visitor_ends_no_sign_in(client, user, settings):
    settings.TRUSTED_PROXIES = 1
    for port in range(5):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{port}, 203.0.113.9:4000{port}"
        locked = sign_in(client, password="wrong")
    assert locked.status_code == 429
    client.defaults["HTTP_X_FORWARDED_FOR"] = "unknown"
    assert sign_in(client).status_code == 302


def test_signing_out_takes_a_button_not_a_link(client, user):
    client.force_login(user)
    address = reverse("accounts:sign_out")
    assert client.get(address).status_code == 405
    assert get_user(client) == user
    assert client.post(address)["Location"] == "/"
    assert get_user(client).is_anonymous


def link_in_mail(client, email="officer@example.org"):
    """Ask for a new password and take the link out of the mail."""
    response = client.post(reverse("accounts:password_reset"), {"email": email})
    assert response["Location"] == reverse("accounts:password_reset_done")
    (message,) = mail.outbox
    return re.search(r"http://testserver(/\S+)", message.body)[1]


@pytest.mark.parametrize("site", ["https://nature.example.org/", ""])
def test_the_link_in_the_mail_leads_to_the_site(client, user, settings, site):
    settings.SITE_URL = site
    sent = {"email": user.email}
    client.post(reverse("accounts:password_reset"), sent, headers={"Host": "testserver:8443"})
    (message,) = mail.outbox
    assert f"{site or 'http://testserver:8443/'}password/new/" in message.body


def set_password(client, link, password):
    form = client.get(link)["Location"]
    return client.post(form, {"new_password1": password, "new_password2": password})


def test_a_password_is_set_by_mail(client, user):
    link = link_in_mail(client, "OFFICER@example.org")
    (message,) = mail.outbox
    assert message.to == ["officer@example.org"]
    assert message.subject == "Set your password for CitiesNature"
    assert message.alternatives == []
    assert message.body.startswith("Hello Lin Yun,")
    response = set_password(client, link, "otters-swim-at-dawn")
    assert response["Location"] == reverse("accounts:password_reset_complete")
    assert get_user(client).is_anonymous
    assert sign_in(client, password=PASSWORD).status_code == 200
    assert sign_in(client, password="otters-swim-at-dawn").status_code == 302
    assert "This link does not work any more" in client.get(link).content.decode()


def test_a_weak_password_is_refused_with_a_reason(client, user):
    response = set_password(client, link_in_mail(client), "12345678")
    assert response.status_code == 200
    assert "This password is too common." in response.content.decode()


def test_an_account_made_without_a_password_gets_its_first_by_mail(client, user):
    user.set_unusable_password()
    user.save()
    set_password(client, link_in_mail(client), "otters-swim-at-dawn")
    assert sign_in(client, password="otters-swim-at-dawn").status_code == 302


@pytest.mark.parametrize("email", ["stranger@example.org", "closed@example.org"])
def test_nobody_learns_who_has_an_account(client, user, email):
    make_user("closed@example.org", is_active=False)
    known = client.post(reverse("accounts:password_reset"), {"email": user.email}, follow=True)
    mail.outbox.clear()
    other = client.post(reverse("accounts:password_reset"), {"email": email}, follow=True)
    assert mail.outbox == []
    assert other.content == known.content
