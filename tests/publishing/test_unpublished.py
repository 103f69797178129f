"""What a city's people see of publishing: what is not public yet, and the button that publishes."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from profiles import lagging
from profiles.models import Assignment, City, Publication, PublicCity, PublishRequest, Submission
from publishing import following
from publishing.after_save import words_after_save
from publishing.overview import overview
from publishing.several import outcome_of
from publishing.standing import Standing, standing_of
from publishing.unpublished import unpublished_changes
from tests.admin.forms import filled, save
from tests.clients import client_of, url_of, words_of
from tests.factories import make_action, make_city, make_submission, make_user, writing
from tests.published import publish_all


@pytest.fixture
def city(catalogue):
    """A city that publishes by itself, public as it stands."""
    city = make_city("Port Trial", publishing="city", population=5000)
    publish_all()
    return city


@pytest.fixture
def officer(city):
    return client_of(make_user("officer@example.org", officer_of=city))


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def change(city, **fields):
    with writing():
        city.refresh_from_db()
        for name, value in fields.items():
            setattr(city, name, value)
        city.save()


def page_of(city):
    return reverse("admin:publishing_unpublished", args=[city.pk])


def test_an_officer_sees_what_is_not_public_and_publishes_it(city, officer):
    change(city, population=7000)
    make_action(city, description="Hecken am Fluss.", language="de")
    assert [one.path for one in unpublished_changes(city)][0] == "city.population"
    page = officer.get(page_of(city))
    words = words_of(page)
    assert "5,000</del>" in words and "7,000</ins>" in words
    assert 'lang="de" dir="ltr">Hecken am Fluss.' in words
    assert reverse("website:edit_field", args=[city.slug, "city.population"]) in words
    assert "3 changes are not public yet." in words
    response = officer.post(page_of(city), filled(officer, page_of(city), note="The census."))
    assert response.status_code == 302
    newest = Publication.objects.order_by("-pk").first()
    assert (newest.number, newest.kind, newest.note) == (2, "city", "The census.")
    assert newest.published_by.email == "officer@example.org"
    words = words_of(officer.get(page_of(city)))
    assert "Version 2 of Port Trial is public now." in words
    assert "Everything that is saved is public." in words and "Publish these" not in words


def test_what_was_not_shown_is_not_published(city, officer):
    change(city, population=7000)
    seen = filled(officer, page_of(city), note="The census.")
    change(city, about="Ponds.", website="https://example.org/")
    response = officer.post(page_of(city), seen)
    words = words_of(response)
    assert "there are 2 more changes since you looked" in words
    assert 'value="The census."' in words and "Ponds." in words
    assert Publication.objects.count() == 1
    assert officer.post(page_of(city), filled(officer, page_of(city))).status_code == 302
    assert Publication.objects.count() == 2


def test_a_change_of_which_nothing_is_public_waits_for_nobody(city, officer):
    change(city, contact_email="us@example.org")
    following.note_unpublished([city.pk])
    assert lagging.unpublished().exists()
    assert unpublished_changes(city) == []
    assert not lagging.unpublished().exists()
    assert PublicCity.objects.get().unpublished_since is None
    words = words_of(officer.get(page_of(city)))
    assert "Everything that is saved is public." in words


@pytest.mark.parametrize(
    ("setting", "person", "button", "status"),
    [
        ("city", "reviewer", "The people who edit this city publish its changes.", 403),
        ("review", "officer", "Later changes", 403),
        ("review", "reviewer", "send this for review", 403),
        ("review", "staff", "Publish these changes", 302),
    ],
)
def test_only_who_may_publish_does(city, setting, person, button, status):
    City.objects.update(publishing=setting)
    user = make_user(f"{person}@example.org", is_staff=person == "staff")
    if person != "staff":
        scope = {"country": city.country} if person == "reviewer" else {"city": city}
        with writing():
            Assignment.objects.create(user=user, role=person, **scope)
    change(city, population=7000)
    page = client_of(user).get(page_of(city))
    assert person == "officer" or button in words_of(page)
    assert ("edit/field" in words_of(page)) == (person != "reviewer")
    seen = f"{page.context['city'].content_version}-1"
    assert client_of(user).post(page_of(city), {"seen": seen}).status_code == status
    assert Publication.objects.count() == (2 if status == 302 else 1)


def standing(**given):
    city = City(pk=1, name="Port Trial", slug="port-trial", content_version=7, publishing="city")
    publication = Publication(number=3, content_version=5, published_at=timezone.now())
    public = PublicCity(city=city, slug="port-trial", publication=publication)
    values = {
        "city": city,
        "public": public,
        "is_changed": True,
        "count": 2,
        "is_being_published": False,
        "waiting": None,
        "returned": None,
        "may_edit": True,
        "may_publish": True,
        "may_send": False,
    }
    return Standing(**values | given)


WAITING = Submission(state="waiting")
AFTER_SAVE = [
    ({}, "2 changes are not public yet. Review and publish"),
    ({"count": None}, "It is not public yet. Review and publish"),
    ({"may_publish": False, "may_send": True}, "2 changes are not public yet. Review and send"),
    (
        {"may_publish": False, "may_send": True, "waiting": WAITING},
        "2 changes are not public yet. See what is not public",
    ),
    ({"public": None}, "Not public: this profile is a draft. Preview"),
    ({"is_being_published": True}, "It is being published: everybody reads it in a few minutes."),
    ({"is_changed": False}, ""),
]


@pytest.mark.parametrize(("given", "words"), AFTER_SAVE)
def test_a_save_says_what_waits_and_for_whom(given, words):
    told = words_after_save(standing(**given))
    assert " ".join(strip_tags(told).split()) == words


@pytest.mark.parametrize(
    ("setting", "words"),
    [("city", "1 change is not public yet."), ("at-once", "Public now: version 2.")],
)
def test_the_page_after_a_save_says_so(city, officer, committed, setting, words):
    City.objects.update(publishing=setting)
    with committed():
        response = save(officer, url_of(city), about="Anew.")
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert any(strip_tags(one).startswith(words) for one in told)
    # The next page is that of the city, which has the button itself.
    assert not any('class="button"' in one for one in told)


def test_the_first_page_says_what_is_public_and_what_comes_next(catalogue):
    public = make_city("Public", publishing="city")
    publish_all()
    change(public, population=7000)
    draft = make_city("Draft", state="draft")
    waiting = make_city("Waiting", state="draft")
    make_submission(waiting)
    user = make_user()
    with writing():
        for city in (public, draft, waiting):
            Assignment.objects.create(user=user, role="officer", city=city)
    words = words_of(client_of(user).get(reverse("admin:index")))
    assert "Public: version 1, " in words and "1 change is not public yet." in words
    assert "This profile is a draft." in words and "Send for review" in words
    assert "an answer is due by" in words
    assert standing_of(draft, user).may_send
    with writing():
        Assignment.objects.create(user=user, role="officer", city=make_city("Fourth"))
    words = words_of(client_of(user).get(reverse("admin:index")))
    assert words.count("has unpublished changes") == 1


def test_several_cities_are_published_with_one_button(catalogue, monkeypatch):
    mine = [make_city(publishing=setting) for setting in ("city", "city", "review")]
    theirs, same = (make_city(publishing="city") for _ in range(2))
    user = make_user()
    publish_all()
    with writing():
        for city in mine:
            Assignment.objects.create(user=user, role="officer", city=city)
    for city in (*mine, theirs):
        change(city, population=7000)
    draft = make_city("Draft", state="draft")
    change(same, contact_email="us@example.org")  # nobody reads it
    outcome = outcome_of(City.objects.all(), user)
    assert outcome.ready_ids == (mine[0].pk, mine[1].pk)
    assert (outcome.soon.count, outcome.others.count) == (0, 2)
    assert outcome.drafts.named == (draft,)
    assert outcome.public.named == (same,)
    url, posted = reverse("admin:publishing_several"), [city.pk for city in (*mine, theirs)]
    monkeypatch.setattr(following, "worker_checks", [lambda: True])
    monkeypatch.setattr(following, "FEW_CITIES", 1)
    client_of(user).post(url, {"city": posted})
    asked = PublishRequest.objects.order_by("city")
    assert list(asked.values_list("city", "kind")) == [(pk, "city") for pk in outcome.ready_ids]
    monkeypatch.setattr(following, "FEW_CITIES", 2)
    assert client_of(user).post(url, {"city": posted, "page": "//elsewhere"}).url == "/admin/"
    assert Publication.objects.filter(number=2).count() == 2
    assert outcome_of(City.objects.all(), user).public.count == 3
    assert client_of(user).post(url, {"city": ["9" * 5000, "-1", "x"]}).status_code == 302


def test_staff_see_which_cities_have_waited_longest(catalogue):
    cities = [make_city(publishing="city") for _ in range(3)]
    publish_all()
    for city, days in zip(cities[:2], (3, 5), strict=True):
        change(city, population=7000)
        since = timezone.now() - datetime.timedelta(days=days)
        PublicCity.objects.filter(pk=city.pk).update(unpublished_since=since)
    found = overview()
    assert (found.lagging, found.unpublished) == (0, 2)
    assert [one.pk for one in found.waiting] == [cities[1].pk, cities[0].pk]
