"""Mails to the people of some cities: who gets them, and that what was shown is sent once."""

import pytest
from django.core import mail
from django.urls import reverse

from notices.models import MutedKind
from oversight.mail_writer import write_mails
from oversight.mailings import audience_of
from oversight.models import Mailing, MailingRecipient
from profiles.models import Region
from tests.clients import client_of, url_of, words_of
from tests.factories import make_city, make_user

TEXT = "Dear {name},\n\n{city} is due."


@pytest.fixture
def cities(catalogue):
    return [make_city("Port Trial"), make_city("Two Hills"), make_city("Far Away", country="ZA")]


@pytest.fixture
def people(cities):
    port, hills, far = cities
    lin = make_user("lin@example.org", officer_of=port, full_name="Lin")
    make_user("closed@example.org", officer_of=port, is_active=False)
    muted = make_user("muted@example.org", officer_of=hills)
    MutedKind.objects.create(user=muted, kind="message")
    make_user("far@example.org", officer_of=far)
    asia = Region.objects.get(countries__code="CN")
    return {
        "lin": lin,
        "coordinator": make_user("co@example.org", coordinator_of=asia, full_name="Co"),
        "staff": make_user("staff@example.org", is_staff=True),
    }


def draft(cities, by, **fields):
    values = {"subject": "The update of {city}", "text": TEXT, **fields}
    mailing = Mailing.objects.create(written_by=by, **values)
    mailing.cities.set(cities)
    return mailing


def test_a_mail_goes_to_those_of_own_cities_who_want_it(cities, people, settings):
    found = audience_of(draft(cities, people["coordinator"]), people["coordinator"])
    assert [one.user for one in found.recipients] == [people["lin"]]
    assert [city.name for city in found.unreached] == ["Two Hills"]
    staff = people["staff"]
    emails = {one.user.email for one in audience_of(draft(cities, staff), staff).recipients}
    assert emails == {"lin@example.org", "far@example.org"}
    settings.ALLOW_DEMO = False
    type(cities[0]).objects.filter(pk=cities[0].pk).update(is_sample=True)
    found = audience_of(draft(cities, staff), staff)
    assert [one.user.email for one in found.recipients] == ["far@example.org"]


def test_who_has_two_cities_gets_one_mail_unless_it_names_the_city(cities, people):
    both = make_user("both@example.org", officer_of=cities[0])
    both.assignments.model.objects.filter(user__email="far@example.org").update(user=both)
    staff = people["staff"]
    named, plain = draft(cities, staff), draft(cities, staff, subject="Hello", text="All of you.")
    for mailing, count in ((named, 2), (plain, 1)):
        users = [one.user for one in audience_of(mailing, staff).recipients]
        assert users.count(both) == count


def test_it_is_written_looked_at_and_sent_once(cities, people):
    client = client_of(people["coordinator"])
    chosen = {"action": "write_to", "_selected_action": [city.pk for city in cities]}
    page = client.post(reverse("admin:oversight_overseencity_changelist"), chosen).url
    mailing = Mailing.objects.get()
    assert set(mailing.cities.all()) == set(cities[:2])
    wrong = client.post(page, {"subject": "The update", "text": "Of {citty}"})
    assert "{citty} is not filled in." in words_of(wrong)
    look = client.post(page, {"subject": "The update of {city}", "text": TEXT}).url
    preview = client.get(look)
    assert "Dear Lin,</p>" in preview.content.decode() and "Send 1 mail" in words_of(preview)
    seen = {"seen": preview.context["seen"]}
    late = make_user("late@example.org", officer_of=cities[1])
    assert "Nothing has been sent" in words_of(client.post(look, seen))
    assert not MailingRecipient.objects.exists()
    seen = {"seen": client.get(look).context["seen"]}
    for _attempt in range(2):
        client.post(look, seen)
    assert {row.user for row in mailing.recipients.all()} == {people["lin"], late}
    MutedKind.objects.create(user=late, kind="message")
    for _worker in range(2):
        write_mails(lambda: True)
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["lin@example.org"], "The update of Port Trial")
    assert message.reply_to == ["co@example.org"]
    assert message.body.startswith("Dear Lin,\n\nPort Trial is due.\n")
    assert "List-Unsubscribe" in message.extra_headers
    sent = words_of(client.get(page))
    assert "Sent by Co" in sent and "on its way" in sent and "not sent:" in sent


def test_a_draft_is_for_who_writes_it_and_staff(cities, people):
    page = url_of(draft(cities, people["staff"]))
    assert client_of(people["coordinator"]).get(page).status_code == 404
    assert client_of(people["lin"]).get(page).status_code == 404
    client_of(people["staff"]).post(page, {"_discard": "x"})
    assert not Mailing.objects.exists()
