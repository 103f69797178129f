"""Checks whether the page behind a link still exists, protected against SSRF.

Cities write links, and servers write redirects: either may point into the network of this server.
So each host is resolved once, all its IP addresses must be public, and the connection goes to the
address that was checked.
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
EMBEDDING_IPV4 = [
    ipaddress.ip_network(network) for network in ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96")
]
"""Networks of IPv6 addresses that end in an IPv4 one: NAT64, translated and compatible ones."""

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
    """The link is dead. The message says why."""


def is_public_address(address):
    """Whether an IP address belongs to the public internet, not to a private network."""
    ip = ipaddress.ip_address(address)
    if ip.version == 6:
        ip = embedded_ipv4(ip)
    is_inside = ip.is_multicast or getattr(ip, "is_site_local", False)
    return ip.is_global and not is_inside


def embedded_ipv4(ip):
    """The IPv4 address that an IPv6 one contains, else `ip` itself."""
    if any(ip in network for network in EMBEDDING_IPV4):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1]) or ip


def check_link(link, *, timeout=10, allowed=None):
    """The `Outcome` for `link`. `timeout`: seconds for each step of a request.

    `allowed(address)`: whether requests may go to an IP address (default: `is_public_address`).
    """
    allowed = allowed or is_public_address
    try:
        for _hop in range(MOST_HOPS + 1):
            status, location = request_head_or_get(link, timeout, allowed)
            if status not in REDIRECTS or not location:
                return outcome_of(status)
            link = redirect_target(link, location)
    except Dead as error:
        return Outcome(State.DEAD, str(error))
    return Outcome(State.DEAD, _("it sends from page to page without end"))


def redirect_target(link, location):
    """The address to which the server redirects; Dead if it is none."""
    try:
        return urljoin(link, location)
    except ValueError as error:
        raise Dead(_("it sends to what is no address of a page")) from error


def outcome_of(status):
    """The `Outcome` for a status. A server that refuses programs or has an error is not dead."""
    if status < 400:
        return Outcome(State.WORKS)
    state = State.DEAD if status in GONE else State.UNSURE
    return Outcome(state, _("the server answers %d") % status)


def request_head_or_get(link, timeout, allowed):
    """(status, Location header) of a HEAD request, or of a GET request if HEAD fails."""
    try:
        head = send_request("HEAD", link, timeout, allowed)
    except (http.client.HTTPException, OSError):
        head = None
    if head and head[0] < 400:
        return head
    try:
        return send_request("GET", link, timeout, allowed)
    except (http.client.HTTPException, OSError) as error:
        raise Dead(_("the server breaks off")) from error


def send_request(method, link, timeout, allowed):
    scheme, host, port, path = split_link(link)
    address = resolve_host(host, port, allowed)
    connection = CONNECTIONS[scheme](host, port, timeout=timeout)
    connection.address = address
    # A server that sends a byte now and then never reaches the timeout of a step.
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


def split_link(link):
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


def resolve_host(host, port, allowed):
    """An IP address of `host`; Dead unless all its addresses are allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Dead(_("there is no server of this name")) from error
    addresses = [entry[4][0].partition("%")[0] for entry in found]
    if not addresses or not all(map(allowed, addresses)):
        raise Dead(_("it leads into a network that is not public"))
    return addresses[0]


class PinnedConnection(http.client.HTTPConnection):
    """Connects to `address`, which was checked, instead of resolving the host name again."""

    address = None

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)

    def cut_off(self):
        if self.sock is not None:
            self.sock.shutdown(socket.SHUT_RDWR)


class PinnedHTTPSConnection(PinnedConnection):
    def connect(self):
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


CONNECTIONS = {"http": PinnedConnection, "https": PinnedHTTPSConnection}
