"""`list_dead_links`: which links work; and that no link or redirect reaches a private network."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hub import link_check
from hub.link_check import State, check_link, is_public_address
from tests.factories import make_city, make_resource


class Site(BaseHTTPRequestHandler):
    asked = []
    agents = set()

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.asked.append((self.command, self.path))
        self.agents.add(self.headers["User-Agent"])
        status, location = self.server.pages.get(self.path, (404, ""))
        if isinstance(status, dict):
            status = status[self.command]
        if status is None:
            return  # closes without a word
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture
def site():
    """A site on this machine: `site.pages` says what each path answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Site.asked, Site.agents = [], set()
    server.pages = {"/": (200, "")}
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def loopback(monkeypatch):
    """For the command: the test's own site may be asked."""
    monkeypatch.setattr(link_check, "is_public_address", anyone)


def anyone(_address):
    return True


def state(link):
    return check_link(link, timeout=5, allowed=anyone).state


# One link


def test_a_page_that_is_there_works(site):
    assert state(site.url) is State.WORKS
    assert Site.asked == [("HEAD", "/")]
    assert "CitiesNature" in next(iter(Site.agents))


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (200, State.WORKS),
        (204, State.WORKS),
        (404, State.DEAD),
        (410, State.DEAD),
        (403, State.UNSURE),
        (429, State.UNSURE),
        (500, State.UNSURE),
        (None, State.DEAD),
    ],
)
def test_what_a_server_answers_is_judged(site, status, found):
    site.pages["/a"] = (status, "")
    assert state(f"{site.url}/a") is found


@pytest.mark.parametrize("refusal", [405, 501, 404, None])
def test_where_head_is_refused_get_is_asked(site, refusal):
    site.pages["/a"] = ({"HEAD": refusal, "GET": 200}, "")
    assert state(f"{site.url}/a") is State.WORKS
    assert Site.asked[-1] == ("GET", "/a")


def test_redirects_are_followed(site):
    site.pages |= {"/a": (301, "/b?x=1"), "/b?x=1": (302, f"{site.url}/c"), "/c": (200, "")}
    assert state(f"{site.url}/a") is State.WORKS
    site.pages["/c"] = (404, "")
    assert state(f"{site.url}/a") is State.DEAD


def test_redirects_in_a_circle_come_to_an_end(site):
    site.pages |= {"/a": (302, "/b"), "/b": (302, "/a")}
    assert state(f"{site.url}/a") is State.DEAD
    assert len(Site.asked) < 10


def test_letters_of_any_script_are_sent_as_the_web_wants_them(site):
    site.pages["/%E5%AE%89%E5%90%89"] = (200, "")
    assert state(f"{site.url}/安吉#part") is State.WORKS


@pytest.mark.parametrize(
    "link",
    ["ftp://example.org/a", "file:///etc/passwd", "http://", "https://[::1", "http://a:b/", "x"],
)
def test_what_is_no_address_of_a_page_is_dead(link):
    assert state(link) is State.DEAD


def test_a_name_that_nobody_has_is_dead(monkeypatch):
    def unknown(*arguments, **options):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "no server" in check_link("https://example.org/").reason


@pytest.mark.parametrize("fault", [OSError(101, "unreachable"), OSError(113, "no route")])
def test_a_network_that_cannot_be_reached_ends_one_look_only(monkeypatch, fault):
    def unreachable(*arguments, **options):
        raise fault

    monkeypatch.setattr(socket, "create_connection", unreachable)
    assert state("http://127.0.0.1/") is State.DEAD


@pytest.mark.parametrize("location", ["http://[", "http://[::1", "//[x", "http://a:b/"])
def test_a_redirect_to_nothing_sensible_is_dead(site, location):
    site.pages["/away"] = (302, location)
    assert state(f"{site.url}/away") is State.DEAD


def test_a_port_without_a_server_is_dead():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert state(f"http://127.0.0.1:{free.getsockname()[1]}/") is State.DEAD


def test_a_server_that_says_nothing_is_given_up():
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        address = f"http://127.0.0.1:{mute.getsockname()[1]}/"
        outcome = check_link(address, timeout=0.05, allowed=anyone)
    assert outcome.state is State.DEAD
    assert "no answer" in outcome.reason


# Private networks (SSRF)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "255.255.255.255",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fec0::1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
    ],
)
def test_an_address_of_a_network_of_ones_own_is_not_asked(address):
    assert not is_public_address(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1"])
def test_an_address_of_the_internet_is(address):
    assert is_public_address(address)


def test_this_machine_is_not_asked(site):
    outcome = check_link(f"{site.url}/")
    assert outcome.state is State.DEAD
    assert "not public" in outcome.reason
    assert not Site.asked


def test_nor_is_it_by_a_redirect(site):
    """The first host may be asked, the one that it leads to may not."""
    other = f"http://127.0.0.2:{site.server_port}/"
    site.pages["/a"] = (302, other)
    outcome = check_link(f"{site.url}/a", timeout=5, allowed=lambda address: address == "127.0.0.1")
    assert "not public" in outcome.reason
    assert Site.asked == [("HEAD", "/a")]


def test_one_address_of_ones_own_among_others_is_enough(monkeypatch):
    found = [(2, 1, 6, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **options: found)
    assert "not public" in check_link("http://example.org/").reason


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(site, monkeypatch):
    """A name may stand for another machine the next moment: it is looked up once."""
    calls = []

    def once(host, port, **options):
        calls.append(host)
        assert len(calls) == 1
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    link = f"http://rebound.example:{site.server_port}/"
    monkeypatch.setattr(socket, "create_connection", direct)
    assert check_link(link, timeout=5, allowed=anyone).state is State.WORKS


def direct(address, timeout):
    """What the real one does, without looking up a number."""
    connection = socket.socket()
    connection.settimeout(timeout)
    connection.connect(address)
    return connection


# The command


def run(*options):
    out = StringIO()
    call_command("list_dead_links", *options, stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.django_db
def test_dead_links_are_listed_with_where_they_stand(site, loopback):
    ours = make_city("Our City", website=f"{site.url}/gone")
    make_resource(ours, "A guide", url=f"{site.url}/")
    make_resource(ours, "A map", url=f"{site.url}/map")
    make_resource(None, "From a partner", url=f"{site.url}/gone")
    site.pages["/map"] = (403, "")
    *lines, counts = run()
    assert sorted(lines) == [
        f"Our City · Resource “A map” · link · {site.url}/map · not sure: the server answers 403",
        f"Our City · website · {site.url}/gone · dead: the server answers 404",
        f"the platform · Resource “From a partner” · link · {site.url}/gone · "
        "dead: the server answers 404",
    ]
    assert counts == "1 links work, 1 are dead, of 1 it is not sure."


@pytest.mark.django_db
def test_each_address_is_asked_once(site, loopback):
    for number in range(3):
        make_resource(make_city(), f"Guide {number}", url=f"{site.url}/")
    assert run() == ["1 links work, 0 are dead, of 0 it is not sure."]
    assert Site.asked == [("HEAD", "/")]


@pytest.mark.django_db
def test_one_city_can_be_chosen(site, loopback):
    make_resource(make_city("Our City"), url=f"{site.url}/gone")
    make_resource(make_city("Their City"), url=f"{site.url}/gone-too")
    assert [line.partition(" ")[0] for line in run("--city", "our-city")] == ["Our", "0"]
    with pytest.raises(CommandError, match="no city"):
        run("--city", "nowhere")


@pytest.mark.django_db
def test_a_title_cannot_write_on_the_terminal(site, loopback):
    make_resource(make_city("Our City"), "Red\x1b[31m\nfake line", url=f"{site.url}/gone")
    lines = run()
    assert len(lines) == 2
    assert "\x1b" not in lines[0]
