"""What a visitor reads when something is not there, not allowed or broken."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path

import citiesnature.urls


def forbidden(request):
    raise PermissionDenied


def broken(request):
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("forbidden/", forbidden),
    path("broken/", broken),
    *citiesnature.urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def broken_pages(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/nowhere/", 404, "Page not found"),
        ("/forbidden/", 403, "Not for this account"),
        ("/broken/", 500, "Something went wrong"),
    ],
)
def test_an_error_is_explained_in_the_house_style(db, address, status, title):
    response = Client(raise_request_exception=False).get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert "css/site.css" in page and 'lang="en"' in page


def test_a_broken_page_asks_nothing_of_a_broken_database(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client(raise_request_exception=False).get("/broken/").status_code == 500


def test_a_form_sent_without_its_token_says_what_to_do(db):
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "a@example.org"})
    assert response.status_code == 403
    assert "load the page anew and send the form again" in response.content.decode()
