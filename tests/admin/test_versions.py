"""The versions of a city in the admin: only platform staff withdraw one, or redact a part."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from profiles.models import Publication, Redaction
from tests.clients import words_of
from tests.factories import make_action, make_city, make_user, writing
from tests.published import publish_all

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def city(client):
    """Two versions; platform staff are signed in."""
    city = make_city("Port Trial", head_name="A. Person")
    for head_name in ("A. Person", ""):
        with writing():
            city.head_name = head_name
            city.save()
        publish_all()
    client.force_login(make_user("staff@example.org", is_staff=True))
    return city


def page(number, name):
    publication = Publication.objects.get(number=number)
    return reverse(f"admin:profiles_publication_{name}", args=[publication.pk])


def version(client, number):
    client.logout()
    return client.get(f"/cities/port-trial/versions/{number}/")


def test_staff_withdraw_a_version_with_a_reason(client, city):
    assert "Say why: a line is enough." in client.post(page(1, "withdraw")).text
    done = client.post(page(1, "withdraw"), {"withdrawal_note": "A wrong name."}, follow=True)
    assert "Version 1 is withdrawn." in done.text
    assert LogEntry.objects.get().user.email == "staff@example.org"
    again = client.post(page(1, "withdraw"), {"withdrawal_note": "Another."}).text
    assert "withdrawn already" in again
    gone = version(client, 1)
    assert gone.status_code == 410 and "A wrong name." in gone.content.decode()
    assert 'href="/cities/port-trial/versions/2/"' in gone.content.decode()
    listed = client.get("/cities/port-trial/versions/").text
    assert "A wrong name." in listed and 'href="/cities/port-trial/versions/1/"' not in listed


def test_a_version_withdrawn_by_mistake_is_given_back(client, city):
    """The history says who did what, and why; what was redacted meanwhile stays out."""
    early = client.get(page(1, "reinstate")).text
    assert "not withdrawn" in early and 'name="reason"' not in early
    assert "not withdrawn" in client.post(page(1, "reinstate"), {"reason": "So"}).text
    client.post(page(1, "withdraw"), {"withdrawal_note": "The wrong city."})
    given = {"path": "city.head_name", "reason": "On request."}
    client.post(page(1, "redact"), given)
    assert 'reinstate/">' in client.get(page(1, "change")).text
    assert "Say why: a line is enough." in client.post(page(1, "reinstate")).text
    done = client.post(page(1, "reinstate"), {"reason": "It was another city’s."}, follow=True)
    assert "Everybody can read version 1 again." in done.text and 'withdraw/">' in done.text
    told = words_of(client.get(page(1, "change")))
    assert "Version 1 is withdrawn. The wrong city." in told
    assert "Everybody can read version 1 again. It was another city’s." in told
    row = Publication.objects.get(number=1)
    assert (row.withdrawn_by, row.withdrawal_note, row.reinstated_by.email) == (
        *(None, "", "staff@example.org"),
    )
    back = version(client, 1)
    assert back.status_code == 200 and "A. Person" not in back.text
    assert (
        'href="/cities/port-trial/versions/1/"' in client.get("/cities/port-trial/versions/").text
    )
    updated = row.reinstated_at.isoformat()
    assert (
        f"<updated>{updated}</updated>" in client.get("/cities/port-trial/versions/feed.xml").text
    )


def test_a_version_whose_content_was_removed_does_not_come_back(client, city):
    client.post(page(1, "withdraw"), {"withdrawal_note": "A wrong name."})
    Publication.objects.filter(number=1).update(record=b"")
    assert "content has been removed" in client.post(page(1, "reinstate"), {"reason": "So"}).text
    assert version(client, 1).status_code == 410


def test_the_current_version_is_not_withdrawn(client, city):
    assert "This is the current version." in client.get(page(2, "withdraw")).text
    assert 'withdraw/">' not in client.get(page(2, "change")).text
    refused = client.post(page(2, "withdraw"), {"withdrawal_note": "A wrong name."})
    assert "This is the current version. Publish a corrected one first" in refused.text
    assert version(client, 2).status_code == 200


def test_a_city_that_comes_back_gets_a_new_version_where_its_newest_is_withdrawn(client, city):
    """What was public before it; the city publishes again what it has corrected since."""
    for is_withdrawn in (True, False):
        with writing():
            city.is_withdrawn = is_withdrawn
            city.save()
        publish_all()
        if is_withdrawn:
            client.post(page(2, "withdraw"), {"withdrawal_note": "A wrong name."})
    assert version(client, 2).status_code == 410
    assert "A. Person" in version(client, 3).text


def test_staff_redact_a_part_of_all_versions(client, city):
    form = client.get(page(1, "redact")).text
    assert "Head of government: name: \u2068A. Person\u2069 <" in form
    assert ">city.head_name<" in form
    given = {"path": "city.head_name", "reason": "On request."}
    done = client.post(page(1, "redact"), given, follow=True)
    assert "Taken out of these versions: 1." in done.text
    former = Publication.objects.get(number=1)
    [redaction] = Redaction.objects.all()
    assert redaction.former_hashes["1"] in done.text and former.sha256 in done.text
    said = version(client, 1).text
    mark = "a part of this version was taken out. The reason: On request."
    assert "A. Person" not in said and mark in said
    [note] = client.get("/cities/port-trial/versions/1/profile.json").json()["colophon"][
        "redaction_notes"
    ]
    assert note["value"].endswith(mark)
    assert "On request." not in version(client, 2).text


def test_what_is_redacted_is_found_by_words_and_by_its_place(client, city, monkeypatch):
    for text in ("Hedges that A. Person planted.", "A pond."):
        make_action(city, description=text)
    publish_all()
    url = page(3, "redact")
    whole = client.get(url).text
    hedges = "Action 1: \u2068Hedges that A. Person planted.\u2069 ("
    assert f'<option value="actions.1">{hedges}' in whole
    assert "<legend>Action 2: \u2068A pond.\u2069</legend>" in whole
    assert '<option value="actions">Actions (4)</option>' in whole
    found = client.get(url, {"q": "person  PLANTED"}).text
    assert 'value="actions.1.description"' in found and 'value="actions.2.' not in found
    narrowed = client.get(url, {"part": "actions.2"}).text
    assert 'value="actions.2.description"' in narrowed and 'value="actions.1.' not in narrowed
    none = client.get(url, {"q": "zebra"}).text
    assert "Nothing of this version has these words." in none and "Take it out" not in none
    chosen = {"path": "actions.1.description"}
    again = client.post(f"{url}?part=actions.2", chosen).text
    assert "Say why: a line is enough." in again
    assert re.search(r'value="actions.1.description"[^>]*checked', again)
    monkeypatch.setattr("publishing.version_forms.MOST_SHOWN", 3)
    few = client.get(url).text
    assert few.count('type="radio"') == 3 and "more are not shown: search for words" in few
    every = re.findall('type="radio" name="path" value="([^"]+)"', whole)
    beyond = client.post(url, {"path": every[-1]}).text
    assert beyond.count('type="radio"') == 4
    assert len(every) == 5 and "One more is not shown" in beyond


@pytest.mark.parametrize("name", ["change", "withdraw", "reinstate", "redact"])
def test_nobody_else_comes_in(client, city, name):
    client.force_login(make_user(officer_of=city))
    assert client.get(page(1, name)).status_code == 403
    assert client.post(page(1, name), {"withdrawal_note": "So"}).status_code == 403
    assert not Publication.objects.exclude(withdrawn_at=None).exists()


def test_the_page_of_the_city_leads_to_its_versions(client, city):
    listed = f"{reverse('admin:profiles_publication_changelist')}?city__id__exact={city.pk}"
    assert (
        f'href="{listed}"' in client.get(reverse("admin:profiles_city_change", args=[city.pk])).text
    )
    make_city("Elsewhere")
    publish_all()
    rows = client.get(listed).text
    assert rows.count('class="field-version"') == 2 and "Elsewhere" not in rows
