"""The city's own form: what officers may not touch, and how staff publish."""

import pytest
from django.urls import reverse

from profiles.dates import today
from profiles.models import City, Country, State
from profiles.publishing import TRANSITIONS
from tests.admin.forms import errors_of, filled, save
from tests.clients import url_of

FORGED = {
    "slug": "taken",
    "country": "1",
    "country_name": "x",
    "state": "draft",
    "state_note": "forged",
    "is_sample": "on",
    "content_version": "0",
    "last_action_number": "0",
    "search_text": "x",
}


@pytest.mark.parametrize("person", ["officer", "coordinator"])
def test_an_officer_changes_the_texts_and_no_more(as_, ours, person):
    before = City.objects.filter(pk=ours.city.pk).values(
        "slug", "country", "state", "state_note", "is_sample", "last_action_number"
    )
    kept = before.get()
    country = Country.objects.exclude(pk=ours.city.country_id).first()
    forged = {**FORGED, "country": country.pk}
    assert save(as_(person), url_of(ours.city), about="Anew.", **forged).status_code == 302
    assert before.get() == kept
    ours.city.refresh_from_db()
    assert ours.city.about == "Anew."


def test_only_staff_add_cities(as_, catalogue):
    url = reverse("admin:profiles_city_add")
    for person in ("officer", "coordinator", "reviewer"):
        assert as_(person).get(url).status_code == 403
        assert as_(person).post(url, {"name": "x"}).status_code == 403
    country = Country.objects.get(code="BR").pk
    data = filled(as_("staff"), url, name="Vila Nova", slug="vila-nova", country=country)
    assert as_("staff").post(url, data).status_code == 302
    assert City.objects.get(slug="vila-nova").state == State.DRAFT


def test_only_superusers_delete_cities(as_, ours):
    url = url_of(ours.city, "delete")
    for person in ("officer", "coordinator", "reviewer", "staff"):
        assert as_(person).post(url, {"post": "yes"}).status_code == 403
    root = as_("superuser")
    assert root.post(url, filled(root, url)).status_code == 302
    assert not City.objects.filter(pk=ours.city.pk).exists()


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_a_state_follows_only_where_the_table_says(as_, ours, before, after):
    City.objects.filter(pk=ours.city.pk).update(state=before)
    response = save(as_("staff"), url_of(ours.city), state=after, state_note="Please mend it.")
    allowed = TRANSITIONS.may_follow(before, after, by_staff=True)
    assert response.status_code == (302 if allowed else 200)
    ours.city.refresh_from_db()
    assert ours.city.state == (after if allowed else before)


def test_returning_needs_a_note(as_, ours):
    City.objects.filter(pk=ours.city.pk).update(state=State.IN_REVIEW)
    response = save(as_("staff"), url_of(ours.city), state=State.RETURNED)
    assert errors_of(response) == ["Say what the city should change."]


def test_what_is_missing_is_said_at_its_field(as_, ours):
    page = as_("officer").get(url_of(ours.city)).content.decode()
    assert page.count("Not filled in yet") == 11


def test_an_officer_meets_the_own_city_first(as_, ours, theirs):
    page = as_("officer").get("/admin/").content.decode()
    for link in (url_of(ours.city), ours.city.get_absolute_url(), "actions/action/add/"):
        assert link in page
    assert "Their City" not in page
    assert 'class="missing"' in page
    City.objects.filter(pk=theirs.city.pk).update(state=State.IN_REVIEW)
    assert "Their City" in as_("staff").get("/admin/").content.decode()


def test_figures_of_a_city_that_look_wrong_want_a_reason(officer, ours):
    url, figures = url_of(ours.city), {"population": "500000", "area_km2": "2"}
    assert errors_of(save(officer, url, **figures)) == [
        "That makes 250,000 people on each km², more than in the densest city.",
        "Correct the figure, or say here why it is right.",
    ]
    assert save(officer, url, **figures, confirmed="Towers.").status_code == 302
    assert save(officer, url, population="400000").status_code == 302  # answered already
    assert errors_of(save(officer, url, population="40000"))[0].startswith("It was 400,000 before.")


def test_the_year_of_the_population_is_not_to_come(officer, ours):
    later = str(today().year + 1)
    response = save(officer, url_of(ours.city), population="5", population_year=later)
    assert errors_of(response) == ["This year is still to come."]
