"""What is kept in the cache for everybody: nothing of a visitor, and nothing that is not true."""

import gzip

import pytest
from django.core.cache import cache
from django.urls import reverse

from publishing import record as records
from tests.clients import client_of
from tests.factories import make_city, make_user, writing
from website import kept_answers as module
from website.kept_answers import TAKES_GZIP, KeptAnswer, KeptAnswers, kept_answers

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def city(catalogue, settings):
    """A city whose answers are kept in the memory of this test."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": memory}}
    cache.clear()
    yield make_city("Port Trial")
    cache.clear()


def address_of(form, city):
    return reverse(f"website:{form}", args=[city.slug])


@pytest.mark.parametrize("form", ["city", "city_json"])
def test_what_is_kept_takes_one_query_and_no_transaction(
    client, city, form, django_assert_num_queries, monkeypatch
):
    first = client.get(address_of(form, city))
    monkeypatch.setattr(records, "read", None)
    with django_assert_num_queries(1):  # a transaction within that of the test would be a second
        again = client.get(address_of(form, city))
    assert (again.status_code, again.content) == (200, first.content)
    assert dict(again.items()) == dict(first.items())


def test_what_is_kept_has_nothing_of_a_visitor(client, city):
    for answer in (client.get(address_of("city", city)), client.get(address_of("city", city))):
        assert not answer.cookies
        assert not answer.wsgi_request.session.accessed
        assert "CSRF_COOKIE" not in answer.wsgi_request.META
        assert answer["Cache-Control"] == "public, no-cache"
        assert answer["Vary"] == "Accept-Encoding, Cookie"
        assert b"csrf" not in answer.content


def test_who_is_signed_in_gets_nothing_that_was_kept_and_leaves_nothing(client, city):
    officer = client_of(make_user(officer_of=city))
    address = address_of("city", city)
    for_officer = officer.get(address, headers=GZIP)
    for_all = client.get(address)
    again = officer.get(address, headers=GZIP)
    assert b"Sign out" in again.content and b"Sign out" not in for_all.content
    for answer in (for_officer, again):
        assert "private" in answer["Cache-Control"]
        assert not answer.has_header("Content-Encoding")
    data = officer.get(address_of("city_json", city))
    assert data["Cache-Control"] == "private, no-cache"


def test_what_is_kept_is_sent_compressed_to_who_takes_it(client, city):
    plain = client.get(address_of("city", city))
    packed = client.get(address_of("city", city), headers=GZIP)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3
    assert packed["ETag"] == plain["ETag"]
    again = client.get(address_of("city", city), headers={"If-None-Match": packed["ETag"], **GZIP})
    assert (again.status_code, again["Vary"]) == (304, "Accept-Encoding, Cookie")


@pytest.mark.parametrize(
    ("accepted", "is_taken"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0, br", False), ("br", False), ("", False)],
)
def test_who_takes_gzip(accepted, is_taken):
    assert bool(TAKES_GZIP.search(accepted)) is is_taken


def test_what_changed_is_seen_with_the_next_request(client, city):
    client.get(address_of("city", city))
    for about in ("Hills.", "Hills and a river."):
        with writing():
            city.about = about
            city.save()
        assert about in client.get(address_of("city", city)).text


class NoCache:
    def __init__(self):
        self.asked = 0

    def fail(self, *given):
        self.asked += 1
        raise ConnectionRefusedError

    get = set = fail


def test_without_the_cache_all_goes_on_and_nobody_waits_for_it_again(
    client, city, monkeypatch, caplog
):
    monkeypatch.setattr(module, "cache", dead := NoCache())
    monkeypatch.setattr(kept_answers, "away_until", 0)
    for _visit in range(3):
        assert client.get(address_of("city", city)).status_code == 200
    assert dead.asked == 1
    [told] = [one for one in caplog.records if one.name == "website.kept_answers"]
    assert "The cache is away" in told.getMessage()


def test_a_cache_that_was_away_is_asked_again_after_a_while(monkeypatch):
    monkeypatch.setattr(module, "cache", dead := NoCache())
    now = 100
    monkeypatch.setattr(module.time, "monotonic", lambda: now)
    answers = KeptAnswers()
    answers.keep("key", KeptAnswer(b"", {}))
    now += module.PAUSE_SECONDS + 1
    assert answers.find("key") is None
    assert dead.asked == 2
