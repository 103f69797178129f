"""What every answer tells the browser."""

import pytest
from django.conf import settings as project
from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse("fine"))]


@pytest.fixture
def answer(client, settings):
    settings.ROOT_URLCONF = __name__
    return client.get("/")


def test_the_content_security_policy_has_no_exceptions(answer):
    policy = dict(
        directive.split(" ", 1) for directive in answer["Content-Security-Policy"].split("; ")
    )
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }


def test_the_other_protections(answer):
    wanted = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert {name: answer[name] for name in wanted} == wanted


def test_spreadsheets_cannot_carry_formulae_out():
    assert project.IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT is True
