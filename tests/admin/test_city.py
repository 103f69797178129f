"""The city's own form: what officers may not touch, and how staff publish."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from profiles.dates import today
from profiles.models import City, Country, PublicCity, State
from publishing.publish import publish
from tests.admin.forms import errors_of, filled, save
from tests.clients import url_of, words_of
from tests.factories import make_submission
from tests.published import publish_all

FORGED = {
    "slug": "taken",
    "country": "1",
    "country_name": "x",
    "publishing": "at-once",
    "is_withdrawn": "on",
    "withdrawal_note": "forged",
    "is_sample": "on",
    "content_version": "0",
    "last_action_number": "0",
    "search_text": "x",
}


@pytest.mark.parametrize("person", ["officer", "coordinator"])
def test_an_officer_changes_the_texts_and_no_more(as_, ours, person):
    before = City.objects.filter(pk=ours.city.pk).values(
        *("slug", "country", "publishing", "is_withdrawn", "withdrawal_note"),
        *("is_sample", "last_action_number"),
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


def test_a_city_is_withdrawn_with_a_note(as_, ours):
    publish(ours.city.pk)
    staff = as_("staff")
    response = save(staff, url_of(ours.city), is_withdrawn="on")
    assert errors_of(response) == ["Say why: the city's people read it."]
    save(staff, url_of(ours.city), is_withdrawn="on", withdrawal_note="Its figures are wrong.")
    publish_all()
    assert City.objects.get(pk=ours.city.pk).state == State.WITHDRAWN
    assert not PublicCity.objects.public().exists()


def test_staff_find_cities_by_their_state(as_, ours, theirs):
    publish(ours.city.pk)
    page = as_("staff").get(reverse("admin:profiles_city_changelist"), {"state": "draft"}).text
    assert "Their City" in page and ours.city.name not in page


def test_texts_are_tidied_or_refused_at_their_fields(as_, ours):
    url, before = url_of(ours.city), ours.city.name
    crowded = "Zalgo" + "\u0301" * 31
    response = save(as_("officer"), url, name="\u2060\u00ad", about=crowded, head_name=crowded)
    errors = response.context["adminform"].form.errors
    assert errors["name"] == ["This field is required."]
    for name in ("about", "head_name"):
        assert errors[name][0].startswith("Character 5, “o”, has 31 marks on it: at most 30 can")
    tidied = {"about": "One.\r\n\tTwo.", "head_name": "\u202eAda\u202c", "local_name": "\u3164"}
    assert save(as_("officer"), url, name=before, **tidied).status_code == 302
    ours.city.refresh_from_db()
    assert (ours.city.about, ours.city.head_name) == ("One.\n Two.", "Ada")
    assert ours.city.local_name == ""


def test_who_saves_reads_what_the_pdf_cannot_print(as_, ours):
    url = url_of(ours.city)
    response = as_("officer").post(url, filled(as_("officer"), url, about="ꠀꠁꠃ"), follow=True)
    told = "The PDF cannot print “\u2068ꠀ\u2069” (U+A800), “\u2068ꠁ\u2069” (U+A801)"
    assert f"About: {told}" in response.content.decode()
    assert "about: “\u2068ꠀ\u2069” (U+A800)" in as_("officer").get(url).content.decode()


def test_what_is_missing_is_said_at_its_field(as_, ours):
    page = as_("officer").get(url_of(ours.city)).content.decode()
    assert page.count("Not filled in yet") == 12


def test_an_officer_meets_the_own_city_first(as_, ours, theirs):
    page = as_("officer").get("/admin/").content.decode()
    for link in (url_of(ours.city), ours.city.get_absolute_url(), "actions/action/add/"):
        assert link in page
    assert "Their City" not in page
    assert 'class="not-yet"' in page
    make_submission(theirs.city)
    assert "Their City" in as_("staff").get("/admin/").content.decode()


def test_numbers_are_kept_as_they_were_pasted_and_what_was_rounded_is_said(as_, ours):
    response = save(
        as_("officer"),
        url_of(ours.city),
        population="1 886 320",
        population_year="２０２４",
        area_km2="1234.5678",
        latitude="-30,4620482",
        longitude="17.9929881",
    )
    assert response.status_code == 302
    ours.city.refresh_from_db()
    kept = ours.city.population, ours.city.population_year, str(ours.city.area_km2)
    assert kept == (1_886_320, 2024, "1234.568")
    assert (str(ours.city.latitude), str(ours.city.longitude)) == ("-30.46205", "17.99299")
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert "Area (km²): 1234.5678 is rounded to 1234.568: 3 decimals are kept." in said
    assert 'type="number"' not in as_("officer").get(url_of(ours.city)).content.decode()


def test_a_number_with_two_readings_is_asked_about_and_nothing_is_lost(as_, ours):
    response = save(as_("officer"), url_of(ours.city), area_km2="1,886", about="Anew.")
    assert errors_of(response) == ["This could be 1886 or 1.886: write 1886 or 1.8860."]
    page = response.content.decode()
    assert 'value="1,886"' in page
    assert "Anew." in page


def test_a_number_with_one_possible_reading_is_taken_and_told(as_, ours):
    typed = {"population": "600,000", "population_year": "2024", "area_km2": "1,886"}
    response = save(as_("officer"), url_of(ours.city), **typed)
    ours.city.refresh_from_db()
    assert ours.city.area_km2 == 1886
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert "Area (km²): “1,886” is read as: 1886." in said


def test_saving_the_only_city_leads_back_to_its_form_and_says_so(officer, staff, ours):
    response = officer.post(url_of(ours.city), filled(officer, url_of(ours.city)), follow=True)
    assert response.redirect_chain == [(url_of(ours.city), 302)]
    assert "was changed successfully" in response.content.decode()
    listed = save(staff, url_of(ours.city))["Location"]
    assert listed == reverse("admin:profiles_city_changelist")


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


def test_both_coordinates_are_pasted_into_one_field(officer, ours):
    link = "https://www.openstreetmap.org/#map=12/30.6312345/119.68"
    done = officer.post(url_of(ours.city), filled(officer, url_of(ours.city), latitude=link))
    ours.city.refresh_from_db()
    assert (str(ours.city.latitude), str(ours.city.longitude)) == ("30.63123", "119.68000")
    (note,) = [str(one) for one in get_messages(done.wsgi_request) if "read as" in str(one)]
    assert note.endswith("is read as: 30.63123, 119.68.")
    other = {"latitude": "10.5 N, 20.5 E", "longitude": "21"}
    (error,) = errors_of(save(officer, url_of(ours.city), **other))
    assert error == "Beside it stands 20.5: empty one of the two fields, or correct this."
    same = {"latitude": "30°37'52.428\"N 20.5E"}
    assert save(officer, url_of(ours.city), **same).status_code == 302
    ours.city.refresh_from_db()
    assert str(ours.city.longitude) == "20.50000", "saved although the latitude is the same"


def test_languages_are_shown_and_typed_by_name(officer, ours):
    url = url_of(ours.city)
    assert filled(officer, url)["content_language"] == "English"
    assert '<option value="Simplified Chinese">简体中文 · zh-Hans' in words_of(officer.get(url))
    save(officer, url, second_language="Chinese (Simplified)")
    ours.city.refresh_from_db()
    assert (ours.city.content_language, ours.city.second_language) == ("en", "zh-Hans")
    before = ours.city.content_version
    assert save(officer, url).status_code == 302
    ours.city.refresh_from_db()
    assert ours.city.content_version == before
    (error,) = errors_of(save(officer, url, second_language="Elvish of the woods"))
    assert error.startswith("“Elvish of the woods” is no language that is known here.")


def test_the_address_of_a_new_city_is_made_of_its_name(staff, ours):
    add = reverse("admin:profiles_city_add")
    country = {"country": Country.objects.get(code="BR").pk, "content_language": "pt-BR"}
    for name, slug in (("São Vila", "sao-vila"), ("Sao Vila", "sao-vila-br")):
        assert save(staff, add, name=name, **country).status_code == 302
        assert City.objects.get(name=name).slug == slug
    (error,) = errors_of(save(staff, add, name="安吉", **country))
    assert error == "The name has no letters a to z: write an address yourself."
