"""The working copy as a page and as a PDF, for the people of the city and of the platform."""

import pytest
from django.urls import reverse

from profiles.models import Assignment, PublishRequest
from report import pdf
from tests.clients import client_of, words_of
from tests.factories import make_city, make_user, writing
from tests.published import publish_all


@pytest.fixture
def city(catalogue):
    city = make_city("Port Trial", publishing="city", about="Old words.")
    publish_all()
    with writing():
        city.refresh_from_db()
        city.about = "New words."
        city.save()
    return city


def test_the_preview_shows_the_working_copy_to_the_citys_people_alone(client, city, monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda *given, **options: b"%PDF")
    page, file = (
        reverse(f"website:{name}", args=[city.slug]) for name in ("preview", "preview_pdf")
    )
    assert client.get(page).url == f"{reverse('accounts:sign_in')}?next={page}"
    stranger = client_of(make_user(officer_of=make_city("Elsewhere", country="BR")))
    assert {stranger.get(one).status_code for one in (page, file)} == {404}
    reviewer = make_user()
    with writing():
        Assignment.objects.create(user=reviewer, role="reviewer", country=city.country)
    for user in (reviewer, make_user(officer_of=city), make_user(is_staff=True)):
        response = client_of(user).get(page)
        words = words_of(response)
        assert "New words." in words and "Working copy:" in words
        assert reverse("admin:publishing_unpublished", args=[city.pk]) in words
        assert response["X-Robots-Tag"] == "noindex" and "noindex" in words
        assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
        answer = client_of(user).get(file)
        assert answer["Content-Type"] == "application/pdf"
        assert "-working-copy-" in answer["Content-Disposition"]
    public = words_of(client.get(city.get_absolute_url()))
    assert "Old words." in public and "New words." not in public


def test_the_address_of_a_draft_leads_its_people_to_the_preview(client, catalogue):
    draft = make_city("Draft", state="draft")
    officer = client_of(make_user(officer_of=draft))
    stranger = client_of(make_user(officer_of=make_city()))
    for name in ("", "_pdf"):
        address = reverse(f"website:city{name}", args=[draft.slug])
        assert {one.get(address).status_code for one in (client, stranger)} == {404}
        response = officer.get(address)
        assert response.url == reverse(f"website:preview{name}", args=[draft.slug])
        assert "no-store" in response["Cache-Control"]
    PublishRequest.objects.create(city=draft)  # nobody has published it yet
    preview = reverse("website:preview", args=[draft.slug])
    assert "It is being published:" in words_of(officer.get(preview))
