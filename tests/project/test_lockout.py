"""Whom a failed sign-in counts against."""

import pytest
from django.test import RequestFactory

from citiesnature.lockout import client_address, name_tried


def test_case_does_not_buy_new_attempts():
    assert name_tried(None, {"username": " Officer@Example.ORG "}) == "officer@example.org"
    posted = RequestFactory().post("/", {"username": "Officer@Example.ORG"})
    assert name_tried(posted, None) == "officer@example.org"


def test_another_spelling_does_not_buy_new_attempts_and_always_fits_the_table():
    assert name_tried(None, {"username": "oﬃcer＠münchen.example"}) == (
        "officer@xn--mnchen-3ya.example"
    )
    assert len(name_tried(None, {"username": "\ufdfa" * 254})) == 255


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (-1, "203.0.113.9", "192.0.2.1"),
        (1, "198.51.100.1, 203.0.113.9:51312", "203.0.113.9"),
        (1, "[2001:DB8::9]:51312", "2001:db8::9"),
        (1, "[2001:db8::9]", "2001:db8::9"),
        (1, "2001:0db8:0::9", "2001:db8::9"),
        (1, "fe80::9%eth0", "fe80::9"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "203.0.113.9, ", "192.0.2.1"),
        (1, "203.0.113.9, unknown", "192.0.2.1"),
        (1, "203.0.113.9, _hidden:80", "192.0.2.1"),
        (1, "203.0.113.9:", "192.0.2.1"),
        (1, "[]:80", "192.0.2.1"),
        (1, "203.0.113.009", "192.0.2.1"),
        (1, "٢٠٣.0.113.9", "192.0.2.1"),
        (1, "9" * 10_000, "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


def test_a_server_on_a_socket_knows_no_address():
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None
