"""One address is one person, however it is spelt."""

from importlib import import_module

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from accounts.emails import EmailFormField, canonical_email, email_key
from accounts.models import User
from accounts.password_mails import answer_requests
from tests.clients import client_of, words_of
from tests.factories import PASSWORD, make_user

MUNICH = "sam@xn--mnchen-3ya.example"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" Sam@EXAMPLE.org ", "Sam@example.org"),
        ("ſam@example.org", "sam@example.org"),
        ("\u212aim@example.org", "Kim@example.org"),
        ("ｓａｍ＠ｅｘａｍｐｌｅ．ｏｒｇ", "sam@example.org"),
        ("sam@example。org", "sam@example.org"),
        ("sam@MÜNCHEN.example", MUNICH),
        ("sam@mu\u0308nchen.example", MUNICH),
        ("sam@XN--mnchen-3ya.example", MUNICH),
        # A Cyrillic а is another domain, and stays one.
        ("sam@ex\u0430mple.org", "sam@xn--exmple-4nf.org"),
        ("no address", "no address"),
    ],
)
def test_the_canonical_form(text, kept):
    assert canonical_email(text) == kept
    assert canonical_email(kept) == kept
    assert EmailFormField().to_python(text) == kept


def test_addresses_are_compared_in_small_letters():
    assert email_key("SAM@Example.org") == email_key("ſam＠example.org") == "sam@example.org"


@pytest.mark.parametrize(
    "text", ["ıan@example.org", "İan@example.org", "sam@a@example.org", f"sam@{'ü' * 64}.org", "@"]
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValidationError):
        EmailFormField().clean(text)
    with pytest.raises(ValidationError):
        User._meta.get_field("email").clean(text, None)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("sam@example.org", "ſam@example.org"),
        (MUNICH, "Sam@münchen.example"),
        ("sam@münchen.example", MUNICH),
    ],
)
def test_a_second_account_of_one_address_is_refused_and_either_spelling_signs_in(
    db, stored, typed, client
):
    make_user(stored)
    staff = client_of(make_user("staff@example.org", is_staff=True))
    data = {"email": typed, "full_name": "Sam", "usable_password": "false"}
    page = words_of(staff.post(reverse("admin:accounts_user_add"), data))
    assert "Somebody with this e-mail address exists already." in page
    for spelling in (stored, typed):
        sent = {"username": spelling, "password": PASSWORD}
        assert client.post(reverse("accounts:sign_in"), sent).status_code == 302
        client.post(reverse("accounts:password_reset"), {"email": spelling})
    answer_requests(lambda: True)
    assert [message.to for message in mail.outbox] == [[canonical_email(stored)]] * 2


def test_a_turkish_letter_finds_nobody(db):
    """PostgreSQL takes ı for i where case does not matter."""
    make_user("ian@example.org")
    assert not User.objects.with_email("ıan@example.org").exists()


def test_stored_addresses_get_their_canonical_form_and_back(db):
    migration = import_module("accounts.migrations.0002_emails_in_their_canonical_form")
    before = MigrationLoader(connection).project_state(("accounts", "0001_users")).apps
    users = before.get_model("accounts.User").objects
    # Kim has two accounts: staff must say which one stays.
    kim = ["kim@münchen.example", "kim@xn--mnchen-3ya.example"]
    stored = ["sam@münchen.example", *kim, "Lin@example.org"]
    keys = [users.create(email=email).pk for email in stored]

    def emails():
        return [users.get(pk=key).email for key in keys]

    migration.make_canonical(before, None)
    assert emails() == [MUNICH, *stored[1:]]
    migration.write_domains_in_letters(before, None)
    assert emails() == stored
