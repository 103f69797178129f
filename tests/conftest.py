"""What every test gets: its own database, no network, and honest words about what did not run."""

import ipaddress
import json
import os
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from tests.programs import MARKED

pytest_plugins = ["tests.browser"]

LEFT_OUT = pytest.StashKey[dict[str, int]]()


class NetworkUsed(RuntimeError):
    """A test reached for an address outside this machine."""


def is_local(address: object) -> bool:
    """Whether a socket's address is on this machine: a path, `localhost` or a loopback number."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Lets sockets reach this machine only."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(real):
    def guarded(self, address):
        if not is_local(address):
            raise NetworkUsed(f"A test tried to reach {address!r}.")
        return real(self, address)

    return guarded


@pytest.fixture(autouse=True, scope="session")
def files_in_a_folder_of_their_own(tmp_path_factory):
    """What tests upload does not land among the files of the machine's own site."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media"))):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """A file for SQLite, not memory: the browser tests' server needs its own connection to it."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every database begins with the shipped catalogue: it is loaded once, not once a test."""
    from catalogue.loader import load

    with django_db_blocker.unblock():
        load()


@pytest.fixture
def catalogue(db):
    """The shipped catalogue, also after a test with a live server has emptied the database."""
    from catalogue.loader import load
    from catalogue.models import FixedText

    if not FixedText.objects.exists():
        load()


def pytest_collection_modifyitems(config, items):
    """Leaves out the tests whose program is missing here, and counts them."""
    missing = {marker for marker, program in MARKED.items() if program.path() is None}
    left_out: dict[str, int] = {}
    kept, dropped = [], []
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        wanted = [marker for marker in missing if item.get_closest_marker(marker)]
        for marker in wanted:
            left_out[marker] = left_out.get(marker, 0) + 1
        (dropped if wanted else kept).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept
    config.stash[LEFT_OUT] = left_out


def pytest_sessionfinish(session):
    """A worker of pytest-xdist tells the main process what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    counts = getattr(node, "workeroutput", {}).get("left_out", {})
    node.config.stash[LEFT_OUT] = node.config.stash.get(LEFT_OUT, {}) | counts


def pytest_terminal_summary(terminalreporter, config):
    """Names what was left out; tests/run.py reads the same from the file it asks for."""
    left_out = config.stash.get(LEFT_OUT, {})
    for marker, count in sorted(left_out.items()):
        name = MARKED[marker].name
        terminalreporter.write_line(f"{name} is missing: {count} tests did not run.", yellow=True)
    if report := os.environ.get("LEFT_OUT_FILE"):
        Path(report).write_text(json.dumps(left_out))


@pytest.fixture
def anji(catalogue):
    """Anji County, imported from its demo workbook."""
    from exchange.applying import apply
    from exchange.planning import make_plan
    from exchange.reading import read
    from profiles.models import City

    apply(make_plan(read(settings.BASE_DIR / "demo" / "anji-county.xlsx")), "anji-county.xlsx")
    return City.objects.select_related("country__region").get(slug="anji-county")
