"""What no page of ours sends is answered at every address, and never with an error of ours."""

import pytest
from django.urls import NoReverseMatch, resolve, reverse

from profiles.models import ChangeSet
from tests.admin.forms import filled
from tests.clients import client_of, url_of
from tests.factories import make_city, make_user
from tests.site import test_addresses
from tests.site.test_addresses import fill, named_addresses

rows, everybody = test_addresses.rows, test_addresses.everybody

LONG = "9" * 23
"""A number that overflows the integers of both databases."""

NUL = "%00"
KEYS = (
    f"_to_field=&_popup=1&city__id__exact={LONG}&id__in=1,{LONG}&page={LONG}&target={LONG}&all="
    f"&step={LONG}&ids=1,{LONG}&city={LONG}&filter=city__id__exact%3D{LONG}&model=profiles.city"
)
TEXTS = (
    f"q={NUL}&country={NUL}&region={NUL}&compare={NUL}&sheet={NUL}&model={NUL}&kind={NUL}&next={NUL}"
    f"&ids={NUL}&unit={NUL}&language={NUL}&filter=q%3D%2500&sort=-{NUL}&o=-99.x&_changelist_filters=x"
)
PLACES = f"e=1&p={LONG}&page=%D9%A2&o={LONG}&q=%ED%A0%80&_to_field=nothing"
FORM = {
    "_saveasnew": "1",
    "_to_field": "",
    "action": "delete_selected",
    "_selected_action": ["x", LONG, "\0"],
    "index": LONG,
    "form-TOTAL_FORMS": "x",
    "change_reason": "\0",
    "seen_version": f"{LONG}-\0",
    "city": LONG,
    "country": "\0",
    "topics": ["x", LONG],
    "targets": LONG,
    "file-kept": LONG,
    "run": LONG,
    "name": "\0",
    "title": "\0",
    "email": "\0@\0",
    "username": "\0",
    "next": "\0//x",
}
ENDS_THE_SESSION = {"accounts:sign_out", "admin:logout"}


class Asking:
    """Sends requests and notes which addresses answer with an error of ours."""

    def __init__(self, client):
        client.raise_request_exception = False
        self.client, self.wrong = client, []

    def __call__(self, method, address, *content, **more):
        response = getattr(self.client, method)(address, *content, **more)
        # Read to its end, which closes a streamed file.
        b"".join(response)
        if response.status_code >= 500:
            self.wrong.append(f"{method} {address[:200]} {more}: {response.exc_info}")
        return response


def with_odd_gaps(address):
    """`address` with each of its gaps filled in turn with what is no key and no word."""
    match = resolve(address)
    filled = match.captured_kwargs or dict(enumerate(match.args))
    for gap in filled:
        for odd in (LONG, "\0"):
            values = {**filled, gap: odd}
            try:
                if match.captured_kwargs:
                    yield reverse(match.view_name, kwargs=values)
                else:
                    yield reverse(match.view_name, args=values.values())
            except NoReverseMatch:
                continue


def queries_for(name):
    if name.endswith("_changelist") or name.startswith("website:"):
        return KEYS, TEXTS, PLACES
    return (KEYS,)


def test_no_address_breaks_on_odd_values(rows, everybody, anji):
    visitor, *_officers, staff = map(Asking, everybody)
    for name, gaps in named_addresses():
        address = fill(name, gaps, rows, anji)
        ask = staff if name.startswith("admin:") else visitor
        for query in queries_for(name):
            ask("get", f"{address}?{query}")
        for odd in with_odd_gaps(address):
            ask("get", odd)
        if name not in ENDS_THE_SESSION:
            ask("post", address, FORM)
    assert not visitor.wrong + staff.wrong, "\n".join(visitor.wrong + staff.wrong)
    # The session has lasted to the end.
    assert staff("get", reverse("admin:index")).status_code == 200


@pytest.mark.sql
def test_a_reason_that_no_database_takes_is_written_without_its_nul(anji):
    officer = client_of(make_user(officer_of=anji))
    url = url_of(anji.commitments.first(), "delete")
    response = officer.post(url, filled(officer, url, change_reason="\0Twice."))
    assert response.status_code == 302
    assert ChangeSet.objects.latest("pk").reason == "Twice."


HEADERS = [
    {"If-None-Match": 'W/"x", *, "', "If-Modified-Since": "Sun, 99 Nov 0000 99:99:99 GMT"},
    {"If-Match": "x", "If-Unmodified-Since": "\ufffd", "Range": "bytes=9-1,x", "If-Range": "x"},
    {"Accept-Language": "x" * 5000 + ";q=x", "Accept": "/;q=9", "Accept-Encoding": "x;q=-1"},
    {"Referer": "http://[", "Origin": "null", "X-Forwarded-For": "[", "X-Requested-With": "\xff"},
    {"Host": "x y"},
    {"Content-Length": "-1", "Content-Type": "text/plain; charset=\xff"},
]
COOKIES = ["\0" * 9, '"\\000aaaaaaaa"', "x" * 5000, "é" * 40]
BODIES = [
    ("multipart/form-data", b""),
    ("multipart/form-data; boundary=\xff", b"--\xff"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a'),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=b"),
    ("application/x-www-form-urlencoded", b"username=%00&%ED%A0%80=%FF&=&&"),
    ("application/x-www-form-urlencoded", b"&".join(b"a=" for _field in range(6000))),
    ("application/json", b"{"),
    ("\xff", b"\xff"),
]
SOME = [
    "/",
    "/cities/our-city/",
    "/cities/our-city/profile.json",
    "/sign-in/",
    "/admin/",
    "/nowhere/",
]


@pytest.fixture
def ask(client, catalogue):
    make_city("Our City")
    return Asking(client)


@pytest.mark.sql
def test_no_header_cookie_or_method_breaks_a_page(ask):
    for address in SOME:
        for headers in HEADERS:
            ask("get", address, headers=headers)
        for cookie in COOKIES:
            for name in ("sessionid", "csrftoken", "messages", "django_language"):
                ask.client.cookies[name] = cookie
            ask("get", address)
            ask.client.cookies.clear()
        for method in ("head", "options", "put", "patch", "delete", "trace"):
            ask(method, address)
    assert not ask.wrong, "\n".join(ask.wrong)


@pytest.mark.sql
def test_no_body_breaks_a_page(ask):
    for address in SOME:
        for kind, body in BODIES:
            for method in ("post", "put"):
                ask(method, address, body, content_type=kind)
    assert not ask.wrong, "\n".join(ask.wrong)
