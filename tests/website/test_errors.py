"""What a visitor reads when something is not there, not allowed or broken."""

import errno

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import path

import citiesnature.urls
from tests.clients import client_of
from tests.factories import bring_back, make_city, make_user, withdraw


def forbidden(request):
    raise PermissionDenied


def broken(request):
    raise RuntimeError("broken on purpose")


def away(request):
    raise OperationalError("the connection was refused")


def full(request):
    raise OSError(errno.ENOSPC, "No space left on device")


def overflowing(request):
    raise OverflowError("too large to convert")


urlpatterns = [
    path("forbidden/", forbidden),
    path("broken/", broken),
    path("away/", away),
    path("full/", full),
    path("overflowing/", overflowing),
    *citiesnature.urls.urlpatterns,
]
handler500 = citiesnature.urls.handler500


@pytest.fixture(autouse=True)
def broken_pages(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/nowhere/", 404, "Page not found"),
        ("/forbidden/", 403, "Not for this account"),
        ("/broken/", 500, "Something went wrong"),
        ("/away/", 503, "Not available at the moment"),
        ("/full/", 503, "Not available at the moment"),
        ("/overflowing/", 404, "Page not found"),
    ],
)
def test_an_error_is_explained_in_the_house_style(db, address, status, title):
    response = Client(raise_request_exception=False).get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert "css/site.css" in page and 'lang="en"' in page
    assert 'content="noindex"' in page and "canonical" not in page
    assert ('href="/cities/">All cities' in page) is (status != 503)


def test_a_broken_page_asks_nothing_of_a_broken_database(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client(raise_request_exception=False).get("/broken/").status_code == 500


@pytest.mark.parametrize(
    ("address", "words"), [("/away/", "cannot reach its data"), ("/full/", "no room left")]
)
def test_an_outage_asks_nothing_of_the_database_and_says_when_to_come_back(
    db, django_assert_num_queries, address, words
):
    with django_assert_num_queries(0):
        response = Client().get(address)
    assert words in response.content.decode()
    assert int(response["Retry-After"]) > 0
    assert "no-store" in response["Cache-Control"]


def test_where_the_frame_itself_is_broken_the_words_are_left(db, monkeypatch):
    def refuse(self, path):
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(StaticFilesStorage, "url", refuse)
    for address, status in (("/broken/", 500), ("/away/", 503)):
        response = Client(raise_request_exception=False).get(address)
        assert response.status_code == status
        assert "<h1>Something went wrong." in response.text


def test_a_withdrawn_city_says_no_more_than_that_it_is_not_public(client, catalogue):
    city = make_city("Port Trial")
    address = city.get_absolute_url()
    assert client.get(address).status_code == 200
    withdraw(city, "A secret reason.")
    response = client.get(address)
    assert response.status_code == 410
    assert "<h1>This profile is not public at present</h1>" in response.text
    assert "secret" not in response.text and "Port Trial" not in response.text
    assert "no-store" in response["Cache-Control"]
    bring_back(city)
    assert client.get(address).status_code == 200
    make_city("Draft", state="draft")
    assert client.get("/cities/draft/").status_code == 404


PAGES = ["/", "/cities/", "/cities/our-city/", "/admin/", "/admin/profiles/city/", "/nowhere/"]


@pytest.mark.parametrize("address", PAGES)
def test_without_a_database_pages_of_who_is_signed_in_answer_503(db, monkeypatch, address):
    """The session is the first thing that is asked for, by a view, a template or a middleware."""
    client = client_of(make_user(is_staff=True))
    client.raise_request_exception = False

    def refuse(connection, *arguments):
        raise OperationalError("the connection was refused")

    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "cursor", refuse)
        response = client.get(address)
    assert (response.status_code, bool(response["Retry-After"])) == (503, True)


def test_what_overflows_in_a_form_is_said_in_the_house_style(db):
    response = Client().post("/overflowing/")
    assert response.status_code == 400
    assert "<h1>This could not be read</h1>" in response.content.decode()


def test_a_broken_form_is_said_in_the_house_style(db):
    kind = "multipart/form-data; boundary="
    response = Client().post("/sign-in/", b"--x", content_type=kind)
    assert response.status_code == 400
    assert "<h1>This could not be read</h1>" in response.content.decode()


def test_a_form_sent_without_its_token_says_what_to_do(db):
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "a@example.org"})
    assert response.status_code == 403
    assert "load the page anew and send the form again" in response.content.decode()
