"""A city's page: it has what the document has, and only those who may see the city see it."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.html import escape
from msgspec import structs

from actions.models import Statement
from actions.record import ActionRecord, ActionsRecord
from pathway.models import Step, StepItem
from profiles.models import Publication, PublicCity
from publishing import record as records
from report.sources import working_document
from tests.factories import (
    make_action,
    make_city,
    make_resource,
    make_statement,
    make_user,
    withdraw,
    writing,
)
from tests.published import publish_all

from .reading import page_of, words_of


@pytest.fixture
def city(catalogue):
    return make_city("Port Trial", population=1_234_567, population_year=2024)


def test_all_of_anji_is_there_in_order(client, anji):
    page = page_of(client, anji)
    document = working_document(anji)
    numbers = re.findall(r'<div class="action-body" id="action-(\d+)">', page)
    assert numbers == [str(action.number) for action in document.actions.actions]
    assert len(numbers) == 30
    assert page.count("statement-baseline") == 18
    assert page.count("statement-target") == 1
    assert page.count('<section class="commitment"') == 13
    shown = words_of(page, " ")
    assert "Not reported yet: Nature Pathway City Biodiversity Index Tools &amp; resources" in shown
    assert "In its own figures" in shown and page.count('<li class="own-figure">') == 4
    assert "600,000 people (year not given)" in shown
    parts = re.findall(r'<section class="(?:glance-part|chapter) [^>]* id="([a-z-]+)"', page)
    assert parts == ["figures", "targets", "what-it-does", "overview", "actions"]
    for action in document.actions.actions:
        assert " ".join(escape(action.description.value).split()) in shown
        assert escape(action.title.value) in shown


def test_a_value_stands_in_its_sentence_without_stray_spaces(client, city):
    make_action(city, "natural-areas", baseline={"total_area": "1886"})
    sentence = "under the city jurisdiction is currently <strong>1,886\u00a0square km</strong>."
    assert sentence in page_of(client, city)


def test_a_name_that_runs_the_other_way_turns_nothing_beside_it(client, catalogue):
    city = make_city("עדן", slug="eden", head_name="دان", head_title="Mayor")
    page = page_of(client, city)
    assert "<h1><bdi>עדן</bdi></h1>" in page
    assert "<dd><bdi>دان, Mayor</bdi></dd>" in page
    assert "<bdi>עדן</bdi></a>" in client.get("/cities/").content.decode()


def test_words_carry_their_language_and_direction(client, catalogue):
    city = make_city("Wadi", content_language="ar", local_name="وادي", about="نهر\n\nطيور")
    page = page_of(client, city)
    assert '<span lang="ar" dir="rtl">وادي</span>' in page
    assert '<p lang="ar" dir="rtl">نهر</p>' in page
    assert '<p lang="ar" dir="rtl">طيور</p>' in page


def test_words_of_a_city_are_words_and_never_markup(client, catalogue):
    city = make_city("A <b>bold</b> name", slug="bold", about="<script>alert(1)</script>")
    page = page_of(client, city)
    assert "<b>" not in page
    # Of ours alone: files, and a block of data.
    assert not re.search(r"<script(?! src=| type=\"application/ld\+json\")", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_almost_empty_city_says_so_in_words(client, city):
    page = page_of(client, city)
    shown = words_of(page)
    document = working_document(city)
    assert escape(document.overview.about.empty.value) in shown
    assert escape(document.glance.sentence.value) in shown
    assert "In its own figures" not in shown and "Targets" not in shown
    for chapter in document.chapters[1:]:
        assert chapter.head.title in document.glance.not_reported
        assert f'<span id="{chapter.head.anchor}">{escape(chapter.head.title.value)}</span>' in page


def test_everything_a_statement_can_hold_is_shown(client, city):
    action = make_action(city, "natural-areas")
    make_statement(action, Statement.Kind.BASELINE, {"natural_area": "100"}, year=2025)
    make_statement(
        action,
        Statement.Kind.TARGET,
        {"natural_area": "120.5"},
        due_year=2030,
        text="Wetlands first.",
        source="Plan of 2025",
    )
    with writing():
        StepItem.objects.create(
            city=city, step=Step.objects.get(number=4), title="Our plan", url="https://example.org/"
        )
    shown = words_of(page_of(client, city))
    for words in ("Target for 2030:", "120.5 square km", "Wetlands first.", "Plan of 2025"):
        assert words in shown
    assert "Year of the data: 2025" in shown
    assert 'href="https://example.org/"' in page_of(client, city)


def test_what_a_level_still_lacks_is_told_to_its_officer_alone(client, city):
    page = page_of(client, city)
    assert words_of(page).count("% complete") == 12
    assert "Still to do" not in page
    client.force_login(make_user(officer_of=city))
    assert "Still to do" in page_of(client, city)


def test_samples_are_marked_and_kept_out_of_search_engines(client, catalogue):
    page = client.get(make_city(is_sample=True).get_absolute_url())
    assert "Invented city: no place" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get(make_city().get_absolute_url())


def test_only_who_may_edit_finds_links_to_edit(client, city):
    action = make_action(city)
    assert "edit-link" not in page_of(client, city)
    client.force_login(make_user(officer_of=make_city()))
    assert "edit-link" not in page_of(client, city)
    client.force_login(make_user(officer_of=city))
    links = re.findall(r'class="edit-link" href="([^"]+)"', page_of(client, city))
    assert len(links) == 6  # five chapters and the action
    answers = [client.get(link) for link in links]
    assert {"no-store" in answer["Cache-Control"] for answer in answers} == {True}
    places = [answer["Location"] for answer in answers]
    assert reverse("admin:actions_action_change", args=[action.pk]) in places
    assert {client.get(place).status_code for place in places} == {200}


@pytest.mark.parametrize("shown", ["action/1", "action/2", "overview", "weather"])
def test_a_link_to_edit_leads_nobody_where_there_is_nothing_for_them(client, city, shown):
    make_action(city)
    link = f"{city.get_absolute_url()}edit/{shown}/"
    assert client.get(link)["Location"] == f"{reverse('accounts:sign_in')}?next={link}"
    client.force_login(make_user(officer_of=make_city()))
    assert client.get(link).status_code == 404
    client.force_login(make_user(officer_of=city))
    assert client.get(link).status_code == (302 if shown in ("action/1", "overview") else 404)


@pytest.mark.parametrize("name", ["city", "city_pdf", "city_json"])
def test_a_former_address_leads_to_the_present_one(client, city, name):
    old = city.slug
    with writing():
        city.slug = "port-trial-and-sands"
        city.save()
    response = client.get(reverse(f"website:{name}", args=[old]))
    assert response.status_code == 301
    assert response["Location"] == reverse(f"website:{name}", args=["port-trial-and-sands"])
    assert "no-store" in response["Cache-Control"]  # the city may take its old address again
    withdraw(city)
    assert client.get(reverse(f"website:{name}", args=[old])).status_code == 410


@pytest.mark.parametrize("name", ["city", "city_pdf", "city_json"])
def test_an_unknown_address_is_not_found(client, db, name):
    assert client.get(reverse(f"website:{name}", args=["nowhere"])).status_code == 404


@pytest.mark.parametrize("name", ["city", "city_pdf", "city_json"])
def test_a_deleted_city_is_said_to_be_gone(client, city, name):
    former, address = city.slug, reverse(f"website:{name}", args=["port-trial-and-sands"])
    with writing():
        city.slug = "port-trial-and-sands"
        city.save()
    assert client.get(address).status_code == 200
    with writing():
        city.delete()
    for gone in (address, reverse(f"website:{name}", args=[former])):
        response = client.get(gone)
        assert response.status_code == 410
        assert "The city is no longer on this platform" in response.content.decode()


def publish_with(city, count):
    """Publish the city as if it had so many actions, of which there are no rows."""
    publish_all()
    publication = PublicCity.objects.get(pk=city.pk).publication
    record = records.read(publication.record)
    actions = tuple(
        ActionRecord(
            number=number,
            action_type="natural-areas",
            description={"en": "Hedges."},
            updated_on=datetime.date(2026, 1, 1),
        )
        for number in range(1, count + 1)
    )
    record = structs.replace(record, actions=ActionsRecord(actions=actions))
    stored = records.pack(records.encode(record))
    Publication.objects.filter(pk=publication.pk).update(record=stored)


@pytest.mark.parametrize(("person", "queries"), [("visitor", 3), ("officer", 7)])
def test_a_page_takes_few_queries_and_no_more_for_many_actions(
    client, city, person, queries, django_assert_num_queries
):
    """The city with its publication, the record and the resources; who is signed in is asked for
    by session, account, right to edit and the link in the head."""
    make_resource(city, topics=["governance-management"])
    if person == "officer":
        client.force_login(make_user(officer_of=city))
    for count in (3, 2_000 if person == "visitor" else 30):
        publish_with(city, count)
        with django_assert_num_queries(queries):
            page = page_of(client, city)
        assert page.count(' id="action-') == count
