"""The Atom feed of a city's versions."""

import datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from profiles.models import Publication
from tests.factories import make_city, make_user

from .test_versions import FIRST, change

ATOM = "{http://www.w3.org/2005/Atom}"
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def city(catalogue):
    """Three saves of one person within the hour, and one of the next day."""
    person, city = make_user(full_name="Olga Meier"), make_city("Port <Trial>", slug="port-trial")
    for population in (1000, 2000, 3000, 4000):
        change(city, population=population)
    for number, moment in enumerate((0, 30, 59, 1500), start=1):
        row = Publication.objects.filter(number=number)
        row.update(published_at=FIRST + moment * MINUTE, published_by=person, kind="at-once")
    return city


def feed_of(client, city, **extra):
    response = client.get(reverse("website:city_feed", args=[city.slug]), **extra)
    assert response.status_code == 200
    return response, ElementTree.fromstring(response.content)  # noqa: S314 (our own feed)


def said(entry, *names):
    return [entry.findtext(ATOM + name) for name in names]


def test_the_feed_has_an_entry_for_each_of_the_list_with_a_summary(client, city):
    response, feed = feed_of(client, city)
    assert response["Content-Type"].startswith("application/atom+xml")
    assert response["Last-Modified"] == "Mon, 02 Mar 2026 13:00:00 GMT"
    assert said(feed, "title", "updated") == [
        "Versions of the profile of Port <Trial>",
        "2026-03-02T13:00:00+00:00",
    ]
    newest, folded = feed.findall(ATOM + "entry")
    assert said(newest, "title", "summary") == ["Version 4", "Population size changed"]
    assert said(folded, "title", "published", "updated") == [
        "Version 3",
        "2026-03-01T12:00:00+00:00",
        "2026-03-01T12:59:00+00:00",
    ]
    assert newest.find(ATOM + "link").get("href") == (
        "http://testserver/cities/port-trial/versions/4/"
    )
    assert "Olga" not in response.text
    page = client.get(city.get_absolute_url()).text
    assert (
        'type="application/atom+xml" title="Versions of the profile of Port &lt;Trial&gt;"' in page
    )


def test_an_entry_keeps_its_id_when_it_grows_and_when_the_city_moves(client, city):
    Publication.objects.filter(number__gt=2).update(published_at=FIRST + 90 * MINUTE)
    before = {said(one, "id")[0] for one in feed_of(client, city)[1].findall(ATOM + "entry")}
    Publication.objects.filter(number=3).update(published_at=FIRST + 59 * MINUTE)
    change(city, slug="haven")
    after = [said(one, "id")[0] for one in feed_of(client, city)[1].findall(ATOM + "entry")]
    assert before & {*after} and after[-1] in before


def test_an_entry_begins_with_what_the_city_says_of_it(client, city):
    Publication.objects.filter(number=4).update(kind="city", note="A new <count>")
    newest = feed_of(client, city)[1].find(ATOM + "entry")
    assert said(newest, "summary") == ["A new &lt;count&gt; · Population size changed"]


def test_a_withdrawn_version_says_so(client, city):
    Publication.objects.filter(number=3).update(
        withdrawn_at=FIRST + 2000 * MINUTE, withdrawal_note="A name & a number."
    )
    _response, feed = feed_of(client, city)
    told = [said(entry, "title", "summary") for entry in feed.findall(ATOM + "entry")]
    assert told[1] == ["Version 3, withdrawn", "A name &amp; a number."]
    assert [title for title, _summary in told] == [
        *("Version 4", "Version 3, withdrawn", "Version 2")
    ]
