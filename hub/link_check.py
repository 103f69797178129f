"""Asks whether the page behind a link is still there, without being led into one's own network.

A link is written by somebody else, and so is every redirection: each host is resolved, each of its
addresses looked at, and the one that was looked at is the one that is asked.
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from enum import Enum
from threading import Timer
from urllib.parse import urljoin, urlsplit

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

USER_AGENT = "CitiesNature-LinkCheck/1.0 (looks whether the links of city profiles still work)"
MOST_HOPS = 5
REDIRECTS = {301, 302, 303, 307, 308}
GONE = {404, 410}
WRAPPING = [
    ipaddress.ip_network(network) for network in ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96")
]
"""Newer addresses that end in an older one: NAT64, translated and compatible ones."""

PORTS = {"http": 80, "https": 443}


class State(Enum):
    WORKS = "works"
    DEAD = "dead"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Outcome:
    state: State
    reason: str = ""


class Dead(Exception):
    """The link leads nowhere. The message says why."""


def may_be_asked(address):
    """Whether an IP address is one of the open internet, not of a network behind it."""
    ip = ipaddress.ip_address(address)
    if ip.version == 6:
        ip = inner(ip)
    is_inside = ip.is_multicast or getattr(ip, "is_site_local", False)
    return ip.is_global and not is_inside


def inner(ip):
    """The older address that a newer one only wraps, else itself."""
    if any(ip in network for network in WRAPPING):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1]) or ip


def check_link(link, *, timeout=10, allowed=None):
    """The Outcome for `link`. `timeout`: seconds for each step.

    `allowed` says of an IP address whether it may be asked; if not given, `may_be_asked` does.
    """
    allowed = allowed or may_be_asked
    try:
        for _hop in range(MOST_HOPS + 1):
            status, location = answer(link, timeout, allowed)
            if status not in REDIRECTS or not location:
                return judged(status)
            link = joined(link, location)
    except Dead as error:
        return Outcome(State.DEAD, str(error))
    return Outcome(State.DEAD, _("it sends from page to page without end"))


def joined(link, location):
    """Where a page sends to, which its server writes as it likes."""
    try:
        return urljoin(link, location)
    except ValueError as error:
        raise Dead(_("it sends to what is no address of a page")) from error


def judged(status):
    """Who does not let programs in, or has trouble today, is not gone."""
    if status < 400:
        return Outcome(State.WORKS)
    state = State.DEAD if status in GONE else State.UNSURE
    return Outcome(state, _("the server answers %d") % status)


def answer(link, timeout, allowed):
    """(status, where it redirects to): by HEAD, or by GET where HEAD is not answered well."""
    try:
        head = ask("HEAD", link, timeout, allowed)
    except (http.client.HTTPException, OSError):
        head = None
    if head and head[0] < 400:
        return head
    try:
        return ask("GET", link, timeout, allowed)
    except (http.client.HTTPException, OSError) as error:
        raise Dead(_("the server breaks off")) from error


def ask(method, link, timeout, allowed):
    scheme, host, port, path = parts_of(link)
    address = resolved(host, port, allowed)
    connection = CONNECTIONS[scheme](host, port, timeout=timeout)
    connection.address = address
    # A server that sends a letter now and then would never run into the timeout of a step.
    watch = Timer(3 * timeout, connection.cut_off)
    watch.daemon = True
    try:
        connection.connect()
        watch.start()
        connection.request(method, path, headers={"User-Agent": USER_AGENT, "Accept": "*/*"})
        response = connection.getresponse()
        return response.status, response.getheader("Location")
    except TimeoutError as error:
        raise Dead(_("no answer within %d seconds") % timeout) from error
    except ssl.SSLError as error:
        raise Dead(_("no safe connection: %s") % (error.reason or error)) from error
    except ConnectionRefusedError as error:
        raise Dead(_("the server takes no connections")) from error
    finally:
        watch.cancel()
        connection.close()


def parts_of(link):
    try:
        parts = urlsplit(iri_to_uri(link.strip()))
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError as error:
        raise Dead(_("it is no address of a page")) from error
    if parts.scheme not in PORTS or not host:
        raise Dead(_("it is no address of a page"))
    path = parts.path or "/"
    return parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path


def resolved(host, port, allowed):
    """An IP address of `host`, if all that it has may be asked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Dead(_("there is no server of this name")) from error
    addresses = [entry[4][0].partition("%")[0] for entry in found]
    if not addresses or not all(map(allowed, addresses)):
        raise Dead(_("it leads into a network that is not public"))
    return addresses[0]


class Connection(http.client.HTTPConnection):
    """Connects to `address`, which was looked at, and not to what the name stands for by then."""

    address = None

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)

    def cut_off(self):
        if self.sock is not None:
            self.sock.shutdown(socket.SHUT_RDWR)


class SafeConnection(Connection):
    def connect(self):
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


CONNECTIONS = {"http": Connection, "https": SafeConnection}
