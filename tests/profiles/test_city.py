import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from catalogue.folding import fold
from profiles.models import (
    Assignment,
    City,
    CitySlug,
    Country,
    Region,
    Role,
    State,
    Submission,
    taken_slugs,
)
from publishing.publish import publish
from tests.factories import make_city, make_submission, make_user, withdraw, writing

pytestmark = pytest.mark.usefixtures("catalogue")


def rename(city, slug):
    city.slug = slug
    with writing():
        city.full_clean()
        city.save()


def test_an_old_address_is_kept_and_freed_when_it_is_taken_back():
    city = make_city("Namibe", slug="namibe")
    rename(city, "mocamedes")
    assert CitySlug.objects.get().slug == "namibe"
    rename(city, "namibe")
    assert list(CitySlug.objects.values_list("slug", flat=True)) == ["mocamedes"]


def test_an_old_address_of_another_city_is_not_given_away():
    rename(make_city("Namibe", slug="namibe"), "mocamedes")
    other = make_city("Other", slug="other")
    with pytest.raises(ValidationError, match="led to another city"):
        rename(other, "namibe")


@pytest.mark.parametrize("needle", ["SAO", "são", "jose", "安吉"])
def test_a_city_is_found_without_case_and_diacritics(needle):
    make_city("São José", slug="sao-jose", local_name="安吉县")
    assert City.objects.filter(search_text__contains=fold(needle)).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"latitude": 30},
        {"longitude": 30},
        {"latitude": 91, "longitude": 0},
        {"population_year": 2020},
        {"area_km2": 0},
        {"publishing": "secret"},
    ],
)
def test_the_database_refuses_what_cannot_be(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_city("Impossible", **fields)


@pytest.mark.parametrize(
    "fields",
    [{"latitude": 30}, {"population_year": 2020}, {"area_km2": 0}, {"content_language": "Deutsch"}],
)
def test_forms_refuse_it_with_words(fields):
    city = City(name="X", slug="x", country=Country.objects.get(code="CN"), **fields)
    with pytest.raises(ValidationError):
        city.full_clean()


def test_the_region_follows_from_the_country():
    assert make_city(country="AU").country.region.name == "Asia & Oceania"
    assert Region.objects.count() == 5
    assert Country.objects.filter(region=None).values_list("code", flat=True)[0] == "AQ"


def test_countries_are_named_in_the_readers_language():
    china = Country.objects.get(code="CN")
    assert china.label == "China"
    with translation.override("fr"):
        assert china.label == "Chine"
    with translation.override("zh-hans"):
        assert china.label == "中国"


def test_what_staff_call_a_country_comes_first():
    china = Country.objects.get(code="CN")
    china.translations = {"fr": {"name": "La Chine"}}
    with translation.override("fr"):
        assert china.label == "La Chine"


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.OFFICER, "region"),
        (Role.COORDINATOR, "city"),
        (Role.REVIEWER, "city"),
        (Role.CONTACT, None),
    ],
)
def test_a_role_takes_its_own_scope_only(role, scope):
    scopes = {"city": make_city(), "region": Region.objects.first()}
    assignment = Assignment(user=make_user(), role=role)
    if scope:
        setattr(assignment, scope, scopes[scope])
    with pytest.raises(ValidationError, match="Officers and contact persons belong to a city"):
        assignment.full_clean()
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        assignment.save()


def test_the_state_of_a_city_follows_from_what_it_has_published_and_sent():
    city = make_city(state=State.DRAFT)

    def state():
        annotated = City.objects.with_state().get(pk=city.pk).state
        assert annotated == City.objects.get(pk=city.pk).state
        return annotated

    assert state() == "draft"
    submission = make_submission(city)
    assert state() == "in_review"
    Submission.objects.filter(pk=submission.pk).update(state="returned")
    assert state() == "returned"
    Submission.objects.filter(pk=submission.pk).update(state="taken-back")
    assert state() == "draft"
    publish(city.pk)
    make_submission(city)
    assert state() == "published"
    withdraw(city)
    assert state() == "withdrawn"


def test_an_old_address_in_capitals_is_taken_too():
    other = make_city()
    CitySlug.objects.create(slug="Old-Town", city=other)
    assert taken_slugs(["OLD-town"]) == {"old-town"}
    assert taken_slugs(["old-town"], by_other_than=other.pk) == set()
