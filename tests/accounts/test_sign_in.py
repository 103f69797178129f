"""Signing in and out, the lockout, and a password set by mail."""

import re

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts import password_mails
from accounts.models import PasswordRequest, User
from accounts.password_mails import answer_requests
from tests.factories import PASSWORD, make_city, make_user
from tests.published import publish_all

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


def ask_for_mail(client, email="officer@example.org", **extra):
    """Ask for a new password; the worker answers."""
    response = client.post(reverse("accounts:password_reset"), {"email": email}, **extra)
    answer_requests(lambda: True)
    return response


def link_in_mail(client, email="officer@example.org"):
    """Ask for a new password and take the link out of the mail."""
    response = ask_for_mail(client, email)
    assert response["Location"] == reverse("accounts:password_reset_done")
    (message,) = mail.outbox
    return re.search(r"http://testserver(/\S+)", message.body)[1]


@pytest.mark.parametrize("site", ["https://nature.example.org/", ""])
def test_the_link_in_the_mail_leads_to_the_site(client, user, settings, site):
    settings.SITE_URL = site
    ask_for_mail(client, headers={"Host": "testserver:8443"})
    (message,) = mail.outbox
    ((html, _kind),) = message.alternatives
    for text in (message.body, html):
        assert f"{site or 'http://testserver:8443/'}password/new/" in text


def set_password(client, link, password):
    form = client.get(link)["Location"]
    return client.post(form, {"new_password1": password, "new_password2": password})


def test_a_password_is_set_by_mail(client, user):
    link = link_in_mail(client, "OFFICER@example.org")
    (message,) = mail.outbox
    assert message.to == ["officer@example.org"]
    assert message.subject == "Set your password for CitiesNature"
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
    known = ask_for_mail(client, follow=True)
    mail.outbox.clear()
    other = ask_for_mail(client, email, follow=True)
    assert mail.outbox == []
    assert other.content == known.content


def test_the_page_does_the_same_whether_there_is_an_account(
    client, user, django_assert_num_queries
):
    """No account is looked up, and no mail written: only the request is stored."""
    publish_all()
    for email in (user.email, "stranger@example.org"):
        with django_assert_num_queries(2) as asked:
            client.post(reverse("accounts:password_reset"), {"email": email})
        assert not [query for query in asked if User._meta.db_table in query["sql"]]
    assert mail.outbox == []
    assert PasswordRequest.objects.count() == 2


def test_five_mails_an_hour_go_to_one_address_and_nobody_is_told(client, user):
    answers = {ask_for_mail(client, spelt).url for spelt in [user.email, user.email.upper()] * 3}
    assert answers == {reverse("accounts:password_reset_done")}
    assert len(mail.outbox) == password_mails.MOST_OF_ADDRESS
    ask_for_mail(client, make_user("other@example.org").email)
    assert len(mail.outbox) == password_mails.MOST_OF_ADDRESS + 1
    PasswordRequest.objects.update(asked_at=timezone.now() - password_mails.HOUR)
    ask_for_mail(client)
    assert len(mail.outbox) == password_mails.MOST_OF_ADDRESS + 2


def test_one_visitor_has_so_many_mails_sent_in_an_hour(client, user, monkeypatch):
    monkeypatch.setattr(password_mails, "MOST_OF_CLIENT", 1)
    ask_for_mail(client, "stranger@example.org", REMOTE_ADDR="203.0.113.9")
    ask_for_mail(client, REMOTE_ADDR="203.0.113.9")
    assert mail.outbox == []
    ask_for_mail(client, REMOTE_ADDR="203.0.113.10")
    assert len(mail.outbox) == 1


def test_where_the_ip_address_is_unknown_it_is_not_counted(client, user, monkeypatch):
    monkeypatch.setattr(password_mails, "MOST_OF_CLIENT", 1)
    for _time in range(2):
        ask_for_mail(client, REMOTE_ADDR="")
    assert len(mail.outbox) == 2


def test_requests_are_forgotten_after_a_day(db):
    PasswordRequest.objects.create(email_key="old", asked_at=timezone.now() - password_mails.DAY)
    PasswordRequest.objects.create(email_key="new")
    password_mails.forget_requests()
    assert PasswordRequest.objects.get().email_key == "new"
