"""Whom a failed sign-in counts against."""

import pytest
from django.test import RequestFactory

from citiesnature.lockout import client_address, name_tried


def test_case_does_not_buy_new_attempts():
    assert name_tried(None, {"username": " Officer@Example.ORG "}) == "officer@example.org"
    posted = RequestFactory().post("/", {"username": "Officer@Example.ORG"})
    assert name_tried(posted, None) == "officer@example.org"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address
