"""The versions of a city: what each says for ever, and who reads them."""

import datetime
import io

import pypdf
import pytest
from django.urls import reverse

from catalogue.models import FixedText
from profiles.models import Publication
from tests.factories import (
    make_action,
    make_city,
    make_item,
    make_resource,
    make_statement,
    make_user,
    writing,
)
from tests.published import publish_all

from .reading import html_of, text_of

FORMS = ["version", "version_pdf", "version_json"]
FIRST = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def change(city, **fields):
    with writing():
        for name, value in fields.items():
            setattr(city, name, value)
        city.save()
    publish_all()


def at(client, city, number, form="version", **extra):
    return client.get(reverse(f"website:{form}", args=[city.slug, number]), **extra)


def listed(client, city):
    return client.get(reverse("website:versions", args=[city.slug]))


def on_days_of_their_own():
    """Let version 1 be published on 1 March 2026, version 2 a day later, and so on."""
    for publication in Publication.objects.all():
        moment = FIRST + (publication.number - 1) * DAY
        Publication.objects.filter(pk=publication.pk).update(published_at=moment)


@pytest.fixture
def city(catalogue):
    """Three versions, published on the first days of March 2026."""
    city = make_city("Port Trial", population=1000, about="Dunes.")
    publish_all()
    change(city, population=2000)
    change(city, about="Dunes and a river.")
    on_days_of_their_own()
    return city


def test_a_version_says_what_it_said_then_and_that_it_is_an_earlier_one(client, city):
    page = html_of(response := at(client, city, 2))
    assert "Dunes." in page and "2,000" in page and "river" not in page.partition("<main")[2]
    assert "<strong>Version 2, published 02 March 2026.</strong>" in page
    assert '<a href="/cities/port-trial/">The current profile of Port Trial</a>' in page
    assert '<link rel="canonical" href="http://testserver/cities/port-trial/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert response["X-Robots-Tag"] == "noindex"
    changes = text_of(response).partition("What changed since version 1")[2].partition("Cite")[0]
    assert "Before 1,000" in changes and "Now 2,000" in changes


def test_the_current_version_says_that_it_is_the_current_one(client, city):
    said = text_of(at(client, city, 3))
    assert "Version 3, the current one." in said and "river" in said
    assert at(client, city, 4).status_code == at(client, city, 10**30).status_code == 404


def test_pdf_and_json_of_a_version_say_so_too(client, city):
    answer = at(client, city, 1, "version_pdf")
    assert answer["X-Robots-Tag"] == "noindex"
    assert 'filename="port-trial-version-1-2026-03-01.pdf"' in answer["Content-Disposition"]
    cover = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "An earlier version: version 1, published 01 March 2026." in " ".join(cover.split())
    data = at(client, city, 1, "version_json").json()
    assert data["cover"]["earlier_note"]["value"].startswith("An earlier version: version 1")
    assert data["version"]["url"] == "http://testserver/cities/port-trial/versions/1/"
    assert data["version"]["current_url"] == "http://testserver/cities/port-trial/"
    assert data["overview"]["about"]["body"]["value"] == "Dunes."


def test_a_target_stands_as_it_stood_on_the_day_of_the_version(client, catalogue):
    """On its own day the target was still ahead; today, years later, it is overdue."""
    city = make_city("Port Trial")
    action = make_action(city, "natural-areas", baseline={"total_area": 12})
    make_statement(action, "target", {"total_area": 20}, due_year=2016)
    publish_all()
    Publication.objects.update(published_at=FIRST.replace(year=2015))
    assert "Overdue" not in text_of(at(client, city, 1))
    assert "Overdue" in text_of(client.get(city.get_absolute_url()))


def test_a_version_keeps_the_words_of_its_own_catalogue(client, city):
    text = FixedText.objects.get(code="overview.about")
    before = text.name
    text.name = "All about it"
    text.save()
    change(city, about="Bare.")
    assert before in text_of(at(client, city, 1))
    assert "All about it" in text_of(at(client, city, 4))


def test_a_text_that_the_old_catalogue_lacks_comes_from_todays(client, catalogue):
    text = FixedText.objects.get(code="footer")
    values = {name: getattr(text, name) for name in ("code", "name", "position", "origin")}
    text.delete()
    city = make_city("Port Trial")
    publish_all()
    FixedText.objects.create(**values)
    assert "www.citieswithnature.org" in text_of(at(client, city, 1))


def test_the_list_says_what_changed_and_names_nobody(client, city):
    person = make_user("officer@example.org", full_name="Olga Meier")
    Publication.objects.update(published_by=person, note="Import of budget.xlsx")
    Publication.objects.filter(number=2).update(kind="city", note="The census of 2025.")
    said = text_of(listed(client, city))
    rows = said.partition("Version 3")[2]
    assert "current 03 March 2026 About changed Version 2" in rows
    assert "02 March 2026 The census of 2025. Population size changed Version 1" in rows
    assert "The first version:" in rows
    assert "Olga" not in said and "officer@" not in said and "budget" not in said


def test_an_old_address_leads_on_and_a_city_that_is_not_public_has_no_versions(client, city):
    change(city, slug="haven")
    for form in FORMS:
        moved = client.get(reverse(f"website:{form}", args=["port-trial", 1]))
        assert moved["Location"] == reverse(f"website:{form}", args=["haven", 1])
    addresses = [reverse(f"website:{name}", args=["haven"]) for name in ("versions", "city_feed")]
    addresses += [reverse(f"website:{form}", args=["haven", 1]) for form in FORMS]
    change(city, is_withdrawn=True)
    assert {client.get(address).status_code for address in addresses} == {410}
    officer = make_user(officer_of=city)
    client.force_login(make_user(officer_of=make_city()))
    assert {client.get(address).status_code for address in addresses} == {410}
    client.force_login(officer)
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    assert all("no-store" in answer["Cache-Control"] for answer in answers)
    client.logout()
    with writing():
        city.delete()
    assert {client.get(address).status_code for address in addresses} == {410}


def test_a_version_that_cannot_be_read_is_explained_and_told(client, city, caplog):
    Publication.objects.filter(number=1).update(record=b"no record")
    for form in FORMS:
        response = at(client, city, 1, form)
        assert response.status_code == 503 and "no-store" in response["Cache-Control"]
    told = [one for one in caplog.records if one.name == "website.versions"]
    assert [one.levelname for one in told] == ["ERROR"] * 3
    assert text_of(listed(client, city)).count("Version 1") == 1
    assert "cannot be compared just now" in text_of(at(client, city, 2))


def test_a_version_that_is_kept_no_more_names_the_nearest_one(client, city):
    Publication.objects.filter(number=1).update(record=b"")
    response = at(client, city, 1, "version_json")
    assert response.status_code == 410
    assert 'href="/cities/port-trial/versions/2/"' in response.content.decode()
    assert "What changed since" not in text_of(at(client, city, 2))


@pytest.mark.parametrize("form", [*FORMS, "versions", "city_feed"])
def test_what_has_not_changed_is_not_sent_again(client, catalogue, form):
    """An earlier version follows a resource to which the city does not refer any more."""
    city, resource = make_city("Port Trial"), make_resource(None, organisation="Pond Trust")
    item = make_item(city, 1, "Item", resource=resource)
    publish_all()
    with writing():
        item.delete()
    publish_all()
    gaps = [city.slug, 1] if form in FORMS else [city.slug]
    address = reverse(f"website:{form}", args=gaps)
    first = client.get(address)
    tag = {"If-None-Match": first["ETag"]}
    assert first["Cache-Control"] == "public, no-cache"
    assert client.get(address, headers=tag).status_code == 304
    with writing():
        if form in FORMS:
            resource.organisation = "Lake Trust"
            resource.save()
        else:
            city.name = "Haven"
            city.save()
    again = client.get(address, headers=tag)
    assert again.status_code == 200
    if form != "version_pdf":
        assert ("Lake Trust" if form in FORMS else "Haven") in again.text
